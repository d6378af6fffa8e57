"""What becomes of a case: verified at home or dismissed, measures, looked at again, the risk removed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import check
from core.base.states import MoveRefused
from households.choices import MonitoringState
from households.models import MonitoringCase, MonitoringMeasure
from households.monitoring_times import removable_from
from households.services.monitoring.standing import stand_as_before, stand_as_monitored
from households.services.monitoring.steps import due_after, held, move, needs, needs_a_day, note_step


@dataclass(frozen=True, slots=True)
class Measure:
    """What is done: kind, in words, who answers for it, since when and, where it is known, until when."""

    kind: str
    what: str
    who: str
    since: date
    until: date | None = None


@transaction.atomic
def verify_risk(
    *,
    case: MonitoringCase,
    finding: str,
    visited_on: date,
    by: User,
    on: date,
    kind: str = "",
    risk: str = "",
    visited_by: User | None = None,
) -> MonitoringCase:
    """This will note what was found at home: the household is at risk, stands as monitored from the visit on,
    and measures are due. `kind` and `risk` correct what was thought when the risk was found;
    `visited_by` is who was there, where somebody else writes it down."""
    check(by, "work_monitoring")
    needs(finding=finding)
    here = held(case)
    needs_a_day("visited_on", visited_on, since=here.found_on, until=on)
    fields: dict[str, Any] = {"kind": kind or here.kind, "risk": risk or here.risk}
    fields |= {"finding": finding, "verified_on": visited_on, "verified_by": visited_by or by}
    fields |= {"removable_from": removable_from(visited_on)}
    fields |= {"due_on": due_after(MonitoringState.VERIFIED, visited_on)}
    moved = move(case=here, to=MonitoringState.VERIFIED, note=finding, by=by, on=on, **fields)
    stand_as_monitored(moved, since=visited_on)
    return moved


@transaction.atomic
def dismiss_risk(
    *, case: MonitoringCase, finding: str, visited_on: date, by: User, on: date
) -> MonitoringCase:
    """This will end a case where nothing was found at home, with the finding."""
    check(by, "work_monitoring")
    needs(finding=finding)
    here = held(case)
    needs_a_day("visited_on", visited_on, since=here.found_on, until=on)
    return move(
        case=here, to=MonitoringState.DISMISSED, note=finding, by=by, on=on, finding=finding, ended_on=on
    )


@transaction.atomic
def add_measure(*, case: MonitoringCase, measure: Measure, by: User, on: date) -> MonitoringMeasure:
    """This will write down a measure; the first one brings the case from "measures to be taken" to "at work".

    :raises MoveRefused: before the risk was verified, or once it has ended.
    :raises ValidationError: without words, for a day before the risk or to come, ending before it begins.
    """
    check(by, "work_monitoring")
    needs(what=measure.what, who=measure.who)
    here = held(case)
    if here.state not in (MonitoringState.VERIFIED, MonitoringState.HELPED, MonitoringState.ASKED):
        raise MoveRefused("monitoring", here.state, MonitoringState.HELPED)
    needs_a_day("since", measure.since, since=here.found_on, until=on)
    if measure.until and measure.until < measure.since:
        raise ValidationError({"until": _("It ends before it begins.")})
    written = MonitoringMeasure.objects.create(
        case=here,
        kind=measure.kind,
        what=measure.what,
        who=measure.who,
        since=measure.since,
        until=measure.until,
        by=by,
    )
    if here.state == MonitoringState.VERIFIED:
        move(case=here, to=MonitoringState.HELPED, note=measure.what, by=by, on=on)
    else:
        note_step(case=here, note=measure.what, by=by, on=on)
    return written


@transaction.atomic
def finish_measure(*, measure: MonitoringMeasure, outcome: str, by: User, on: date) -> MonitoringMeasure:
    """This will end a measure with what came of it; one that has ended is left as it is."""
    check(by, "work_monitoring")
    needs(outcome=outcome)
    found: MonitoringMeasure = MonitoringMeasure.objects.select_for_update().get(pk=measure.pk)
    if found.done_on:
        raise ValidationError(_("This measure has been ended already."))
    found.done_on, found.outcome = on, outcome
    found.save(update_fields=["done_on", "outcome"])
    return found


@transaction.atomic
def look_again(*, case: MonitoringCase, note: str, by: User, on: date) -> MonitoringCase:
    """This will note how a household fares while measures are at work; the next look is due anew."""
    check(by, "work_monitoring")
    needs(note=note)
    here = held(case)
    if here.state != MonitoringState.HELPED:
        raise MoveRefused("monitoring", here.state, MonitoringState.HELPED)
    here.due_on = due_after(MonitoringState.HELPED, on)
    here.save(update_fields=["due_on"])
    note_step(case=here, note=note, by=by, on=on)
    return here


@transaction.atomic
def ask_removal(*, case: MonitoringCase, grounds: str, by: User, on: date) -> MonitoringCase:
    """This will ask the county to decide that the risk is gone.

    :raises ValidationError: without grounds, or before the months of watching are over.
    """
    check(by, "ask_removal")
    needs(grounds=grounds)
    here = held(case)
    _check_watched(here, on)
    fields = {"removal_grounds": grounds, "asked_on": on, "asked_by": by}
    return move(case=here, to=MonitoringState.ASKED, note=grounds, by=by, on=on, **fields)


@transaction.atomic
def approve_removal(*, case: MonitoringCase, note: str, by: User, on: date) -> MonitoringCase:
    """This will end a case: the risk is gone. The household stands as it did before; its services go on.

    :raises ValidationError: for whoever asked for it, or before the months of watching are over.
    """
    check(by, "approve_removal")
    here = held(case)
    if here.asked_by_id == by.pk:
        raise ValidationError(_("You asked for this yourself. Somebody else at the county has to decide."))
    _check_watched(here, on)
    moved = move(case=here, to=MonitoringState.REMOVED, note=note, by=by, on=on, removed_by=by, ended_on=on)
    stand_as_before(moved, since=on)
    return moved


@transaction.atomic
def return_removal(*, case: MonitoringCase, note: str, by: User, on: date) -> MonitoringCase:
    """This will give the case back to the township, with what is missing."""
    check(by, "approve_removal")
    needs(note=note)
    here = held(case)
    if here.state != MonitoringState.ASKED:
        raise MoveRefused("monitoring", here.state, MonitoringState.HELPED)
    return move(case=here, to=MonitoringState.HELPED, note=note, by=by, on=on)


def _check_watched(case: MonitoringCase, on: date) -> None:
    first = case.removable_from
    if first and on < first:
        told = _("A household is watched until %(day)s at least before its risk is removed.")
        raise ValidationError(told % {"day": first.isoformat()})
