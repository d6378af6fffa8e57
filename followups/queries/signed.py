"""签约统计: contracts in force by village and by what the persons are (DOMAIN B2)."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from core.accounts.models import Area, User
from core.accounts.scope import village_ids
from core.base.sql import rows
from followups.sql import statement


@dataclass(frozen=True, slots=True)
class Signed:
    """Persons under contract; one person may stand in several columns, so they do not add up to `signed`.

    Pregnancy and the family-planning kinds are on no register of ours and have no column of figures."""

    signed: int = 0
    children: int = 0
    elderly: int = 0
    hypertension: int = 0
    diabetes: int = 0
    tuberculosis: int = 0
    mental_disorder: int = 0
    disabled: int = 0
    registered: int = 0
    monitored: int = 0
    allowance: int = 0

    def __add__(self, other: "Signed") -> "Signed":
        return Signed(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


@dataclass(frozen=True, slots=True)
class SignedPlace:
    village: Area
    township: Area
    counts: Signed


def signed_by_village(user: User, on: date) -> list[SignedPlace]:
    """Each village of the user's area where anybody is under contract, in the order of the codes."""
    values = {"villages": village_ids(user), "on": on, "sensitive": user.sees_sensitive}
    counted = {village: Signed(*counts) for village, *counts in rows(statement("signed"), values)}
    areas = Area.objects.filter(pk__in=counted).select_related("parent").order_by("parent__code", "code")
    return [SignedPlace(area, area.parent or area, counted[area.pk]) for area in areas]


def by_township(places: Iterable[SignedPlace]) -> list[tuple[Area, Signed]]:
    """The same added up by township."""
    found: dict[Area, Signed] = {}
    for place in places:
        found[place.township] = found.get(place.township, Signed()) + place.counts
    return list(found.items())


def together(counts: Iterable[Signed]) -> Signed:
    return sum(counts, Signed())
