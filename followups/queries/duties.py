"""What is owed: due and overdue, each defined here and nowhere else."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from core.accounts.models import User
from followups.choices import DutyState
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
