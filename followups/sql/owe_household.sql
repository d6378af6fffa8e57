-- One duty for each household and window, never one for each member: two a month for each person cannot be kept.
-- `done` takes over a home visit made before its duty was written down.
SELECT h.id, NULL::bigint, p.id, h.village_id, h.county_id, %(r_form)s::text, %(r_rule)s::text, %(r_start)s::date,
       %(r_start)s + (%(r_spread_from)s::int + h.id * 7919 %% %(r_spread_days)s::int)::int, %(r_end)s::date,
       GREATEST(%(r_risk)s::int, CASE WHEN h.standing = 'monitored' THEN 2 ELSE 1 END), FALSE, '{}'::jsonb,
       done.uuid, done.visited_on, %(r_packages)s::text[]
  FROM households_household h
  LEFT JOIN households_person p ON p.household_id = h.id AND p.relation = '02' AND p.left_on IS NULL
  LEFT JOIN (
       SELECT DISTINCT ON (v.household_id) v.household_id, v.uuid, v.visited_on
         FROM followups_visit v
        WHERE v.visited_on BETWEEN %(r_start)s AND %(on)s AND v.mode = ANY(%(r_modes)s::text[]) AND v.is_current
          AND v.village_id IN (SELECT id FROM accounts_area WHERE level = 'village'
                                  AND (%(counties)s::bigint[] IS NULL OR county_id = ANY(%(counties)s::bigint[])))
          AND v.is_face_to_face
          AND NOT EXISTS (SELECT 1 FROM followups_duty x WHERE x.visit_id = v.uuid AND x.rule = %(r_rule)s OFFSET 0)
        ORDER BY v.household_id, v.visited_on) done ON done.household_id = h.id
 WHERE h.left_on IS NULL AND h.household_type = ANY(%(r_types)s::text[]) AND h.standing = ANY(%(r_standings)s::text[])
   AND (h.registered_on IS NULL OR h.registered_on <= %(on)s)
   AND (%(counties)s::bigint[] IS NULL OR h.county_id = ANY(%(counties)s::bigint[]))
   AND NOT EXISTS (SELECT 1 FROM followups_duty x
         WHERE x.household_id = h.id AND x.person_id IS NULL AND x.protocol = %(r_form)s
           AND x.rule = %(r_rule)s AND x.starts_on = %(r_start)s OFFSET 0)
