-- One visit within hours of the notice; where its hour is not known, of the end of the day on which the disease was
-- confirmed; as long as it can be made. The very hour stands in `why`.
SELECT p.household_id, p.id, p.id, p.village_id, p.county_id, form.protocol, %(r_rule)s::text, k.confirmed_on,
       k.confirmed_on + 1, ((hour.until - interval '1 second') AT TIME ZONE 'Asia/Shanghai')::date,
       %(r_risk)s::int, k.is_sensitive, form.why || jsonb_build_object('until', hour.until),
       done.uuid, done.visited_on, %(r_packages)s::text[]
  FROM (SELECT d.id, protocol, jsonb_build_object('disease', disease) AS why
          FROM unnest(%(r_diseases)s::text[], %(r_forms)s::text[]) AS f(disease, protocol)
          JOIN households_disease d ON d.code = f.disease) form
  JOIN households_condition k ON k.disease_id = form.id AND k.ended_on IS NULL AND k.is_managed
   AND GREATEST(k.confirmed_on, (k.noticed_at AT TIME ZONE 'Asia/Shanghai')::date) >= %(r_since)s::date
   AND k.confirmed_on <= %(on)s::date
  CROSS JOIN LATERAL (
       SELECT make_interval(hours => %(r_hours)s::int)
              + CASE WHEN k.noticed_at IS NULL THEN (k.confirmed_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
                     ELSE GREATEST(k.noticed_at, k.confirmed_on::timestamp AT TIME ZONE 'Asia/Shanghai')
                END AS until) hour
  JOIN households_person p ON p.id = k.person_id
  LEFT JOIN LATERAL (
       SELECT v.uuid, v.visited_on FROM followups_visit v
        WHERE v.person_id = p.id AND v.protocol = form.protocol AND v.is_current AND v.is_face_to_face
          AND v.visited_on BETWEEN k.confirmed_on AND %(on)s::date AND v.mode = ANY(%(r_modes)s::text[])
        ORDER BY v.visited_on LIMIT 1) done ON TRUE
 WHERE p.left_on IS NULL AND (%(counties)s::bigint[] IS NULL OR p.county_id = ANY(%(counties)s::bigint[]))
   AND NOT EXISTS (SELECT 1 FROM followups_duty x
         WHERE x.person_id = p.id AND x.protocol = form.protocol AND x.rule = %(r_rule)s
           AND x.starts_on = k.confirmed_on OFFSET 0)
