-- Each hospital's towns, the patients with an open case in them, its doctors who answer for one of these, and
-- the patients who wait for a doctor. A person with two cases is one patient.
WITH kept AS (
    SELECT t.institution_id, t.township_id, a.name AS town, a.code
      FROM clinics_hospitaltown t JOIN accounts_area a ON a.id = t.township_id
     WHERE t.period @> %(on)s::date
       AND t.township_id IN (SELECT v.parent_id FROM accounts_area v WHERE v.id = ANY(%(villages)s))
), patients AS (
    SELECT DISTINCT k.institution_id, c.person_id, a.practitioner_id,
           a.practitioner_id IS NOT NULL AND d.institution_id = k.institution_id AS is_ours
      FROM followups_majorcase c
      JOIN households_person p ON p.id = c.person_id AND (p.left_on IS NULL OR p.left_on > %(on)s)
      JOIN households_household h ON h.id = p.household_id AND (h.left_on IS NULL OR h.left_on > %(on)s)
      JOIN accounts_area v ON v.id = c.village_id
      JOIN kept k ON k.township_id = v.parent_id
      LEFT JOIN followups_caseassignment a ON a.person_id = c.person_id AND a.level = 'county'
                                          AND a.period @> %(on)s::date
      LEFT JOIN clinics_practitioner d ON d.id = a.practitioner_id
     WHERE c.village_id = ANY(%(villages)s) AND c.registered_on <= %(on)s
       AND (c.closed_on IS NULL OR c.closed_on > %(on)s) AND (%(sensitive)s OR NOT c.is_sensitive)
)
SELECT i.id, i.name,
       (SELECT array_agg(k.town ORDER BY k.code) FROM kept k WHERE k.institution_id = i.id),
       (SELECT count(*) FROM patients p WHERE p.institution_id = i.id),
       (SELECT count(DISTINCT p.practitioner_id) FROM patients p WHERE p.institution_id = i.id AND p.is_ours),
       (SELECT count(*) FROM patients p WHERE p.institution_id = i.id AND p.practitioner_id IS NULL)
  FROM clinics_institution i
 WHERE i.id IN (SELECT institution_id FROM kept)
 ORDER BY 4 DESC, i.name, i.id
