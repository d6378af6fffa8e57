-- A doctor of the village's own clinic, before others one with an account and a licence in force.
INSERT INTO followups_caseassignment (person_id, level, practitioner_id, period, by_id)
SELECT DISTINCT ON (c.person_id) c.person_id, 'village', d.id, daterange(%(on)s::date, NULL), %(by)s
  FROM followups_majorcase c
  JOIN accounts_area v ON v.id = c.village_id
  JOIN households_person p ON p.id = c.person_id AND p.left_on IS NULL
  JOIN clinics_hospitaltown t ON t.township_id = v.parent_id AND t.period @> %(on)s::date
                             AND t.institution_id = %(hospital)s
  JOIN clinics_institution i ON i.area_id = c.village_id AND i.kind = 'village_clinic'
  JOIN clinics_practitioner d ON d.institution_id = i.id
 WHERE c.village_id = ANY(%(villages)s) AND c.stage <> 'closed' AND c.registered_on <= %(on)s
   AND (%(sensitive)s OR NOT c.is_sensitive)
   AND NOT EXISTS (SELECT 1 FROM followups_caseassignment a
                    WHERE a.person_id = c.person_id AND a.level = 'village'
                      AND (a.period @> %(on)s::date OR lower(a.period) > %(on)s))
 ORDER BY c.person_id, d.user_id IS NULL,
       (SELECT max(l.valid_to) FROM clinics_licence l WHERE l.practitioner_id = d.id) < %(on)s, d.id
