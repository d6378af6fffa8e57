-- One duty for each person of a health class and window; none where the year's examination is on record. Where the rule
-- begins at an age, it is owed from that birthday and due no earlier.
SELECT p.household_id, p.id, p.id, p.village_id, p.county_id, %(r_form)s::text, %(r_rule)s::text, %(r_start)s::date,
       CASE WHEN last.next_on BETWEEN %(r_start)s AND %(r_end)s THEN last.next_on
            ELSE GREATEST(%(r_start)s + (%(r_spread_from)s::int + p.household_id * 7919 %% %(r_spread_days)s::int)::int,
                 (p.birth_date + make_interval(years => %(r_age)s::int))::date) END,
       %(r_end)s::date, %(r_risk)s::int, FALSE, '{}'::jsonb, done.uuid, done.visited_on, %(r_packages)s::text[]
  FROM households_person p
  LEFT JOIN LATERAL (
       SELECT v.uuid, v.visited_on, v.next_on FROM followups_visit v
        WHERE v.person_id = p.id AND v.protocol = %(r_form)s AND v.is_current AND v.is_face_to_face
          AND v.visited_on <= %(on)s AND v.mode = ANY(%(r_modes)s::text[]) AND NOT %(r_unless_examined)s::boolean
        ORDER BY v.visited_on DESC LIMIT 1) last ON TRUE
  LEFT JOIN LATERAL (
       SELECT last.uuid, last.visited_on
        WHERE last.visited_on >= %(r_start)s
          AND NOT EXISTS (SELECT 1 FROM followups_duty x WHERE x.visit_id = last.uuid AND x.rule = %(r_rule)s OFFSET 0)
       ) done ON TRUE
 WHERE p.left_on IS NULL AND (%(r_age)s::int = 0 OR p.birth_date <= %(r_born_by)s::date) AND p.health_class = ANY(%(r_classes)s::text[])
   AND (%(counties)s::bigint[] IS NULL OR p.county_id = ANY(%(counties)s::bigint[]))
   AND NOT EXISTS (SELECT 1 FROM followups_duty x
         WHERE x.person_id = p.id AND x.protocol = %(r_form)s AND x.rule = %(r_rule)s
           AND x.starts_on = %(r_start)s OFFSET 0)
   AND (NOT %(r_unless_examined)s::boolean OR NOT EXISTS (SELECT 1 FROM households_exam e
         WHERE e.person_id = p.id AND e.year = %(r_year)s::int OFFSET 0))
