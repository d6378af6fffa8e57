-- All that is owed on a day and not written down yet, by every rule at once; gives how many rows each rule made.
-- Only one run at a time gets here (an advisory lock), so that looking first is enough and cheaper than a conflict.
-- Return visits are also written by the visits themselves: only they meet a conflict.
-- What is there already is looked up with OFFSET 0: one look into the unique index for each row. As an anti-join the
-- planner would take a new window for empty and compare every row with every other.
WITH windows AS (
  INSERT INTO followups_duty
      (household_id, person_id, village_id, county_id, team_id, protocol, rule, starts_on, due_on, ends_on,
       risk, is_sensitive, why, state, visit_id, closed_on, close_reason)
/*owed_in_windows*/
  RETURNING rule
), returns AS (
  INSERT INTO followups_duty
      (household_id, person_id, village_id, county_id, team_id, protocol, rule, starts_on, due_on, ends_on,
       risk, is_sensitive, why, state, visit_id, closed_on, close_reason)
/*owed_after_visits*/
  ON CONFLICT DO NOTHING RETURNING rule
)
SELECT rule, count(*) FROM (SELECT rule FROM windows UNION ALL SELECT rule FROM returns) made GROUP BY rule
