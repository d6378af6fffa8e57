-- One duty for each person, disease and window. The due day is the one agreed at the last visit; else it is spread
-- by household, so that members share a trip; never later than so many months (three; a year for what is asked once a
-- year) after the last visit, never outside the window. Who refused to be managed is owed what is for them alone. `done` takes over a visit made before its duty was written down.
SELECT p.household_id, p.id, p.id, p.village_id, p.county_id, form.protocol, %(r_rule)s::text, %(r_start)s::date,
       CASE WHEN last.next_on BETWEEN %(r_start)s AND %(r_end)s THEN last.next_on
            WHEN k.confirmed_on >= %(r_start)s THEN LEAST(k.confirmed_on + %(r_least)s::int, %(r_end)s)
            ELSE GREATEST(%(r_start)s, LEAST((last.visited_on + make_interval(months => %(r_apart)s::int))::date, %(r_start)s
                 + (%(r_spread_from)s::int + p.household_id * 7919 %% %(r_spread_days)s::int)::int)) END,
       %(r_end)s::date,
       GREATEST(%(r_risk)s::int,
         CASE WHEN last.is_controlled IS FALSE OR (last.visit_class IN ('3', '4') AND NOT k.is_sensitive) THEN 3
              WHEN last.uuid IS NULL OR NOT last.is_assessable OR p.health_class = 'major' THEN 2
              WHEN p.birth_date <= %(on)s::date - interval '75 years' THEN 2
              ELSE 1 END),
       k.is_sensitive, form.why, done.uuid, done.visited_on, %(r_packages)s::text[]
  FROM (SELECT d.id, protocol, jsonb_build_object('disease', disease) AS why
          FROM unnest(%(r_diseases)s::text[], %(r_forms)s::text[]) AS f(disease, protocol)
          JOIN households_disease d ON d.code = f.disease) form
  JOIN households_condition k ON k.disease_id = form.id AND k.ended_on IS NULL AND k.is_managed = %(r_managed)s::boolean
   AND k.confirmed_on <= %(r_confirmed_by)s
  JOIN households_person p ON p.id = k.person_id
  LEFT JOIN LATERAL (
       SELECT v.uuid, v.visited_on, v.next_on, v.is_controlled, v.is_assessable, v.visit_class
         FROM followups_visit v
        WHERE v.person_id = p.id AND v.protocol = form.protocol AND v.is_current
          AND v.visited_on <= %(on)s AND v.mode = ANY(%(r_modes)s::text[]) AND v.is_face_to_face
        ORDER BY v.visited_on DESC LIMIT 1) last ON TRUE
  LEFT JOIN LATERAL (
       SELECT last.uuid, last.visited_on
        WHERE last.visited_on >= %(r_start)s
          AND NOT EXISTS (SELECT 1 FROM followups_duty x WHERE x.visit_id = last.uuid AND x.rule = %(r_rule)s OFFSET 0)
       ) done ON TRUE
 WHERE p.left_on IS NULL AND (%(counties)s::bigint[] IS NULL OR p.county_id = ANY(%(counties)s::bigint[]))
   /*last_visit*/
   AND NOT EXISTS (SELECT 1 FROM followups_duty x
         WHERE x.person_id = p.id AND x.protocol = form.protocol AND x.rule = %(r_rule)s
           AND x.starts_on = %(r_start)s OFFSET 0)
