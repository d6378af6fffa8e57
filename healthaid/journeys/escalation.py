"""What stays overdue, or was not found, climbs the ladder: one step, one person told, once for each duty."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from core.accounts.models import User
from followups.choices import NotFoundStep, Rung
from followups.queries.duties import OVERDUE_SQL
from followups.rules import all_rules
from healthaid.journeys.ladder import Ladder, Step, ladders
from healthaid.outreach.services.queueing import Draft, queue_messages

_LEADER = """
    SELECT pr.user_id FROM followups_teammember m
      JOIN clinics_practitioner pr ON pr.id = m.practitioner_id
      JOIN accounts_user u ON u.id = pr.user_id AND u.is_active
     WHERE m.team_id = d.team_id AND m.slot = 'leader' AND m.to_on IS NULL LIMIT 1
"""
_STAFF = """
    SELECT u.id FROM accounts_area a JOIN accounts_user u ON u.area_id = ANY(a.ancestors)
     WHERE a.id = d.village_id AND u.role = '{role}' AND u.sector = 'health' AND u.is_active
     ORDER BY u.id LIMIT 1
"""
_RECIPIENTS = {
    Rung.LEADER: _LEADER,
    Rung.TOWNSHIP: _STAFF.format(role="township_staff"),
    Rung.COUNTY: _STAFF.format(role="county_staff"),
}
_LATE = f"{OVERDUE_SQL} AND d.ends_on <= %(late)s"
_LOST = "d.state = 'not_found' AND d.closed_on > %(late)s"
_CLIMB = """
    INSERT INTO followups_escalation (duty_id, step, cause, told_id, told_on, channel)
    SELECT d.id, %(step)s, %(cause)s, who.user_id, %(on)s, %(channel)s
      FROM followups_duty d CROSS JOIN LATERAL ({recipient}) AS who(user_id)
     WHERE {condition} AND (d.rule = ANY(%(rules)s)) = %(own)s
    ON CONFLICT (duty_id, step, cause) DO NOTHING
    RETURNING told_id
"""
# Who was lost longer ago than this is told of no more.
_LOST_DAYS = 60
_TOLD_WHEN_LOST = {NotFoundStep.ESCALATE: Rung.TOWNSHIP, NotFoundStep.REPORT: Rung.COUNTY}


@transaction.atomic
def escalate(*, on: date) -> dict[str, int]:
    """This will tell the next person up about each duty late enough, in one digest a day; counts by step.

    Who was not found goes where the rule says. On a quiet day only ladders that climb on any day do.
    """
    made = Counter({str(rung): 0 for rung in Rung})
    for ladder in ladders().ladders.values():
        if ladder.on_quiet_days or not ladders().quiet.holds(on):
            for step in ladder.steps:
                made[step.to] += _tell_of_late(ladder, step, on)
    for then, rung in _TOLD_WHEN_LOST.items():
        made[rung] += _tell_of_lost(then, rung, on)
    return dict(made)


def _tell_of_late(ladder: Ladder, step: Step, on: date) -> int:
    own = bool(ladder.rules)
    rules = ladder.rules if own else ladders().named
    told = _climb(
        step.to,
        _LATE,
        {
            "cause": "overdue",
            "on": on,
            "late": on - timedelta(days=step.after_days),
            "own": own,
            "rules": list(rules),
        },
    )
    return _digest(
        told, f"escalation_{step.to}", on, template="escalation", days=step.after_days, own=ladder.rules
    )


def _tell_of_lost(then: NotFoundStep, rung: Rung, on: date) -> int:
    rules = [code for code, rule in all_rules().items() if rule.not_found.then == then]
    since = on - timedelta(days=_LOST_DAYS)
    values = {"cause": "not_found", "on": on, "late": since, "own": True, "rules": rules}
    return _digest(_climb(rung, _LOST, values), f"lost_{rung}", on, template="lost", days=0, own=())


def _climb(rung: Rung, condition: str, values: dict[str, Any]) -> Counter[int]:
    statement = _CLIMB.format(recipient=_RECIPIENTS[rung], condition=condition)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"step": rung, "channel": settings.OUTREACH_CHANNEL, **values})
        return Counter(row[0] for row in cursor.fetchall())


def _digest(
    told: Counter[int], purpose: str, on: date, *, template: str, days: int, own: Sequence[str]
) -> int:
    """One message for each person told; ladders of certain rules have messages of their own."""
    languages = dict(User.objects.filter(pk__in=told).values_list("pk", "language"))
    drafts = [
        Draft(user_id=user, language=languages[user], context={"count": n, "days": days})
        for user, n in sorted(told.items())
    ]
    purpose = "_".join([purpose, *own[:1]])[:30]
    queue_messages(drafts, purpose=purpose, period=on.isoformat(), template=template)
    return told.total()
