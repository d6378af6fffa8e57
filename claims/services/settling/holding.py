"""The lock that everything in a person's year waits for (docs/claims.md)."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.db import transaction

from claims.models import Admission
from claims.queries.facts.situation import Situation, read_situation
from claims.sql import statement
from core.base.sql import rows

Result = TypeVar("Result")
TRIES = 5


class _Widened(Exception):
    """While we waited, a bill tied somebody else's year to this one: their lock is needed too."""


def holding_year(admission: Admission, *, on: date, act: Callable[[Situation], Result]) -> Result:
    """This will run `act` in one transaction on what is true under the lock of the year, and commit."""
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return act(_held(admission.pk, on))
        except _Widened:
            continue
    raise RuntimeError(f"the year of stay {admission.pk} keeps growing")


def _held(admission_id: int, on: date) -> Situation:
    lock = statement("hold_year", linked=statement("linked"))
    persons = rows(lock, {"admission": admission_id, "on": on})[0][0]
    situation = read_situation(admission_id, on=on, locking=True)
    if not situation.persons <= set(persons):
        raise _Widened
    return situation
