"""What the sheets of many households are filled with: members, past visits, what is owed, open needs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from core.accounts.models import User
from followups.models import Duty, Need, Visit
from followups.queries.duties import open_on
from followups.queries.needs import open_needs
from followups.queries.own_list import OwnHousehold
from followups.queries.visits import HISTORY
from households.models import Household, Person


@dataclass
class Home:
    """One household of the own list. `own` are the members whose facts the doctor's phone may hold; `past`
    the newest eight visits on each form, the newest first, of them and (under None) of the household."""

    household: Household
    listed: OwnHousehold
    members: list[Person] = field(default_factory=list)
    past: dict[tuple[int | None, str], list[Visit]] = field(default_factory=lambda: defaultdict(list))
    duties: list[Duty] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)

    @property
    def own(self) -> list[Person]:
        known = {person.uuid for person in self.listed.persons}
        return [person for person in self.members if person.uuid in known]


def homes_of(user: User, listed: Sequence[OwnHousehold], on: date) -> list[Home]:
    """The households of a part of the own list, filled in five statements whatever their number."""
    by_uuid = {each.uuid: each for each in listed}
    found = Household.objects.visible_to(user).filter(uuid__in=by_uuid).select_related("village")
    homes = {home.pk: Home(home, by_uuid[home.uuid]) for home in found}
    people = Person.objects.filter(household__in=homes, left_on=None)
    for person in people.order_by("relation", "birth_date"):
        homes[person.household_id].members.append(person)
    _fill(user, on, homes)
    return list(homes.values())


def _fill(user: User, on: date, homes: dict[int, Home]) -> None:
    own = {person.pk for home in homes.values() for person in home.own}
    for visit in _past(user, on, homes):
        if visit.person_id is None or visit.person_id in own:
            homes[visit.household_id].past[visit.person_id, visit.protocol].append(visit)
    duties: Any = Duty.objects.visible_to(user).filter(open_on(on), household__in=homes)
    for duty in duties.select_related("person").order_by("-risk", "ends_on", "id"):
        if duty.person_id is None or duty.person_id in own:
            homes[duty.household_id].duties.append(duty)
    needs: Any = Need.objects.visible_to(user).filter(open_needs(), household__in=homes, person__in=own)
    for need in needs.select_related("person").order_by("due_on", "id"):
        homes[need.household_id].needs.append(need)


def _past(user: User, on: date, homes: dict[int, Home]) -> Any:
    place = Window(
        RowNumber(),
        partition_by=[F("household_id"), F("person_id"), F("protocol")],
        order_by=F("visited_on").desc(),
    )
    made = Visit.objects.visible_to(user).filter(household__in=homes, is_current=True, visited_on__lte=on)
    return made.annotate(place=place).filter(place__lte=HISTORY).order_by("-visited_on", "-received_at")


@dataclass(frozen=True)
class Number:
    """A telephone number in clear, and whom it reaches."""

    person: Person
    phone: str


def numbers_at(household: Household, people: Sequence[Person]) -> list[Number]:
    """The numbers of those who live there; the household's own stands under its head, unless it is there."""
    found = [Number(person, person.phone) for person in people if person.phone]
    if household.phone and people and household.phone not in [number.phone for number in found]:
        found.insert(0, Number(people[0], household.phone))
    return found


def numbers_of(user: User, listed: Sequence[OwnHousehold]) -> list[tuple[Household, list[Number]]]:
    """The numbers of a whole list in two statements; households without any are left out."""
    by_uuid = {each.uuid: each for each in listed}
    found = Household.objects.visible_to(user).filter(uuid__in=by_uuid).order_by("id")
    homes = {home.pk: Home(home, by_uuid[home.uuid]) for home in found}
    people = Person.objects.filter(household__in=homes, left_on=None)
    for person in people.order_by("relation", "birth_date"):
        homes[person.household_id].members.append(person)
    told = [(home.household, numbers_at(home.household, home.own)) for home in homes.values()]
    return [(household, numbers) for household, numbers in told if numbers]


def part_of_list(listed: Sequence[OwnHousehold], asked: Sequence[UUID]) -> list[OwnHousehold]:
    """The households asked for, as far as they are on the list."""
    wanted = set(asked)
    return [home for home in listed if home.uuid in wanted]
