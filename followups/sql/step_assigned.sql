-- Whoever has all three now moves to the second step.
INSERT INTO followups_casestep (case_id, stage, "on", evidence, by_id)
SELECT c.id, 'assigned', %(on)s,
       left((SELECT string_agg(d.name || '（' || i.name || '）', '、' ORDER BY a.level)
               FROM followups_caseassignment a
               JOIN clinics_practitioner d ON d.id = a.practitioner_id
               JOIN clinics_institution i ON i.id = d.institution_id
              WHERE a.person_id = c.person_id AND a.period @> %(on)s::date), 300), %(by)s
  FROM followups_majorcase c
  JOIN accounts_area v ON v.id = c.village_id
  JOIN households_person p ON p.id = c.person_id AND p.left_on IS NULL
  JOIN clinics_hospitaltown t ON t.township_id = v.parent_id AND t.period @> %(on)s::date
                             AND t.institution_id = %(hospital)s
 WHERE c.village_id = ANY(%(villages)s) AND c.stage = 'registered' AND c.registered_on <= %(on)s
   AND (%(sensitive)s OR NOT c.is_sensitive)
   AND (SELECT count(*) FROM followups_caseassignment a
         WHERE a.person_id = c.person_id AND a.period @> %(on)s::date) = 3
 ORDER BY c.id
