"""One page of households with what several apps know of each, in a fixed number of statements."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from core.accounts.models import User
from followups.models import Contract, Duty, Visit
from followups.queries.duties import overdue
from households.choices import HealthClass, Relation
from households.models import Household, Person

PAGE = 30


@dataclass(slots=True)
class Line:
    household: Household
    members: list[Person] = field(default_factory=list)
    team: str = ""
    contracted: int = 0
    overdue: int = 0
    last_visit: date | None = None

    @property
    def head(self) -> Person | None:
        heads = [member for member in self.members if member.relation == Relation.HEAD]
        return next(iter(heads or self.members), None)

    @property
    def ill(self) -> int:
        return sum(member.health_class in {HealthClass.MAJOR, HealthClass.GENERAL} for member in self.members)


@dataclass(frozen=True, slots=True)
class Page:
    """`after` and `before` are the keys of the neighbouring pages, empty where there is none."""

    lines: list[Line]
    after: str = ""
    before: str = ""


def _key(household: Household) -> str:
    return f"{household.village_id}-{household.pk}"


def _parsed(key: str) -> tuple[int, int] | None:
    village, _dash, number = key.partition("-")
    return (int(village), int(number)) if village.isdecimal() and number.isdecimal() else None


def _window(found: QuerySet[Any], after: str, before: str) -> tuple[list[Household], bool]:
    """PAGE rows in village order, and whether the direction we came from goes on."""
    start, end = _parsed(after), _parsed(before)
    if end:
        earlier = found.filter(Q(village_id__lt=end[0]) | Q(village_id=end[0], pk__lt=end[1]))
        rows = list(earlier.order_by("-village_id", "-pk")[: PAGE + 1])
        return rows[:PAGE][::-1], len(rows) > PAGE
    if start:
        found = found.filter(village_id__gte=start[0]).exclude(village_id=start[0], pk__lte=start[1])
    rows = list(found.order_by("village_id", "pk")[: PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE


def household_page(user: User, found: QuerySet[Any], *, after: str, before: str, on: date) -> Page:
    """This will read one page of `found`, which is already scoped and filtered."""
    rows, more = _window(found.select_related("village"), after, before)
    if not rows:
        return Page([])
    came_back = bool(_parsed(before))
    following = _key(rows[-1]) if more or came_back else ""
    preceding = _key(rows[0]) if (more if came_back else bool(_parsed(after))) else ""
    return Page(_joined(user, rows, on), following, preceding)


def _joined(user: User, rows: list[Household], on: date) -> list[Line]:
    lines = {row.pk: Line(row) for row in rows}
    for member in Person.objects.filter(household__in=lines, left_on=None).order_by("birth_date"):
        lines[member.household_id].members.append(member)
    _add_contracts(lines, on)
    _add_work(user, lines, on)
    return list(lines.values())


def _add_contracts(lines: dict[int, Line], on: date) -> None:
    signed = Contract.objects.filter(person__household__in=lines, state="signed", period__contains=on)
    counted: dict[int, set[int]] = defaultdict(set)
    for household, person, team in signed.values_list("person__household_id", "person_id", "team__name"):
        counted[household].add(person)
        lines[household].team = team
    for household, people in counted.items():
        lines[household].contracted = len(people)


def _add_work(user: User, lines: dict[int, Line], on: date) -> None:
    late = Duty.objects.visible_to(user).filter(overdue(on), household__in=lines)
    for household, count in late.values_list("household_id").annotate(n=Count("pk")):
        lines[household].overdue = count
    visits = Visit.objects.visible_to(user).filter(household__in=lines, is_current=True)
    for household, last in visits.values_list("household_id").annotate(last=Max("visited_on")):
        lines[household].last_visit = last
