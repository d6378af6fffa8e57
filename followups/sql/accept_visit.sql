-- A visit and all that follows from it: the sender's copy marked as accepted and, each where there is one, duties
-- done, the next one moved to the agreed day, a return visit owed, a need raised. Nothing happens where the visit
-- is already there.
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
), told AS (
  UPDATE followups_submission s SET state = 'accepted', visit_id = made.uuid, problem = '{}'::jsonb, waits_for = NULL
    FROM made WHERE s.id = %(submission)s
)/*follows*/
SELECT (SELECT uuid FROM made)
