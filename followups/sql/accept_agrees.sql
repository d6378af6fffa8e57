, agreed AS (
  UPDATE followups_duty d SET due_on = %(next_on)s::date
    FROM made
   WHERE d.household_id = %(household)s AND d.person_id = %(person)s AND d.protocol = %(protocol)s
     AND d.state = 'open' AND d.id <> ALL(%(fulfilled)s::bigint[]) AND d.due_on <> %(next_on)s::date
     AND %(next_on)s::date BETWEEN d.starts_on AND d.ends_on
)
