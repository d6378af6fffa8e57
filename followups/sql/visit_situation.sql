-- What a visit meets: the same number, the same day, the duty's own visit, what was found before, what is owed.
SELECT (SELECT visit_id FROM followups_submission WHERE id = /*submission*/ AND state = 'accepted'),
       (SELECT uuid FROM followups_visit WHERE uuid = %(client_id)s),
       (SELECT uuid FROM followups_visit v
         WHERE /*whose*/
           AND v.protocol = %(protocol)s AND v.visited_on = %(visited_on)s AND v.mode = %(mode)s
           AND v.is_current AND NOT v.answers ?| '{lost_reason,death_date}' LIMIT 1),
       (SELECT visit_id FROM followups_duty d
         WHERE d.id = %(duty)s AND d.household_id = /*household*/ AND d.state = 'done'),
       (SELECT json_agg(json_build_array(v.visited_on, v.answers))::text
          FROM (SELECT visited_on, answers FROM followups_visit
                 WHERE person_id = /*person*/ AND protocol = %(protocol)s AND is_current
                   AND visited_on < %(visited_on)s AND uuid IS DISTINCT FROM %(supersedes)s::uuid
                 ORDER BY visited_on DESC LIMIT 8) v),
       (SELECT json_agg(json_build_array(d.id, d.rule, d.protocol, d.person_id IS NULL, d.starts_on, d.ends_on))::text
          FROM followups_duty d
         WHERE d.household_id = /*household*/ AND d.state IN ('open', 'not_found')
           AND (d.person_id IS NULL OR d.person_id = /*person*/))
