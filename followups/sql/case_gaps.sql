-- Open cases for which somebody is missing: no hospital for the town, a level without a doctor, or a doctor of
-- another hospital than the town's.
SELECT uuid, name, village, town, reasons, count(*) OVER () FROM (
    SELECT c.uuid, p.name, v.name AS village, w.name AS town, c.id, w.code AS town_code, v.code AS village_code,
           array_remove(ARRAY[
               CASE WHEN t.id IS NULL THEN 'no_hospital' END,
               CASE WHEN a.id IS NULL THEN 'county' END,
               CASE WHEN a.id IS NOT NULL AND d.institution_id <> t.institution_id THEN 'other_hospital' END,
               CASE WHEN NOT EXISTS (SELECT 1 FROM followups_caseassignment b WHERE b.person_id = c.person_id
                     AND b.level = 'township' AND b.period @> %(on)s::date) THEN 'township' END,
               CASE WHEN NOT EXISTS (SELECT 1 FROM followups_caseassignment b WHERE b.person_id = c.person_id
                     AND b.level = 'village' AND b.period @> %(on)s::date) THEN 'village' END
           ], NULL) AS reasons
      FROM followups_majorcase c
      JOIN households_person p ON p.id = c.person_id AND (p.left_on IS NULL OR p.left_on > %(on)s)
      JOIN households_household h ON h.id = p.household_id AND (h.left_on IS NULL OR h.left_on > %(on)s)
      JOIN accounts_area v ON v.id = c.village_id
      JOIN accounts_area w ON w.id = v.parent_id
      LEFT JOIN clinics_hospitaltown t ON t.township_id = w.id AND t.period @> %(on)s::date
      LEFT JOIN followups_caseassignment a ON a.person_id = c.person_id AND a.level = 'county'
                                          AND a.period @> %(on)s::date
      LEFT JOIN clinics_practitioner d ON d.id = a.practitioner_id
     WHERE c.village_id = ANY(%(villages)s) AND c.registered_on <= %(on)s
       AND (c.closed_on IS NULL OR c.closed_on > %(on)s) AND (%(sensitive)s OR NOT c.is_sensitive)
) g
 WHERE reasons <> '{}'
 ORDER BY town_code, village_code, id
 LIMIT %(limit)s OFFSET %(offset)s
