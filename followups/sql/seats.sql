-- Who answers for the persons of `asked` (id, person, day) at each level on the day: the doctor named for the case; else, of
-- the contracted team, its leader for the township and its village doctor for the village.
SELECT k.id, l.level, who.practitioner_id
  FROM asked k
 CROSS JOIN unnest(ARRAY['village', 'township', 'county']) AS l(level)
  JOIN LATERAL (
       SELECT found.practitioner_id FROM (
           SELECT 1 AS place, a.practitioner_id, a.id
             FROM followups_caseassignment a
            WHERE a.person_id = k.person AND a.level = l.level AND a.period @> k.day
           UNION ALL
           SELECT 2, m.practitioner_id, m.id
             FROM followups_contract c
             JOIN followups_teammember m ON m.team_id = c.team_id AND m.from_on <= k.day
              AND (m.to_on IS NULL OR m.to_on > k.day)
              AND m.slot = CASE l.level WHEN 'township' THEN 'leader' WHEN 'village' THEN 'village_doctor' END
            WHERE c.person_id = k.person AND c.state <> 'draft' AND c.period @> k.day) found
        ORDER BY found.place, found.id LIMIT 1) who ON TRUE
