-- One visit after a discharge; the same one again is found and left as it is.
WITH made AS (
  INSERT INTO followups_duty
      (household_id, person_id, village_id, county_id, team_id, protocol, rule, starts_on, due_on, ends_on,
       risk, is_sensitive, why, state, close_reason)
  SELECT p.household_id, p.id, p.village_id, p.county_id, c.team_id, %(form)s::text, %(rule)s::text, %(start)s::date,
         %(start)s::date + (%(end)s::date - %(start)s::date) / 2, %(end)s::date, %(risk)s::int, FALSE,
         jsonb_build_object('discharged_on', %(discharged_on)s::date, 'ground', %(ground)s::text), 'open', ''
    FROM households_person p
    LEFT JOIN followups_contract c ON c.person_id = p.id AND c.state = 'signed' AND c.period @> %(on)s::date
   WHERE p.id = %(person)s AND p.left_on IS NULL
  ON CONFLICT (person_id, protocol, rule, starts_on) WHERE person_id IS NOT NULL DO NOTHING
  RETURNING id
)
SELECT id FROM made
UNION ALL
SELECT id FROM followups_duty
 WHERE person_id = %(person)s AND protocol = %(form)s AND rule = %(rule)s AND starts_on = %(start)s
