-- What stands in the way of renewing each of these contracts; empty where nothing does.
SELECT c.id, CASE
       WHEN c.state <> 'signed' THEN 'ended'
       WHEN p.left_on IS NOT NULL THEN 'left'
       WHEN t.closed_on IS NOT NULL THEN 'team_closed'
       WHEN NOT EXISTS (SELECT 1 FROM followups_team_villages s WHERE s.team_id = c.team_id AND s.area_id = c.village_id)
         THEN 'not_served'
       WHEN EXISTS (SELECT 1 FROM followups_contract o
                     WHERE o.person_id = c.person_id AND o.id <> c.id AND o.state <> 'draft'
                       AND upper(o.period) > GREATEST(upper(c.period), %(on)s::date)) THEN 'later'
       WHEN c.signed_by = 'guardian' AND p.birth_date > c.signed_on - interval '18 years'
            AND p.birth_date <= GREATEST(upper(c.period), %(on)s::date) - interval '18 years' THEN 'of_age'
       WHEN c.signed_by <> 'guardian'
            AND p.birth_date > GREATEST(upper(c.period), %(on)s::date) - interval '18 years' THEN 'needs_guardian'
       WHEN c.signed_by <> 'guardian' AND %(sensitive)s
            AND EXISTS (SELECT 1 FROM households_condition n JOIN households_disease d ON d.id = n.disease_id
                         WHERE n.person_id = p.id AND n.ended_on IS NULL AND d.code = 'severe_mental_disorder')
         THEN 'needs_guardian'
       ELSE '' END AS obstacle
  FROM followups_contract c
  JOIN households_person p ON p.id = c.person_id
  JOIN followups_team t ON t.id = c.team_id
 WHERE c.id = ANY(%(contracts)s)
