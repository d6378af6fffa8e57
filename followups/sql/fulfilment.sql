-- Promised against done, item by item, over the contracts of one team that are in force.
SELECT item, sum(promised)::int, sum(LEAST(done, promised))::int, count(*) FILTER (WHERE done < promised)::int,
       round(avg(gone))::int
  FROM (SELECT i.key AS item, i.value::int AS promised,
               100.0 * (%(on)s::date - lower(c.period) + 1) / (upper(c.period) - lower(c.period)) AS gone,
               CASE i.key
                 WHEN 'exam' THEN (SELECT count(*) FROM households_exam e
                                    WHERE e.person_id = c.person_id AND c.period @> e.examined_on)
                 WHEN 'home_visit' THEN (SELECT count(*) FROM followups_visit v
                                          WHERE v.household_id = p.household_id AND v.is_current AND v.mode = '2'
                                            AND v.is_face_to_face AND c.period @> v.visited_on)
                 ELSE (SELECT count(*) FROM followups_visit v
                        WHERE v.person_id = c.person_id AND v.is_current AND v.is_face_to_face
                          AND c.period @> v.visited_on AND v.protocol <> 'home_visit'
                          AND (i.key = 'follow_up' OR v.fpg IS NOT NULL))
               END AS done
          FROM followups_contract c
          JOIN households_person p ON p.id = c.person_id AND p.left_on IS NULL
         CROSS JOIN LATERAL jsonb_each_text(c.promised) i
         WHERE c.team_id = %(team)s AND c.state = 'signed' AND c.period @> %(on)s::date
           AND i.key IN ('exam', 'home_visit', 'follow_up', 'glucose_test')
           AND i.value ~ '^[1-9][0-9]{0,3}$') counted
 GROUP BY item ORDER BY item
