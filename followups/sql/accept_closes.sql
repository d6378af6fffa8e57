, closed AS (
  UPDATE followups_duty d SET state = 'done', visit_id = made.uuid, closed_on = %(visited_on)s,
         close_reason = ''
    FROM made WHERE d.id = ANY(%(fulfilled)s::bigint[]) AND d.state IN ('open', 'not_found') RETURNING d.id
)
