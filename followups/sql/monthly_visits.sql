-- The visits of a month that several levels answer for, each with its doctors on the day of the visit (or today), and
-- whether the month counts as kept: made within its window, and whatever else the rule asks for.
WITH asked AS (
  SELECT d.id, d.person_id AS person, COALESCE(v.visited_on, %(on)s::date) AS day, d.household_id, d.village_id, d.rule,
         d.state, d.ends_on, v.visited_on, v.by_id
    FROM followups_duty d LEFT JOIN followups_visit v ON v.uuid = d.visit_id
   WHERE d.village_id = ANY(%(villages)s) AND d.rule = ANY(%(rules)s) AND d.starts_on = %(month)s
     AND d.due_on BETWEEN %(month)s AND %(month_end)s AND d.state <> 'cancelled'
     AND (%(sensitive)s OR NOT d.is_sensitive)
), seats AS (
/*seats*/
), judged AS (
  SELECT k.*, seated.doctors, seated.levels,
         k.visited_on IS NOT NULL AND k.visited_on <= k.ends_on AS in_time,
         EXISTS (SELECT 1 FROM followups_majorcase m JOIN followups_careplan f ON f.case_id = m.id
                  WHERE m.person_id = k.person AND f.effective_on <= k.day AND (%(sensitive)s OR NOT m.is_sensitive)
                    AND (f.superseded_on IS NULL OR f.superseded_on > k.day)) AS planned
    FROM asked k
    LEFT JOIN LATERAL (
         SELECT json_object_agg(s.level, p.name) AS doctors, count(*) AS levels,
                bool_or(p.user_id = ANY(%(users)s)) AS is_mine
           FROM seats s JOIN clinics_practitioner p ON p.id = s.practitioner_id WHERE s.id = k.id) seated ON TRUE
   WHERE %(every)s OR seated.is_mine
), listed AS (
  SELECT j.*, j.in_time AND (NOT j.rule = ANY(%(named)s) OR COALESCE(j.levels, 0) = 3)
              AND (NOT j.rule = ANY(%(planned)s) OR j.planned) AS kept
    FROM judged j
), counted AS (
  SELECT count(*) AS owed, count(*) FILTER (WHERE in_time) AS made, count(*) FILTER (WHERE kept) AS kept FROM listed
)
SELECT l.id, p.uuid, p.name, concat_ws(' · ', a.name, NULLIF(h.group_name, '')), l.state, l.visited_on, u.full_name,
       COALESCE(l.doctors, '{}'), l.in_time, l.planned, l.kept, c.owed, c.made, c.kept
  FROM counted c
  LEFT JOIN (SELECT * FROM listed WHERE NOT %(missing)s OR NOT kept ORDER BY kept, village_id, id
              LIMIT %(limit)s OFFSET %(offset)s) l ON TRUE
  LEFT JOIN households_person p ON p.id = l.person
  LEFT JOIN households_household h ON h.id = l.household_id
  LEFT JOIN accounts_area a ON a.id = l.village_id
  LEFT JOIN accounts_user u ON u.id = l.by_id
 ORDER BY l.kept, l.village_id, l.id
