-- A visit and all that follows from it: duties done, the next one moved to the agreed day, a return visit owed,
-- a need raised, the sender's copy marked as accepted. Nothing happens where the visit is already there.
WITH made AS (
  INSERT INTO followups_visit (uuid, household_id, person_id, village_id, county_id, protocol, edition, visited_on,
         mode, answers, assessment, visit_class, is_assessable, is_controlled, sbp, dbp, fpg, next_on, satisfaction,
         is_sensitive, supersedes_id, is_current, amend_reason, by_id, device_id, device_seq, captured_at, trip)
  SELECT %(uuid)s::uuid, %(household)s, %(person)s, %(village)s, %(county)s, %(protocol)s, %(edition)s, %(visited_on)s,
         %(mode)s, %(answers)s, %(assessment)s, %(visit_class)s, %(is_assessable)s, %(is_controlled)s, %(sbp)s,
         %(dbp)s, %(fpg)s, %(next_on)s, %(satisfaction)s, %(is_sensitive)s, %(supersedes)s, TRUE, %(amend_reason)s, %(by)s,
         %(device_id)s, %(device_seq)s, %(captured_at)s, %(trip)s
   WHERE /*unchanged*/
  ON CONFLICT DO NOTHING RETURNING uuid
), closed AS (
  UPDATE followups_duty d SET state = 'done', visit_id = made.uuid, closed_on = %(visited_on)s,
         close_reason = ''
    FROM made WHERE d.id = ANY(%(fulfilled)s::bigint[]) AND d.state IN ('open', 'not_found') RETURNING d.id
), agreed AS (
  UPDATE followups_duty d SET due_on = %(next_on)s::date
    FROM made
   WHERE d.household_id = %(household)s AND d.person_id = %(person)s AND d.protocol = %(protocol)s
     AND d.state = 'open' AND d.id <> ALL(%(fulfilled)s::bigint[]) AND d.due_on <> %(next_on)s::date
     AND %(next_on)s::date BETWEEN d.starts_on AND d.ends_on
), owed AS (
  INSERT INTO followups_duty (household_id, person_id, village_id, county_id, team_id, protocol, rule, starts_on,
         due_on, ends_on, risk, is_sensitive, why, state, close_reason)
  SELECT %(household)s, %(person)s::bigint, %(village)s, %(county)s, %(team)s::bigint, %(protocol)s, %(return_rule)s::text,
         %(return_from)s::date, %(return_due)s::date, %(return_by)s::date, %(return_risk)s::smallint, %(is_sensitive)s,
         jsonb_build_object('visit', made.uuid), 'open', ''
    FROM made WHERE %(return_by)s::date IS NOT NULL
  ON CONFLICT /*target*/ DO UPDATE SET state = 'open', closed_on = NULL, close_reason = '',
         due_on = EXCLUDED.due_on, ends_on = EXCLUDED.ends_on, risk = EXCLUDED.risk, why = EXCLUDED.why
   WHERE followups_duty.state = 'cancelled'
), asked AS (
  INSERT INTO followups_need (uuid, household_id, person_id, village_id, kind, description, state, raised_on,
         raised_by_id, visit_id, owner_id, due_on, outcome, person_says)
  SELECT %(need_uuid)s::uuid, %(household)s, %(need_person)s::bigint, %(village)s, %(need_kind)s::text, %(need_words)s::text,
         'open', %(received_on)s::date, %(by)s, made.uuid, %(need_owner)s::bigint, %(need_due)s::date, '', ''
    FROM made
   WHERE %(need_words)s::text <> ''
     AND NOT EXISTS (SELECT 1 FROM followups_need n
                      WHERE n.person_id = %(need_person)s::bigint AND n.kind = %(need_kind)s::text
                        AND n.state IN ('open', 'in_progress') AND n.visit_id IS NOT NULL)
  RETURNING id
), logged AS (
  INSERT INTO followups_needstep (need_id, "on", state, kind, note, by_id)
  SELECT asked.id, %(received_on)s::date, 'open', 'raised', %(need_words)s::text, %(by)s FROM asked
), told AS (
  UPDATE followups_submission s SET state = 'accepted', visit_id = made.uuid, problem = '{}'::jsonb, waits_for = NULL
    FROM made WHERE s.id = %(submission)s
)
SELECT (SELECT uuid FROM made)
