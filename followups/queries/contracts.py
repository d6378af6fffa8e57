"""Contracts: who has one, who lacks one, which run out."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from core.accounts.models import Area, User
from core.base.sql import rows
from followups.choices import ContractState
from followups.models import Contract
from followups.packages import all_packages
from followups.sql import statement

RENEWAL_DAYS = 30


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


def get_contract(user: User, pk: int) -> Contract:
    """:raises Http404: outside the user's area."""
    found: Contract = Contract.objects.select_related("person", "team").get_visible(user, pk=pk)
    return found


def running_out(user: User, on: date, *, days: int = RENEWAL_DAYS) -> QuerySet[Any]:
    """Contracts in force that end within so many days, the first to end first."""
    found: QuerySet[Any] = (
        Contract.objects.visible_to(user)
        .filter(state=ContractState.SIGNED, period__contains=on, person__left_on=None)
        .filter(period__endswith__lte=on + timedelta(days=days))
        .select_related("person__household__village", "team")
        .order_by("period__endswith", "id")
    )
    return found
