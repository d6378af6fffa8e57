-- Each promise of each contract in force on the day: how many for the whole year, how many by the day (pro rata,
-- rounded down; what is promised but a few times a year on days of the household's own, after a ninth to three
-- quarters of each part of the year), how many done so far. `done` is empty where the item is not counted. The year
-- goes on through a change of team (`year_from`). Visits are counted in days: several forms, or several members, in one call are one;
-- a treatment plan counts once all three have signed it and while it is in force.
WITH chosen AS (
     SELECT c.id, c.person_id, p.household_id, c.village_id, c.team_id, c.promised,
            COALESCE(c.year_from, lower(c.period)) AS since, upper(c.period) AS until
       FROM followups_contract c
       JOIN households_person p ON p.id = c.person_id AND (p.left_on IS NULL OR p.left_on > %(on)s)
      WHERE /*whose*/ AND c.state <> 'draft' AND c.period @> %(on)s::date
), visited AS (
     SELECT k.id, count(DISTINCT v.visited_on) AS follow_up,
            count(DISTINCT v.visited_on) FILTER (WHERE v.fpg IS NOT NULL) AS glucose_test
       FROM chosen k
       JOIN followups_visit v ON v.person_id = k.person_id AND v.visited_on BETWEEN k.since AND %(on)s
        AND v.is_current AND v.is_face_to_face AND v.protocol = ANY(%(follow_up_forms)s)
        AND (%(sensitive)s OR NOT v.is_sensitive)
      GROUP BY k.id
), called AS (
     SELECT h.household_id, h.since, count(DISTINCT v.visited_on) AS home_visit
       FROM (SELECT DISTINCT household_id, since FROM chosen) h
       JOIN followups_visit v ON v.household_id = h.household_id AND v.visited_on BETWEEN h.since AND %(on)s
        AND v.is_current AND v.is_face_to_face AND v.mode = '2' AND (%(sensitive)s OR NOT v.is_sensitive)
      GROUP BY h.household_id, h.since
), examined AS (
     SELECT k.id, count(*) AS exam
       FROM chosen k
       JOIN households_exam e ON e.person_id = k.person_id AND e.examined_on BETWEEN k.since AND %(on)s
      GROUP BY k.id
), planned AS (
     SELECT k.id, count(DISTINCT m.id) AS care_plan
       FROM chosen k
       JOIN followups_majorcase m ON m.person_id = k.person_id AND (%(sensitive)s OR NOT m.is_sensitive)
       JOIN followups_careplan f ON f.case_id = m.id AND f.effective_on <= %(on)s
        AND (f.superseded_on IS NULL OR f.superseded_on > k.since)
      GROUP BY k.id
), counted AS (
     SELECT k.id AS contract_id, k.person_id, k.household_id, k.village_id, k.team_id, i.key AS item,
            i.value::int AS promised,
            floor(i.value::int * (%(on)s::date - k.since + 1)::numeric / (k.until - k.since)
                  + CASE WHEN i.value::int <= /*spread*/ THEN 1 - (40 + mod(k.household_id * 7919, 244)) / 365.0
                         ELSE 0 END)::int AS due,
            CASE %(counters)s::jsonb ->> i.key
                 WHEN 'home_visit' THEN COALESCE(called.home_visit, 0)
                 WHEN 'follow_up' THEN COALESCE(visited.follow_up, 0)
                 WHEN 'glucose_test' THEN COALESCE(visited.glucose_test, 0)
                 WHEN 'exam' THEN COALESCE(examined.exam, 0)
                 WHEN 'care_plan' THEN COALESCE(planned.care_plan, 0)
            END::int AS done
       FROM chosen k
      CROSS JOIN LATERAL jsonb_each_text(k.promised) i
       LEFT JOIN visited ON visited.id = k.id
       LEFT JOIN called ON called.household_id = k.household_id AND called.since = k.since
       LEFT JOIN examined ON examined.id = k.id
       LEFT JOIN planned ON planned.id = k.id
      WHERE %(counters)s::jsonb ? i.key AND i.value ~ '^[1-9][0-9]{0,3}$'
)
