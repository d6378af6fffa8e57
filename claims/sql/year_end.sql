-- Everybody who bore something of standing bills of a county's year, with what they hold on its last day.
WITH sums AS (
    SELECT s.person_id, count(*) AS bills, sum(s.total - s.discount) AS total, sum(s.compliant) AS compliant,
           sum(s.patient) AS self_pay, sum(s.compliant_patient) AS compliant_self_pay,
           bool_or(s.is_sensitive) AS is_sensitive
      FROM claims_settlement s
     WHERE s.county_id = %(county)s AND s.year = %(year)s AND s.is_standing AND s.kind <> 'reversed'
     GROUP BY s.person_id HAVING sum(s.patient) > 0
)
SELECT a.id, a.household_id, a.name, v.name, u.bills, u.total, u.compliant, u.self_pay, u.compliant_self_pay,
       u.is_sensitive, jsonb_build_object('birth_date', a.birth_date, /*held*/)
  FROM sums u
  JOIN (SELECT p.*, p.id AS person_id FROM households_person p) a ON a.id = u.person_id
  JOIN households_household h ON h.id = a.household_id
  JOIN accounts_area v ON v.id = a.village_id
 ORDER BY v.code, a.id
