"""The lock that everything in a person's year waits for (docs/claims.md)."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction

from claims.models import Admission
from claims.queries.facts.situation import Situation, read_situation
from claims.services.problems import refuse
from claims.sql import statement
from core.base.sql import rows

Result = TypeVar("Result")
TRIES = 5
DEADLOCK = "40P01"


class _Widened(Exception):
    """While we waited, the stay moved to another year, or a bill tied somebody else's year to this one."""


def holding_year(admission: Admission, *, on: date, act: Callable[[Situation], Result]) -> Result:
    """This will run `act` in one transaction on what is true under the lock of the year, and commit.

    :raises ClaimRefused: where the month is closed while we are at it.
    """
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return act(_held(admission.pk, on))
        except _Widened:
            continue
        except OperationalError as error:
            # A register import that moves the person locks the same stays in its own order.
            if _told(error, "sqlstate") != DEADLOCK or connection.in_atomic_block:
                raise
        except IntegrityError as error:
            if _told(error, "constraint_name") == "settled_in_an_open_month":
                raise refuse("", "month_closed", month=f"{on:%Y-%m}") from error
            raise
    raise RuntimeError(f"the year of stay {admission.pk} keeps moving")


def _told(error: Exception, name: str) -> str:
    return getattr(getattr(error.__cause__, "diag", None), name, None) or ""


def _held(admission_id: int, on: date) -> Situation:
    lock = statement("hold_year", linked=statement("linked"))
    persons, years, _stays = rows(lock, {"admission": admission_id, "on": on})[0]
    situation = read_situation(admission_id, on=on, locking=True)
    days = (situation.facts.admitted_on, situation.facts.discharged_on)
    if not situation.persons <= set(persons) or not {day.year for day in days} <= set(years):
        raise _Widened
    return situation
