-- One duty for each person, disease and quarter. The due day is the one agreed at the last visit; else it is spread
-- by household, so that members share a trip. `done` takes over a visit made before its duty was written down.
INSERT INTO followups_duty 
    (household_id, person_id, village_id, county_id, team_id, protocol, rule, starts_on, due_on, ends_on,
     risk, is_sensitive, why, state, visit_id, closed_on, close_reason)

SELECT p.household_id, p.id, p.village_id, p.county_id, c.team_id, form.protocol, %(rule)s, %(start)s,
       CASE WHEN last.next_on BETWEEN %(start)s AND %(end)s THEN last.next_on
            WHEN k.confirmed_on >= %(start)s THEN LEAST(k.confirmed_on + 14, %(end)s)
            ELSE %(start)s + (10 + p.household_id * 7919 %% (%(end)s - %(start)s - 25))::int END,
       %(end)s,
       CASE WHEN last.is_controlled IS FALSE OR last.visit_class IN ('3', '4') THEN 3
            WHEN last.uuid IS NULL OR NOT last.is_assessable OR p.health_class = 'major' THEN 2
            WHEN p.birth_date <= %(on)s - interval '75 years' THEN 2
            ELSE 1 END,
       FALSE, form.why,
       CASE WHEN done.uuid IS NULL THEN 'open' ELSE 'done' END, done.uuid, done.visited_on, ''
  FROM households_condition k
  JOIN households_disease d ON d.id = k.disease_id
  JOIN (SELECT disease, protocol, jsonb_build_object('disease', disease) AS why
          FROM unnest(%(diseases)s::text[], %(forms)s::text[]) AS f(disease, protocol)) form
    ON form.disease = d.code
  JOIN households_person p ON p.id = k.person_id
  LEFT JOIN followups_contract c ON c.person_id = p.id AND c.state = 'signed' AND c.period @> %(on)s
  LEFT JOIN LATERAL (
       SELECT v.uuid, v.visited_on, v.next_on, v.is_controlled, v.is_assessable, v.visit_class
         FROM followups_visit v
        WHERE v.person_id = p.id AND v.protocol = form.protocol AND v.is_current
          AND v.visited_on <= %(on)s AND v.mode = ANY(%(modes)s) AND v.is_face_to_face
        ORDER BY v.visited_on DESC LIMIT 1) last ON TRUE
  LEFT JOIN LATERAL (
       SELECT last.uuid, last.visited_on
        WHERE last.visited_on >= %(start)s
          AND NOT EXISTS (SELECT 1 FROM followups_duty x WHERE x.visit_id = last.uuid AND x.rule = %(rule)s)
       ) done ON TRUE
 WHERE k.ended_on IS NULL AND k.is_managed AND NOT k.is_sensitive AND p.left_on IS NULL
   AND k.confirmed_on <= %(confirmed_by)s
   AND (%(counties)s::bigint[] IS NULL OR p.county_id = ANY(%(counties)s::bigint[]))
ON CONFLICT DO NOTHING
