"""What every step of a monitoring case does: check, lock, move, pass the turn, note it."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.accounts.models import User
from households.choices import MonitoringState
from households.models import MonitoringCase, MonitoringStep
from households.models.monitoring import HOLDERS
from households.monitoring_times import monitoring_times
from households.states import STATES


def needs(**words: str) -> None:
    """:raises ValidationError: naming the field that was left empty."""
    missing = {name: _("Write it down in a few words.") for name, text in words.items() if not text.strip()}
    if missing:
        raise ValidationError(missing)


def needs_a_day(name: str, day: date, *, since: date, until: date) -> None:
    """:raises ValidationError: where the day does not lie between the two, both included."""
    if not since <= day <= until:
        told = _("Choose a day from %(since)s to %(until)s.")
        raise ValidationError({name: told % {"since": since.isoformat(), "until": until.isoformat()}})


def due_after(state: str, on: date) -> date | None:
    """The last day on which the next step is in time; None where nobody has to act any more."""
    times = monitoring_times()
    days = {
        MonitoringState.FOUND: times.verify_within_days,
        MonitoringState.VERIFIED: times.measures_within_days,
        MonitoringState.HELPED: times.look_again_within_days,
        MonitoringState.ASKED: times.decide_within_days,
    }
    return on + timedelta(days=days[MonitoringState(state)]) if state in days else None


def held(case: MonitoringCase) -> MonitoringCase:
    """The case as it stands now, locked until the transaction ends."""
    found: MonitoringCase = MonitoringCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    return found


def move(
    *, case: MonitoringCase, to: MonitoringState, note: str, by: User | None, on: date, **fields: Any
) -> MonitoringCase:
    """This will bring a locked case to a state, with whose turn it is then, and note the step.

    :raises MoveRefused: where the case does not stand where the step starts.
    """
    STATES.check_move("monitoring", case.state, to)
    turn = {"state": to, "holder": HOLDERS[to], "turn_since": on, "due_on": due_after(to, on)}
    for name, value in {**turn, **fields}.items():
        setattr(case, name, value)
    case.save(update_fields=[*turn, *fields])
    note_step(case=case, note=note, by=by, on=on)
    return case


def note_step(*, case: MonitoringCase, note: str, by: User | None, on: date) -> None:
    MonitoringStep.objects.create(
        case=case, state=case.state, holder=case.holder, done_on=on, done_by=by, note=note
    )
