-- What arrived is kept, and what it meets is read on the same way. Nothing is locked: the mark tells later
-- whether anything has changed since.
WITH received AS (
/*receive*/
), subject(person, household, village, county, birth_date, left_on, team, leader, speaks_for, sex) AS (
/*subject*/
)
SELECT r.id, r.state, r.visit_id, followups_mark(s.person, s.household),
       s.person, s.household, s.village, s.county, s.birth_date, s.left_on, s.team, s.leader, s.speaks_for, s.sex,
       found.*
  FROM received r
  LEFT JOIN subject s ON TRUE
  LEFT JOIN LATERAL (
/*situation*/
  ) found(answered_with, same_number, same_day, duty_done_by, history, duties) ON TRUE
