"""What is owed: due and overdue, each defined here and nowhere else."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from core.accounts.models import User
from followups.choices import DutyState, Risk
from followups.models import Duty

# The same two definitions for hand-written SQL: `d` is the duty, %(on)s the day.
OVERDUE_SQL = "(d.state = 'open' AND d.ends_on < %(on)s)"
DUE_SQL = "(d.state = 'open' AND d.starts_on <= %(on)s AND d.due_on <= %(on)s)"
# Owed by a certain hour, which stands in `why`.
UNTIL_SQL = "(d.state = 'open' AND d.why ? 'until')"


def overdue(on: date) -> Q:
    """Still open although its window has ended before the day."""
    return Q(state=DutyState.OPEN, ends_on__lt=on)


def due(on: date, *, ahead: int = 0) -> Q:
    """Open, its window has begun, its day has come or comes within `ahead` days; overdue ones included."""
    return Q(state=DutyState.OPEN, starts_on__lte=on, due_on__lte=on + timedelta(days=ahead))


def pressing(on: date, *, ahead: int = 0) -> Q:
    """What comes first, the higher the risk the sooner: open, and overdue or within `ahead` days of the end
    of its window; of high risk within `ahead` days of its day; of raised risk once its day has come; of
    routine risk on its very day."""
    until = on + timedelta(days=ahead)
    day_has_come = (
        Q(risk__gte=Risk.HIGH, due_on__lte=until) | Q(risk__gte=Risk.RAISED, due_on__lte=on) | Q(due_on=on)
    )
    return Q(state=DutyState.OPEN, starts_on__lte=on) & (Q(ends_on__lte=until) | day_has_come)


def is_pressing(duty: Duty, on: date, *, ahead: int = 0) -> bool:
    """The same of one duty that is open and has begun."""
    until = on + timedelta(days=ahead)
    if duty.ends_on <= until or duty.due_on == on:
        return True
    return duty.risk >= Risk.RAISED and duty.due_on <= (until if duty.risk >= Risk.HIGH else on)


def open_on(on: date) -> Q:
    """Open, and its window has begun."""
    return Q(state=DutyState.OPEN, starts_on__lte=on)


def days_late(duty: Duty, on: date) -> int:
    """Days since the window ended; 0 where it has not."""
    return max((on - duty.ends_on).days, 0) if duty.state == DutyState.OPEN else 0


def get_duty(user: User, pk: int) -> Duty:
    """One duty within the user's area, with whom it concerns.

    :raises Http404: outside it.
    """
    found: Duty = Duty.objects.select_related("person", "household__village").get_visible(user, pk=pk)
    return found


def open_duties_of_household(user: User, household_id: int, on: date) -> list[Duty]:
    """What is owed to a household and its members on a day, the most urgent first."""
    found: Any = Duty.objects.visible_to(user).filter(open_on(on), household_id=household_id)
    return list(found.select_related("person").order_by("-risk", "ends_on", "id"))
