"""The ledger of what is handed out: owed, given, missing by area, and the households behind each number."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from core.accounts.models import Area, Level, User
from core.accounts.roles import DOCTORS, OFFICERS
from healthaid.outreach.kinds import Item, items
from healthaid.outreach.models import Distribution
from households.choices import Cause, Relation, Standing
from households.models import Household, Person

SHOWS = ("missing", "given", "expired")


@dataclass(frozen=True, slots=True)
class Held:
    """How many households an item is owed to, how many have it, and how many of those past its day."""

    owed: int = 0
    given: int = 0
    expired: int = 0

    @property
    def missing(self) -> int:
        return self.owed - self.given

    def __add__(self, other: "Held") -> "Held":
        return Held(self.owed + other.owed, self.given + other.given, self.expired + other.expired)


@dataclass(slots=True)
class Line:
    """One area with every item of the catalogue."""

    area: Area
    households: int = 0
    held: dict[str, Held] = field(default_factory=lambda: defaultdict(Held))


@dataclass(frozen=True, slots=True)
class HandedHome:
    """`owed` in the order of the catalogue, `held` by item."""

    owed: list[Item]
    held: dict[str, Distribution]
    on: date


def registered(user: User, area: Area | None = None) -> QuerySet[Any]:
    """Households on the register today within the user's reach, perhaps of one area only."""
    found: QuerySet[Any] = Household.objects.visible_to(user).filter(left_on=None)
    found = found.exclude(standing=Standing.REMOVED)
    return found.filter(village__ancestors__contains=[area.pk]) if area else found


def owed(found: QuerySet[Any], item: Item) -> QuerySet[Any]:
    """Those the item is owed to: all, or those made poor by illness."""
    return found.filter(main_cause=Cause.ILLNESS) if item.to == "illness" else found


def ledger(user: User, area: Area, on: date) -> list[Line]:
    """Each area directly below (a village: itself), with owed, given and run out of each item."""
    place, areas = _children(area)
    lines = {child.pk: Line(child) for child in areas}
    for village, ill, n in (
        registered(user, area)
        .order_by()
        .values_list("village")
        .annotate(ill=Count("pk", filter=Q(main_cause=Cause.ILLNESS)), n=Count("pk"))
    ):
        line = lines[place[village]]
        line.households += n
        for item in items().values():
            line.held[item.code] += Held(owed=ill if item.to == "illness" else n)
    for village, code, given, expired in _given(user, area, on):
        if code in items():
            lines[place[village]].held[code] += Held(given=given, expired=expired)
    return [line for line in lines.values() if line.households]


def _given(user: User, area: Area, on: date) -> Any:
    """Only what the rule owes is counted: a kit given to another household is no kit too many."""
    found = Distribution.objects.filter(household__in=registered(user, area), replaced_on=None)
    to_ill = [item.code for item in items().values() if item.to == "illness"]
    counted = found.filter(~Q(item__in=to_ill) | Q(household__main_cause=Cause.ILLNESS))
    return counted.values_list("household__village", "item").annotate(
        given=Count("pk"), expired=Count("pk", filter=Q(expires_on__lt=on))
    )


def _children(area: Area) -> tuple[dict[int, int], list[Area]]:
    """By village: the child of the area it belongs to; and those children in the order of their codes."""
    if area.level == Level.VILLAGE:
        return {area.pk: area.pk}, [area]
    depth = len(area.ancestors)
    below = Area.objects.filter(Q(level=Level.VILLAGE) | Q(parent=area), ancestors__contains=[area.pk])
    found = list(below.order_by("code", "pk"))
    place = {one.pk: one.ancestors[depth] for one in found if one.level == Level.VILLAGE}
    return place, [one for one in found if one.parent_id == area.pk]


def households_of(user: User, area: Area, item: Item, *, show: str, on: date) -> QuerySet[Any]:
    """The households behind a number of the ledger: `missing`, `given` or `expired`, in the order of doors.

    Each carries `head` (the name it goes by); those that have it also `given_on`, `receiver`, `giver`,
    `expires_on` and `handout` (its key)."""
    held = Distribution.objects.filter(household=OuterRef("pk"), item=item.code, replaced_on=None)
    found = owed(registered(user, area), item).select_related("village")
    if show == "missing":
        found = found.filter(~Exists(held))
    else:
        held_rows = held.filter(expires_on__lt=on) if show == "expired" else held
        found = found.filter(Exists(held_rows)).annotate(
            handout=Subquery(held.values("pk")[:1]),
            given_on=Subquery(held.values("given_on")[:1]),
            receiver=Subquery(held.values("receiver")[:1]),
            giver=Subquery(held.values("given_by__full_name")[:1]),
            expires_on=Subquery(held.values("expires_on")[:1]),
        )
    heads = Person.objects.filter(household=OuterRef("pk"), relation=Relation.HEAD, left_on=None)
    named: QuerySet[Any] = found.annotate(head=Subquery(heads.values("name")[:1]))
    return named.order_by("village__code", "visit_order", "register_no")


def area_of_ledger(user: User, pk: int | None) -> Area:
    """The area asked for, or the user's own.

    :raises Http404: outside the user's area.
    """
    found = Area.objects.filter(pk=pk or user.area_id, ancestors__contains=[user.area_id]).first()
    if found is None:
        raise Http404
    return found


def possible_givers(area: Area) -> QuerySet[User]:
    """Doctors and officers whose area the place lies in or who work below it."""
    found = User.objects.filter(is_active=True, role__in={*DOCTORS, *OFFICERS})
    near = Q(area__in=area.ancestors) | Q(area__ancestors__contains=[area.pk])
    return found.filter(near, area__county=area.county).order_by("area__code", "full_name", "pk")


def get_handout(user: User, pk: int) -> Distribution:
    """:raises Http404: outside the user's villages."""
    found: Distribution = Distribution.objects.select_related("household__village", "given_by").get_visible(
        user, pk=pk
    )
    return found


def get_home(user: User, uuid: UUID) -> Household:
    """:raises Http404: outside the user's villages."""
    found: Household = Household.objects.get_visible(user, uuid=uuid)
    return found


def handed_to(household: Household, on: date) -> HandedHome:
    """What a household is to have, and what of it it has today."""
    to = {"all", household.main_cause}
    return HandedHome(
        owed=[item for item in items().values() if item.to in to],
        held={one.item: one for one in household.distributions.filter(replaced_on=None)},
        on=on,
    )


def held_by(household: Household) -> list[Distribution]:
    """What a household has now, and what it had before."""
    found = household.distributions.select_related("given_by")
    return list(found.order_by("item", "-given_on", "-pk"))
