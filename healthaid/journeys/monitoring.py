"""Monitored households across the apps: a warning becomes a case without being typed twice, measures and the
end of the risk are told to the warnings of the household, and what is left lying climbs its ladder."""

from collections import Counter
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.choices import WarningState
from claims.models import BurdenWarning
from claims.services.warnings.working import close_warning, help_warning
from core.accounts.models import User
from core.accounts.permissions import may
from followups.choices import Rung
from healthaid.journeys.climbing import MONITORING, climb, digest
from healthaid.journeys.ladder import Step, ladders
from households.choices import Cause, MeasureKind, MonitoringSource
from households.models import MonitoringCase, MonitoringMeasure
from households.queries.monitoring import open_case_of
from households.services.monitoring import working
from households.services.monitoring.opening import Risk, likely_kind, open_monitoring
from households.services.monitoring.working import Measure

_LATE = "m.due_on < %(late)s AND m.holder <> ''"
# A decision is the county's from the first day: nobody below is told that it is late.
_NOT_THE_COUNTYS = " AND m.holder <> 'county'"


@transaction.atomic
def take_in_warned(*, warning: BurdenWarning, by: User, on: date) -> MonitoringCase:
    """This will open a case from a warning that was verified at home: finding, visitor and measures go along.

    :raises ValidationError: where the warning has not been verified, or a case is open already.
    """
    held = BurdenWarning.objects.select_for_update(of=("self",)).get(pk=warning.pk)
    verified = held.steps.filter(state=WarningState.VERIFIED).order_by("-pk").first()
    if held.state not in (WarningState.VERIFIED, WarningState.HELPED) or verified is None:
        raise ValidationError(_("Verify the warning at home first."))
    risk = Risk(
        kind=likely_kind(held.household),
        risk=Cause.ILLNESS,
        source=MonitoringSource.WARNING,
        source_key=str(held.pk),
        found_on=min(held.raised_on, verified.done_on),
        grounds=held.finding,
    )
    case = open_monitoring(household=held.household, risk=risk, by=by, on=on)
    case = working.verify_risk(
        case=case,
        finding=held.finding,
        visited_on=verified.done_on,
        visited_by=verified.done_by,
        by=by,
        on=on,
    )
    if held.state == WarningState.HELPED:
        _measure_of(held, case, by, on)
    return open_case_of(held.household) or case


def _measure_of(warning: BurdenWarning, case: MonitoringCase, by: User, on: date) -> None:
    helped = warning.steps.filter(state=WarningState.HELPED).order_by("-pk").first()
    since = helped.done_on if helped else on
    who = helped.done_by.get_full_name() if helped and helped.done_by else by.get_full_name()
    measure = Measure(kind=MeasureKind.OTHER, what=warning.measures[:200], who=who[:60], since=since)
    working.add_measure(case=case, measure=measure, by=by, on=on)


@transaction.atomic
def add_measure(*, case: MonitoringCase, measure: Measure, by: User, on: date) -> MonitoringMeasure:
    """This will write down a measure, and tell it to the warnings of the household that wait for one."""
    written = working.add_measure(case=case, measure=measure, by=by, on=on)
    for warning in _warnings(case, WarningState.VERIFIED, by):
        help_warning(warning=warning, measures=measure.what, by=by, on=on)
    return written


@transaction.atomic
def approve_removal(*, case: MonitoringCase, note: str, by: User, on: date) -> MonitoringCase:
    """This will end a case, and with it the warnings of the household whose measures were taken."""
    ended = working.approve_removal(case=case, note=note, by=by, on=on)
    for warning in _warnings(case, WarningState.HELPED, by):
        close_warning(warning=warning, note=ended.removal_grounds, by=by, on=on)
    return ended


def _warnings(case: MonitoringCase, state: WarningState, by: User) -> list[BurdenWarning]:
    """Warnings of the household that this user may take a step further."""
    if not may(by, "work_warning"):
        return []
    return list(BurdenWarning.objects.filter(household=case.household_id, state=state).order_by("pk"))


@transaction.atomic
def escalate_monitoring(*, on: date) -> dict[str, int]:
    """This will tell the next person up of each case past its day, in one digest a day; counts by step."""
    made = Counter({str(rung): 0 for rung in (Rung.TOWNSHIP, Rung.COUNTY)})
    ladder = ladders().monitoring
    for step in () if ladders().hold_back(ladder, on) else ladder.steps:
        made[step.to] += _tell(step, on)
    return dict(made)


def _tell(step: Step, on: date) -> int:
    condition = _LATE + (_NOT_THE_COUNTYS if step.to == Rung.TOWNSHIP else "")
    told = climb(MONITORING, step.to, condition, {"late": on - timedelta(days=step.after_days)}, on=on)
    return digest(
        told,
        purpose=f"monitoring_{step.to}",
        on=on,
        template="monitoring_escalation",
        days=step.after_days,
    )
