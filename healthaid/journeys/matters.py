"""Needs not met by their day, and referrals nobody answers or asks after, climb ladders of their own."""

from collections import Counter
from datetime import date, timedelta

from django.db import transaction

from followups.choices import ReferralCause, Rung
from followups.queries.needs import OVERDUE_SQL
from followups.queries.referrals import UNANSWERED_SQL, UNCHECKED_SQL
from followups.referral_times import referral_times
from healthaid.journeys.climbing import NEED, REFERRAL, climb, digest
from healthaid.journeys.ladder import Step, ladders

# The leader who owns a need has been told of it as its owner already.
_NEEDS = f"{OVERDUE_SQL} AND n.due_on < %(late)s"
_NOT_AGAIN = " AND who.user_id IS DISTINCT FROM n.owner_id"
_CAUSES = {ReferralCause.UNANSWERED: UNANSWERED_SQL, ReferralCause.UNCHECKED: UNCHECKED_SQL}


@transaction.atomic
def escalate_needs(*, on: date) -> dict[str, int]:
    """This will tell the next person up about each need late enough, in one digest a day; counts by step."""
    made = Counter({str(rung): 0 for rung in Rung})
    ladder = ladders().needs
    for step in () if ladders().hold_back(ladder, on) else ladder.steps:
        made[step.to] += _tell_of_needs(step, on)
    return dict(made)


@transaction.atomic
def escalate_referrals(*, on: date) -> dict[str, int]:
    """This will tell the next person up about each referral without an answer, and each not asked after."""
    made = Counter({str(rung): 0 for rung in Rung})
    for cause, ladder in ladders().referrals.items():
        for step in () if ladders().hold_back(ladder, on) else ladder.steps:
            made[step.to] += _tell_of_referrals(cause, step, on)
    return dict(made)


def _tell_of_needs(step: Step, on: date) -> int:
    condition = _NEEDS + ("" if step.to == Rung.OWNER else _NOT_AGAIN)
    told = climb(NEED, step.to, condition, {"late": on - timedelta(days=step.after_days)}, on=on)
    return digest(
        told,
        purpose=f"needs_{step.to}",
        on=on,
        template="need_escalation",
        days=step.after_days,
    )


def _tell_of_referrals(cause: ReferralCause, step: Step, on: date) -> int:
    days = {str(urgency): days for urgency, days in referral_times().answer_days.items()}
    values = {
        "cause": cause,
        "late": on - timedelta(days=step.after_days),
        "urgencies": list(days),
        "days": list(days.values()),
    }
    told = climb(REFERRAL, step.to, _CAUSES[cause], values, on=on)
    return digest(told, purpose=f"{cause}_{step.to}", on=on, template=f"referral_{cause}")
