"""Contracts: who has one, who lacks one, which run out."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q, QuerySet

from core.accounts.models import Area, User
from core.base.sql import rows
from followups.choices import ContractStanding as Standing
from followups.choices import ContractState, RenewalObstacle
from followups.models import Contract, Team
from followups.packages import all_packages, limits
from followups.sql import statement
from households.models import Person


@dataclass(frozen=True)
class VillagePreview:
    """What signing a whole village would do."""

    persons: int
    with_contract: int
    to_sign: dict[str, int]

    @property
    def new(self) -> int:
        return sum(self.to_sign.values())

    @property
    def other(self) -> int:
        """Present, without a contract today, yet not to be signed: a later contract stands in the way."""
        return self.persons - self.with_contract - self.new


def packages_as_json() -> str:
    """The packages as the statement above reads them."""
    return json.dumps(
        [
            {
                "code": code,
                "promised": package.promised,
                "diseases": list(package.diseases),
                "classes": list(package.health_classes),
                "place": place,
            }
            for place, (code, package) in enumerate(all_packages().items())
        ]
    )


def village_preview(village: Area, on: date) -> VillagePreview:
    """How many live in the village, how many are under contract, how many would sign which package."""
    values = {"village": village.pk, "on": on, "packages": packages_as_json()}
    counted = rows(statement("count_unsigned", unsigned=statement("unsigned")), values)
    persons, signed = rows(statement("village_contracts"), {"village": village.pk, "on": on})[0]
    return VillagePreview(persons, signed, dict(counted))


def standing_with(user: User, village: Area, team: Team, on: date) -> QuerySet[Any]:
    """Drafts of a village with a team, and what is signed and runs on; house by house."""
    found: QuerySet[Any] = Contract.objects.visible_to(user).filter(
        Q(state=ContractState.DRAFT) | Q(state=ContractState.SIGNED, period__endswith__gt=on),
        village=village,
        team=team,
        person__left_on=None,
    )
    return found.select_related("person__household", "village__parent", "team__institution").order_by(
        "person__household__visit_order", "person__household_id", "person_id"
    )


def to_sign(user: User, village: Area, team: Team, on: date) -> list[Contract]:
    """What signing a whole village would sign, as drafts that are kept nowhere yet; house by house.

    No guardian is named: of a grown person it would tell a diagnosis."""
    values = {"village": village.pk, "on": on, "packages": packages_as_json()}
    offered = {
        key: rest for key, *rest in rows(statement("list_unsigned", unsigned=statement("unsigned")), values)
    }
    people = Person.objects.visible_to(user).filter(pk__in=offered).select_related("household")
    ordered = people.order_by("household__visit_order", "household_id", "id")
    return [_offered(person, village, team, *offered[person.pk]) for person in ordered]


def _offered(
    person: Person,
    village: Area,
    team: Team,
    package: str,
    first: date,
    after: date,
) -> Contract:
    return Contract(
        person=person,
        village=village,
        team=team,
        package=package,
        promised=all_packages()[package].promised,
        period=DateRange(first, after),
        state=ContractState.DRAFT,
    )


def get_contract(user: User, pk: int) -> Contract:
    """One contract with its parties, and where it comes from and leads to.

    :raises Http404: outside the user's area."""
    found: Contract = Contract.objects.select_related(
        *(
            "person__household__village",
            "village__parent",
            "team__institution",
            "recorded_by",
            "follows__team",
            "followed_by__team",
        ),
    ).get_visible(user, pk=pk)
    return found


def contracts_of_person(user: User, person: Person) -> list[Contract]:
    """Every contract of one person, the latest first, with what came of it."""
    found = Contract.objects.visible_to(user).filter(person=person)
    return list(found.select_related("team", "followed_by").order_by("-period"))


def running_out(user: User, on: date, *, days: int | None = None) -> QuerySet[Any]:
    """Contracts in force that end within so many days, with nothing after them; the first to end first."""
    last = on + timedelta(days=limits().renewal_days if days is None else days)
    found: QuerySet[Any] = (
        Contract.objects.visible_to(user)
        .filter(state=ContractState.SIGNED, period__contains=on, person__left_on=None)
        .filter(period__endswith__lte=last, followed_by=None)
        .select_related("person__household__village", "team")
        .order_by("period__endswith", "village_id", "id")
    )
    return found


def obstacles(user: User, contracts: Sequence[int], on: date) -> dict[int, RenewalObstacle | str]:
    """Contract id → what stands in the way of renewing it, empty where nothing does."""
    values = {"contracts": list(contracts), "on": on, "sensitive": user.sees_sensitive}
    return {pk: RenewalObstacle(word) if word else "" for pk, word in rows(statement("renewable"), values)}


def standing(contract: Contract, on: date) -> Standing:
    """Where a contract stands on a day, told from its state, its period and what follows it."""
    if contract.state == ContractState.DRAFT:
        return Standing.DRAFT
    follower = getattr(contract, "followed_by", None)
    if contract.state == ContractState.ENDED:
        return Standing.CHANGED_TEAM if follower else Standing.ENDED
    if contract.period.lower > on:
        return Standing.AHEAD
    if contract.period.upper <= on:
        return Standing.RENEWED if follower else Standing.EXPIRED
    return Standing.IN_FORCE
