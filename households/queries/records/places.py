"""Which part of the user's area a sheet shows: what lies directly below, and what each village belongs to."""

from dataclasses import dataclass

from django.http import Http404

from core.accounts.models import Area, Level, User
from core.accounts.scope import village_ids


@dataclass(frozen=True)
class Place:
    """`trail` leads from the user's own area down to just above this one."""

    area: Area
    children: tuple[Area, ...]
    child_of: dict[int, Area]
    trail: tuple[Area, ...]

    @property
    def villages(self) -> tuple[int, ...]:
        return tuple(self.child_of)

    @property
    def village(self) -> Area | None:
        """The one village that is shown, where it is one."""
        found = self.area if self.area.level == Level.VILLAGE else None
        return found if found is not None else self.children[0] if len(self.child_of) == 1 else None


def place_of(user: User, pk: str = "") -> Place:
    """The user's own area, or one within it.

    :raises Http404: where the area does not lie within the user's.
    """
    reach = list(Area.objects.filter(pk__in=village_ids(user)).order_by("code", "pk"))
    area = _chosen(user, pk, reach)
    inside = [village for village in reach if area.pk in village.ancestors] or _own(user, area, reach)
    below = {village.pk: _child(area, village) for village in inside}
    areas = Area.objects.in_bulk(set(below.values()))
    child_of = {village: areas[child] for village, child in below.items()}
    children = tuple(sorted(set(child_of.values()), key=lambda child: (child.code, child.pk)))
    return Place(area, children, child_of, _trail(user, area))


def _chosen(user: User, pk: str, reach: list[Area]) -> Area:
    if not pk:
        return user.area
    known = {ancestor for village in reach for ancestor in village.ancestors}
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 19 and int(pk) in known):
        raise Http404
    area = Area.objects.get(pk=int(pk))
    if user.area_id not in area.ancestors and area.level != Level.VILLAGE:
        raise Http404
    return area


def _own(user: User, area: Area, reach: list[Area]) -> list[Area]:
    """Villages that one reaches only as somebody's deputy belong to one's own page."""
    return reach if area.pk == user.area_id else []


def _child(area: Area, village: Area) -> int:
    line = [*village.ancestors, village.pk]
    return line[line.index(area.pk) + 1] if area.pk in line[:-1] else village.pk


def _trail(user: User, area: Area) -> tuple[Area, ...]:
    if user.area_id not in area.ancestors or area.pk == user.area_id:
        return ()
    above = area.ancestors[area.ancestors.index(user.area_id) :]
    found = Area.objects.in_bulk([pk for pk in above if pk != area.pk])
    return tuple(found[pk] for pk in above if pk in found)
