-- One duty for each household and half month; `done` takes over a home visit made before its duty was written down.
INSERT INTO followups_duty 
    (household_id, person_id, village_id, county_id, team_id, protocol, rule, starts_on, due_on, ends_on,
     risk, is_sensitive, why, state, visit_id, closed_on, close_reason)

SELECT h.id, NULL, h.village_id, h.county_id, c.team_id, %(form)s, %(rule)s, %(start)s,
       %(start)s + (5 + h.id * 7919 %% (%(end)s - %(start)s - 5))::int, %(end)s,
       CASE WHEN h.standing = 'monitored' THEN 2 ELSE 1 END, FALSE, '{}'::jsonb,
       CASE WHEN done.uuid IS NULL THEN 'open' ELSE 'done' END, done.uuid, done.visited_on, ''
  FROM households_household h
  LEFT JOIN households_person p ON p.household_id = h.id AND p.relation = '02' AND p.left_on IS NULL
  LEFT JOIN followups_contract c ON c.person_id = p.id AND c.state = 'signed' AND c.period @> %(on)s
  LEFT JOIN (
       SELECT DISTINCT ON (v.household_id) v.household_id, v.uuid, v.visited_on
         FROM followups_visit v
        WHERE v.visited_on BETWEEN %(start)s AND %(on)s AND v.mode = ANY(%(modes)s) AND v.is_current
          AND v.village_id IN (SELECT id FROM accounts_area WHERE level = 'village'
                                  AND (%(counties)s::bigint[] IS NULL OR county_id = ANY(%(counties)s::bigint[])))
          AND v.is_face_to_face
          AND NOT EXISTS (SELECT 1 FROM followups_duty x WHERE x.visit_id = v.uuid AND x.rule = %(rule)s)
        ORDER BY v.household_id, v.visited_on) done ON done.household_id = h.id
 WHERE h.left_on IS NULL AND h.household_type = ANY(%(types)s) AND h.standing = ANY(%(standings)s)
   AND (h.registered_on IS NULL OR h.registered_on <= %(on)s)
   AND (%(counties)s::bigint[] IS NULL OR h.county_id = ANY(%(counties)s::bigint[]))
ON CONFLICT DO NOTHING
