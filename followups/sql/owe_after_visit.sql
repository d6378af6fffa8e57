-- Visits write their own return duty at once; this catches those that came in another way.
INSERT INTO followups_duty 
    (household_id, person_id, village_id, county_id, team_id, protocol, rule, starts_on, due_on, ends_on,
     risk, is_sensitive, why, state, visit_id, closed_on, close_reason)

SELECT v.household_id, v.person_id, v.village_id, v.county_id, c.team_id, v.protocol, %(rule)s, v.visited_on + 1,
       (v.assessment->>'next_due_by')::date, (v.assessment->>'next_due_by')::date,
       CASE WHEN (v.assessment->>'urgent')::boolean THEN 4 WHEN v.is_assessable THEN 3 ELSE 2 END,
       FALSE, jsonb_build_object('visit', v.uuid), 'open', NULL, NULL, ''
  FROM followups_visit v
  LEFT JOIN households_person p ON p.id = v.person_id
  LEFT JOIN followups_contract c ON c.person_id = v.person_id AND c.state = 'signed' AND c.period @> %(on)s
 WHERE v.visited_on BETWEEN %(since)s AND %(on)s AND v.is_current AND v.protocol = ANY(%(forms)s)
   AND v.village_id IN (SELECT id FROM accounts_area WHERE level = 'village'
                           AND (%(counties)s::bigint[] IS NULL OR county_id = ANY(%(counties)s::bigint[])))
   AND (v.assessment->>'next_due_days')::int <= %(within)s
   AND p.left_on IS NULL
   AND NOT EXISTS (SELECT 1 FROM followups_visit w
                    WHERE w.household_id = v.household_id AND w.person_id IS NOT DISTINCT FROM v.person_id
                      AND w.protocol = v.protocol AND w.is_current AND w.mode = ANY(%(modes)s)
                      AND w.visited_on > v.visited_on)
ON CONFLICT DO NOTHING
