"""What stays overdue, or was not found, climbs the ladder: one step, one person told, once for each visit."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from followups.choices import EscalationCause, NotFoundStep, Rung
from followups.queries.duties import OVERDUE_SQL, UNTIL_SQL
from followups.rules import all_rules
from healthaid.journeys.climbing import DUTY, climb, digest
from healthaid.journeys.ladder import Ladder, Step, ladders

_LATE = f"{OVERDUE_SQL} AND d.ends_on <= %(late)s AND (d.rule = ANY(%(rules)s)) = %(own)s"
_PAST = f"{UNTIL_SQL} AND (d.why->>'until')::timestamptz <= %(past)s AND d.rule = ANY(%(rules)s)"
_LOST = "d.state = 'not_found' AND d.closed_on > %(since)s AND d.rule = ANY(%(rules)s)"
# Who was lost longer ago than this is told of no more.
_LOST_DAYS = 60
_TOLD_WHEN_LOST = {NotFoundStep.ESCALATE: Rung.TOWNSHIP, NotFoundStep.REPORT: Rung.COUNTY}
_RUNGS = (Rung.LEADER, Rung.TOWNSHIP, Rung.COUNTY)


@transaction.atomic
def escalate(*, on: date) -> dict[str, int]:
    """This will tell the next person up about each visit late enough, in one digest a day; counts by step.

    Who was not found goes where the rule says. On a quiet day only ladders that climb on any day do.
    """
    made = _nobody_told()
    for ladder in ladders().ladders.values():
        if not ladder.by_hour and not ladders().hold_back(ladder, on):
            for step in ladder.steps:
                made[step.to] += _tell_of_late(ladder, step, on)
    for then, rung in _TOLD_WHEN_LOST.items():
        made[rung] += _tell_of_lost(then, rung, on)
    return dict(made)


@transaction.atomic
def escalate_by_hour(*, at: datetime) -> dict[str, int]:
    """This will tell of visits that are owed within hours as soon as those have passed; counts by step."""
    made = _nobody_told()
    for name, ladder in ladders().ladders.items():
        for step in ladder.steps if ladder.by_hour else ():
            made[step.to] += _tell_of_past(name, ladder, step, at)
    return dict(made)


def _nobody_told() -> Counter[str]:
    return Counter({str(rung): 0 for rung in _RUNGS})


def _tell_of_late(ladder: Ladder, step: Step, on: date) -> int:
    own = bool(ladder.rules)
    rules = list(ladder.rules if own else ladders().named)
    values = {"late": on - timedelta(days=step.after_days), "own": own, "rules": rules}
    told = _climb(step.to, _LATE, EscalationCause.OVERDUE, values, on)
    purpose = "_".join([f"escalation_{step.to}", *ladder.rules[:1]])
    return digest(told, purpose=purpose, on=on, template="escalation", days=step.after_days)


def _tell_of_past(name: str, ladder: Ladder, step: Step, at: datetime) -> int:
    on = timezone.localdate(at)
    values = {"past": at - timedelta(hours=step.after_hours), "rules": list(ladder.rules)}
    told = _climb(step.to, _PAST, EscalationCause.OVERDUE, values, on)
    period = f"{timezone.localtime(at):%Y-%m-%dT%H}"
    return digest(told, purpose=f"escalation_{step.to}_{name}", on=on, period=period, template="hours_passed")


def _tell_of_lost(then: NotFoundStep, rung: Rung, on: date) -> int:
    rules = [code for code, rule in all_rules().items() if rule.not_found.then == then]
    values = {"since": on - timedelta(days=_LOST_DAYS), "rules": rules}
    told = _climb(rung, _LOST, EscalationCause.NOT_FOUND, values, on)
    return digest(told, purpose=f"lost_{rung}", on=on, template="lost")


def _climb(
    to: Rung, condition: str, cause: EscalationCause, values: Mapping[str, Any], on: date
) -> Counter[int]:
    return climb(DUTY, to, condition, {"cause": cause, **values}, on=on)
