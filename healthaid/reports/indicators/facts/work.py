"""What was owed and what was done: duties, visits, needs."""

from followups.queries.answering import MONTHS_SQL
from followups.queries.cases import CASES_SQL
from followups.queries.duties import OVERDUE_SQL
from followups.queries.fulfilment import PROMISES_SQL, SERVED_SQL
from healthaid.reports.indicators.facts.people import CONTRACTS, MET

# Looking back, what was closed later was still open then; today this adds nothing to followups' definition.
_LATER = "(%(past)s AND d.closed_on > %(on)s)"
_OVERDUE = f"({OVERDUE_SQL} OR {_LATER} AND d.ends_on < %(on)s)"

# Both as the teams' pages count them.
SERVED, PROMISES, MONTHS = SERVED_SQL, PROMISES_SQL, MONTHS_SQL

DUTIES = f"""
SELECT d.id AS key, d.person_id, d.household_id, d.village_id, d.team_id,
       d.protocol, d.rule, d.starts_on, d.due_on, d.ends_on, d.state,
       d.due_on BETWEEN %(since)s AND %(on)s AND (d.state <> 'cancelled' OR {_LATER}) AS is_in_period,
       d.state = 'done' AND d.closed_on <= %(on)s AS is_done,
       (d.state = 'open' OR {_LATER}) AND d.starts_on <= %(on)s AS is_open,
       {_OVERDUE} AS is_overdue
  FROM followups_duty d
 WHERE d.village_id = ANY(%(villages)s) AND (%(sensitive)s OR NOT d.is_sensitive)
   AND (d.due_on BETWEEN %(since)s AND %(on)s
        OR d.state = 'open' AND d.starts_on <= %(on)s
        OR {_LATER} AND d.starts_on <= %(on)s)
"""  # noqa: S608 - our own texts

VISITS = f"""
SELECT v.uuid AS key, v.person_id, v.household_id, v.village_id, c.team_id,
       v.protocol, v.visited_on, v.mode, v.is_face_to_face, v.satisfaction
  FROM followups_visit v
  LEFT JOIN ({CONTRACTS}) c ON c.person_id = v.person_id
 WHERE v.village_id = ANY(%(villages)s) AND v.visited_on BETWEEN %(since)s AND %(on)s AND {MET}
   AND (%(sensitive)s OR NOT v.is_sensitive)
"""  # noqa: S608 - our own texts

NEEDS = f"""
SELECT n.id AS key, n.person_id, n.household_id, n.village_id, c.team_id,
       n.kind, n.state, n.raised_on, n.due_on, n.closed_on,
       n.closed_on IS NULL OR n.closed_on > %(on)s AS is_open,
       (n.closed_on IS NULL OR n.closed_on > %(on)s) AND n.due_on < %(on)s AS is_overdue,
       n.closed_on BETWEEN %(since)s AND %(on)s AS is_closed_in_period
  FROM followups_need n
  LEFT JOIN ({CONTRACTS}) c ON c.person_id = n.person_id
 WHERE n.village_id = ANY(%(villages)s) AND n.raised_on <= %(on)s AND n.state <> 'merged'
   AND (n.closed_on IS NULL OR n.closed_on >= %(since)s) AND (%(sensitive)s OR NOT n.is_sensitive)
"""  # noqa: S608 - our own texts

CASES = f"""
SELECT x.*, c.team_id
  FROM ({CASES_SQL}) x
  LEFT JOIN ({CONTRACTS}) c ON c.person_id = x.person_id
"""  # noqa: S608 - our own texts

# Closings of the year, whatever became of the person: who died or moved is counted here and nowhere else.
CLOSED = f"""
SELECT m.id AS key, m.person_id, p.household_id, m.village_id, c.team_id, d.code AS disease,
       m.close_reason, m.closed_on
  FROM followups_majorcase m
  JOIN households_person p ON p.id = m.person_id
  JOIN households_disease d ON d.id = m.disease_id
  LEFT JOIN ({CONTRACTS}) c ON c.person_id = m.person_id
 WHERE m.village_id = ANY(%(villages)s) AND m.closed_on BETWEEN %(year_start)s AND %(on)s
   AND (%(sensitive)s OR NOT m.is_sensitive)
"""  # noqa: S608 - our own texts

# The norm asks for the check within 14 days of the visit that advised it; `check_by` is that day.
REFERRALS = f"""
SELECT r.id AS key, r.person_id, r.household_id, r.village_id, c.team_id,
       r.state, r.urgency, r.referred_on, r.check_by, r.checked_on,
       r.check_by BETWEEN %(since)s AND %(on)s AS is_due_in_period,
       coalesce(r.checked_on <= r.check_by, FALSE) AS is_checked_in_time
  FROM followups_referral r
  LEFT JOIN ({CONTRACTS}) c ON c.person_id = r.person_id
 WHERE r.village_id = ANY(%(villages)s) AND r.check_by BETWEEN %(since)s AND %(on)s
   AND r.state NOT IN ('declined', 'cancelled') AND (%(sensitive)s OR NOT r.is_sensitive)
"""  # noqa: S608 - our own texts

PRIORITIES = f"""
SELECT s.id AS key, r.person_id, r.household_id, r.village_id, c.team_id, s.kind, s.asked_at, s.served_at,
       coalesce(s.served_at <= s.asked_at + interval '24 hours'
                AND (s.served_at AT TIME ZONE 'Asia/Shanghai')::date <= %(on)s, FALSE) AS is_within_a_day
  FROM followups_priorityservice s
  JOIN followups_referral r ON r.id = s.referral_id
  LEFT JOIN ({CONTRACTS}) c ON c.person_id = r.person_id
 WHERE r.village_id = ANY(%(villages)s) AND (%(sensitive)s OR NOT r.is_sensitive)
   AND r.state NOT IN ('declined', 'cancelled')
   AND (s.asked_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN %(since)s AND %(on)s
"""  # noqa: S608 - our own texts
