-- The leader of the team the person is signed with; without a contract, of a team that serves the village.
INSERT INTO followups_caseassignment (person_id, level, practitioner_id, period, by_id)
SELECT DISTINCT ON (c.person_id) c.person_id, 'township', m.practitioner_id, daterange(%(on)s::date, NULL), %(by)s
  FROM followups_majorcase c
  JOIN accounts_area v ON v.id = c.village_id
  JOIN households_person p ON p.id = c.person_id AND p.left_on IS NULL
  JOIN clinics_hospitaltown t ON t.township_id = v.parent_id AND t.period @> %(on)s::date
                             AND t.institution_id = %(hospital)s
  JOIN followups_team_villages s ON s.area_id = c.village_id
  JOIN followups_team e ON e.id = s.team_id AND e.closed_on IS NULL
  JOIN followups_teammember m ON m.team_id = e.id AND m.slot = 'leader' AND m.to_on IS NULL
  JOIN clinics_practitioner d ON d.id = m.practitioner_id
  JOIN clinics_institution i ON i.id = d.institution_id AND i.kind = 'township_hospital'
  LEFT JOIN followups_contract k ON k.person_id = c.person_id AND k.team_id = e.id AND k.state = 'signed'
                                AND k.period @> %(on)s::date
 WHERE c.village_id = ANY(%(villages)s) AND c.stage <> 'closed' AND c.registered_on <= %(on)s
   AND (%(sensitive)s OR NOT c.is_sensitive)
   AND NOT EXISTS (SELECT 1 FROM followups_caseassignment a
                    WHERE a.person_id = c.person_id AND a.level = 'township'
                      AND (a.period @> %(on)s::date OR lower(a.period) > %(on)s))
   AND NOT EXISTS (SELECT 1 FROM followups_caseassignment a
                    WHERE a.person_id = c.person_id AND a.practitioner_id = m.practitioner_id
                      AND (a.period @> %(on)s::date OR lower(a.period) > %(on)s))
 ORDER BY c.person_id, k.id NULLS LAST, e.id
