"""Which part of the county a page speaks of: the area, what lies directly below it, and its villages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from core.accounts.models import Area, Level


@dataclass(frozen=True)
class Below:
    """`children` in the order of their codes; `child_of` says to which of them a village belongs."""

    children: tuple[Area, ...]
    child_of: dict[int, int]

    @property
    def villages(self) -> tuple[int, ...]:
        return tuple(self.child_of)


def area_of(user: Any, pk: int | None = None) -> Area:
    """The area asked for, or the user's own; Http404 where it does not lie within the user's area."""
    found = Area.objects.filter(pk=pk or user.area_id, ancestors__contains=[user.area_id]).first()
    if found is None:
        raise Http404
    return found


def below(area: Area) -> Below:
    listed = Area.objects.filter(Q(level=Level.VILLAGE) | Q(parent=area), ancestors__contains=[area.pk])
    areas = list(listed.order_by("code", "pk"))
    children = tuple(found for found in areas if found.parent_id == area.pk)
    depth = len(area.ancestors)
    villages = [found for found in areas if found.level == Level.VILLAGE]
    return Below(children, {found.pk: [*found.ancestors[depth:], found.pk][0] for found in villages})


def in_order(areas: Iterable[int]) -> tuple[Area, ...]:
    """These areas in the order of their codes."""
    return tuple(Area.objects.filter(pk__in=areas).order_by("code"))


def trail(user: Any, area: Area) -> list[Area]:
    """From the user's own area down to just above this one."""
    above = area.ancestors[area.ancestors.index(user.area_id) : -1]
    found = Area.objects.in_bulk(above)
    return [found[pk] for pk in above]


def reported_areas(user: Any) -> QuerySet[Area]:
    """Areas that hand in a report and lie within the user's own: the county as a whole and its townships;
    to whoever works in a township also its villages, in a village the village alone."""
    levels = [Level.COUNTY, Level.TOWNSHIP]
    if user.area.level in (Level.TOWNSHIP, Level.VILLAGE):
        levels.append(Level.VILLAGE)
    return _current(user.area_id).filter(level__in=levels)


def _current(pk: int) -> QuerySet[Area]:
    return Area.objects.filter(ancestors__contains=[pk], valid_to=None).order_by("code")
