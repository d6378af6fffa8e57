"""The weeks ahead: what falls on which day, and who is new on the list and has not been met yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Lower

from core.accounts.models import User
from followups.choices import ContractState, DutyState
from followups.models import Contract, Duty, Visit
from households.models import Household, Person

DAYS = 14
NEW_FOR_DAYS = 30
HOUSES = 100


@dataclass(frozen=True)
class PlannedDay:
    on: date
    visits: int


@dataclass(frozen=True)
class PlannedHouse:
    """One household, who stands for it, and what is planned for it on a day."""

    household: Household
    head: Person | None
    duties: list[Duty]


def planned(user: User, on: date, *, protocol: str = "", village: int | None = None) -> QuerySet[Any]:
    """Open visits whose day lies in the two weeks from a day on, narrowed to a form or a village."""
    found: QuerySet[Any] = Duty.objects.visible_to(user).filter(
        state=DutyState.OPEN, due_on__gte=on, due_on__lt=on + timedelta(days=DAYS)
    )
    found = found.filter(protocol=protocol) if protocol else found
    return found.filter(village=village) if village else found


def by_day(duties: QuerySet[Any], on: date) -> list[PlannedDay]:
    """How many fall on each of the fourteen days, days without any included."""
    counted = dict(duties.order_by().values_list("due_on").annotate(n=Count("id")))
    days = [on + timedelta(days=ahead) for ahead in range(DAYS)]
    return [PlannedDay(day, counted.get(day, 0)) for day in days]


def houses_of(duties: QuerySet[Any], day: date) -> list[PlannedHouse]:
    """At most HOUSES households of one day in the order of the way through the villages."""
    ids = duties.filter(due_on=day).order_by(*_way()).values_list("household_id", flat=True)
    first = list(dict.fromkeys(ids))[:HOUSES]
    owed = duties.filter(due_on=day, household__in=first).order_by(*_way(), "-risk", "person_id")
    heads = Person.objects.filter(household__in=first, left_on=None)
    heads = heads.order_by("household_id", "relation", "birth_date").distinct("household_id")
    return list(
        _grouped(owed.select_related("person", "household__village"), {p.household_id: p for p in heads})
    )


def newcomers(user: User, on: date) -> QuerySet[Any]:
    """Contracts of the last thirty days whose person has not been visited since, the newest first."""
    met = Visit.objects.filter(
        person=OuterRef("person"), is_current=True, visited_on__gte=OuterRef("begins_on")
    )
    found: QuerySet[Any] = (
        Contract.objects.visible_to(user)
        .filter(state=ContractState.SIGNED, person__left_on=None, period__contains=on)
        .annotate(begins_on=Lower("period"))
        .filter(begins_on__gt=on - timedelta(days=NEW_FOR_DAYS))
        .filter(~Exists(met))
        .select_related("person__household__village", "team")
    )
    return found.order_by("-begins_on", "person__household__village__visit_order", "pk")


def _way() -> tuple[Any, ...]:
    return (F("household__village__visit_order"), F("household__visit_order"), F("household_id"))


def _grouped(duties: QuerySet[Any], heads: dict[int, Person]) -> Iterator[PlannedHouse]:
    for household, owed in groupby(duties, key=lambda duty: duty.household):
        yield PlannedHouse(household, heads.get(household.pk), list(owed))
