"""What the demo shows of the rhythm: teams back in their villages, paired doctors, what climbed the ladder.

Set-based, a fixed number of statements for each county."""

from datetime import date, datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from followups.models import Escalation, NeedEscalation, ReferralEscalation
from healthaid.journeys.escalation import escalate, escalate_by_hour
from healthaid.journeys.ladder import ladders
from healthaid.journeys.matters import escalate_needs, escalate_referrals

# The month's return of each team, about one in twelve left out; the present month is half done.
_RETURNS = """
    INSERT INTO followups_teamreturn
           (uuid, team_id, village_id, month, returned_on, served, satisfaction, note, by_id)
    SELECT md5(concat(s.team_id, '/', s.area_id, '/', m.month))::uuid, s.team_id, s.area_id, m.month,
           m.month + (2 + mod(s.team_id * 7 + s.area_id, 17))::int, 18 + mod(s.team_id * 13 + m.age, 41),
           CASE mod(s.team_id + m.age, 9) WHEN 0 THEN 3 WHEN 1 THEN 4 WHEN 2 THEN 4 ELSE 5 END,
           (ARRAY['义诊、量血压、讲合理用药', '入户送药，查看慢病手册',
                  '健康讲座，答疑报销政策'])[1 + mod(s.team_id + m.age, 3)],
           pr.user_id
      FROM followups_team_villages s
      JOIN accounts_area a ON a.id = s.area_id AND a.county_id = %(county)s
      JOIN followups_teammember t ON t.team_id = s.team_id AND t.slot = 'leader' AND t.to_on IS NULL
      JOIN clinics_practitioner pr ON pr.id = t.practitioner_id AND pr.user_id IS NOT NULL
     CROSS JOIN LATERAL (
           SELECT (date_trunc('month', %(on)s::date) - make_interval(months => n))::date AS month, n AS age
             FROM generate_series(0, 5) n) m
     WHERE mod(s.team_id * 5 + m.age * 3, 12) <> 0
       AND m.month + (2 + mod(s.team_id * 7 + s.area_id, 17))::int <= %(on)s::date
    ON CONFLICT DO NOTHING
"""
# Households that illness made poor are each paired with a specialist of their team's (DOMAIN A69).
_PAIRINGS = """
    INSERT INTO followups_pairing (household_id, practitioner_id, period, by_id)
    SELECT h.id, t.practitioner_id, daterange(%(on)s::date - 300, NULL), u.id
      FROM households_household h
      JOIN LATERAL (SELECT c.team_id FROM followups_contract c JOIN households_person p ON p.id = c.person_id
                     WHERE p.household_id = h.id AND c.state = 'signed' ORDER BY c.id LIMIT 1) c ON TRUE
      JOIN followups_teammember t ON t.team_id = c.team_id AND t.slot = 'specialist' AND t.to_on IS NULL
      JOIN LATERAL (SELECT id FROM accounts_user WHERE role = 'county_staff' AND area_id = %(county)s
                     ORDER BY id LIMIT 1) u ON TRUE
     WHERE h.county_id = %(county)s AND h.main_cause = 'illness' AND h.left_on IS NULL
    ON CONFLICT DO NOTHING
"""
# The second doctor is away these days and the third stands in; the first goes to a course in a fortnight; the
# fourth was ill last month.
_ABSENCES = """
    WITH doctors AS (
      SELECT u.id, row_number() OVER (ORDER BY u.id) AS place
        FROM accounts_user u JOIN accounts_area a ON a.id = u.area_id AND a.county_id = %(county)s
       WHERE u.role = 'village_doctor'
    )
    INSERT INTO accounts_absence (doctor_id, deputy_id, period, reason, by_id)
    SELECT d.id, s.id, daterange(%(on)s::date + w.first, %(on)s::date + w.past), w.reason, d.id
      FROM (VALUES (2, 3, -2, 6, 'leave'), (1, 2, 14, 19, 'training'), (4, 3, -34, -27, 'illness'))
           AS w(doctor, deputy, first, past, reason)
      JOIN doctors d ON d.place = w.doctor JOIN doctors s ON s.place = w.deputy
    ON CONFLICT DO NOTHING
"""
_MOVED = """
    WITH moved AS (
      SELECT d.id, d.due_on AS was, LEAST(d.ends_on, GREATEST(d.due_on, %(on)s::date) + 4) AS now, u.id AS by
        FROM followups_duty d
        JOIN LATERAL (SELECT id FROM accounts_user WHERE role = 'village_doctor' AND area_id = d.village_id
                       ORDER BY id LIMIT 1) u ON TRUE
       WHERE d.county_id = %(county)s AND d.state = 'open' AND d.rule = 'chronic_quarterly'
         AND mod(d.id, 23) = 0 AND d.ends_on > %(on)s::date + 4
    ), noted AS (
      INSERT INTO followups_planchange (duty_id, was_on, now_on, reason, note, changed_on, by_id)
      SELECT id, was, now, CASE WHEN mod(id, 2) = 0 THEN 'asked' ELSE 'weather' END, '', %(on)s::date - 1, by
        FROM moved WHERE was <> now RETURNING duty_id, now_on
    )
    UPDATE followups_duty d SET due_on = n.now_on FROM noted n WHERE d.id = n.duty_id
"""
_SEEN = """
    UPDATE {table} SET seen_at = told_on + interval '9 hours', seen_by_id = told_id
     WHERE told_on <= %(on)s::date - 6 AND mod(id, 4) <> 0
"""
_STEPS = (Escalation, NeedEscalation, ReferralEscalation)


def go_out(county: int, on: date) -> None:
    """This will write the returns of half a year, pairings, absences, and visits put on another day."""
    with connection.cursor() as cursor:
        for statement in (_RETURNS, _PAIRINGS, _ABSENCES, _MOVED):
            cursor.execute(statement, {"county": county, "on": on})


def climb(on: date) -> None:
    """This will let three working days of the last fortnight climb the ladder; most of it has been seen."""
    for ago in (14, 8, 1):
        day = _working_day(on - timedelta(days=ago))
        for step in (escalate, escalate_needs, escalate_referrals):
            step(on=day)
        escalate_by_hour(at=timezone.make_aware(datetime.combine(day, time(12))))
    with connection.cursor() as cursor:
        for model in _STEPS:
            cursor.execute(_SEEN.format(table=model._meta.db_table), {"on": on})


def _working_day(day: date) -> date:
    while ladders().quiet.holds(day):
        day -= timedelta(days=1)
    return day
