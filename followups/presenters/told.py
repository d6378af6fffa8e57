"""A matter that climbed the ladder, ready to be drawn: whom it concerns, how late, who knows since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from followups.choices import DutyState, EscalationCause, ReferralCause
from followups.models import Duty, Escalation, Need, NeedEscalation, Referral, ReferralEscalation
from followups.presenters.duties import present_duty
from followups.presenters.needs import present_need
from followups.presenters.referrals import present_referral
from followups.presenters.values import day_month
from households.models import Household

Step = Escalation | NeedEscalation | ReferralEscalation


@dataclass(frozen=True)
class ToldLine:
    """`pk` of the duty, need or referral; `notes` are lines below the place."""

    pk: int
    url: str
    icon: str
    title: str
    place: str
    notes: list[str]
    state: str
    tone: str
    steps: list[str]


def present_told(duty: Duty, on: date) -> ToldLine:
    """This will word one visit and the steps taken for it. Needs the steps read with the duty."""
    line = present_duty(duty, on)
    lost = duty.state == DutyState.NOT_FOUND
    return ToldLine(
        pk=line.pk,
        url=reverse("households:household", args=[duty.household.uuid]),
        icon="person",
        title=f"{line.title} · {line.form}",
        place=_place(duty.household, duty.team.name if duty.team else _("no team")),
        notes=[line.why],
        state=_("Not found") if lost else line.when,
        tone="warn" if lost else line.tone,
        steps=told_steps(duty.escalations.all(), on),
    )


def present_told_need(need: Need, on: date) -> ToldLine:
    """This will word one need and the steps taken for it. Needs the steps read with the need."""
    shown = present_need(need, on)
    return ToldLine(
        pk=need.pk,
        url=reverse("followups:need", args=[need.uuid]),
        icon="need",
        title=f"{shown.title} · {shown.kind}",
        place=_place(need.household, shown.owner),
        notes=[shown.description],
        state=shown.due,
        tone="bad" if shown.is_overdue else shown.tone,
        steps=told_steps(need.escalations.all(), on),
    )


def present_told_referral(referral: Referral, on: date) -> ToldLine:
    """This will word one referral and the steps taken for it. Needs the steps read with the referral."""
    shown = present_referral(referral, on)
    return ToldLine(
        pk=referral.pk,
        url=shown.url,
        icon="clinic",
        title=f"{shown.title} → {shown.to}",
        place=_place(referral.household, shown.urgency),
        notes=[shown.reason, shown.check],
        state=shown.state,
        tone=shown.tone,
        steps=told_steps(referral.escalations.all(), on),
    )


def told_steps(steps: Iterable[Step], on: date) -> list[str]:
    """Who was told, on which day, why, by which channel, and whether they have seen it: a sentence each."""
    return [_step(step, on) for step in steps]


def _place(household: Household, aside: str) -> str:
    return " · ".join(filter(None, [household.village.name, household.group_name, aside]))


def _step(step: Step, on: date) -> str:
    words = {
        "day": day_month(step.told_on, on),
        "rung": step.get_step_display(),
        "who": step.told.get_full_name(),
        "cause": _cause(step, on),
    }
    told = _("%(day)s: %(rung)s %(who)s told (%(cause)s)") % words
    if not (step.seen_at and step.seen_by):
        return _("%(told)s, not seen yet") % {"told": told}
    seen = {"told": told, "day": day_month(timezone.localdate(step.seen_at), on)}
    if step.seen_by_id != step.told_id:
        seen["who"] = step.seen_by.get_full_name()
        return _("%(told)s, seen on %(day)s by %(who)s") % seen
    return _("%(told)s, seen on %(day)s") % seen


def _cause(step: Any, on: date) -> str:
    if isinstance(step, NeedEscalation):
        return _("to be met by %(day)s") % {"day": day_month(step.due_on, on)}
    causes = ReferralCause if isinstance(step, ReferralEscalation) else EscalationCause
    return str(causes(step.cause).label)
