"""Events of an area, and what they come to in a year."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Sum

from core.accounts.models import Area, Level, User
from core.clinics.models import Institution
from healthaid.outreach.choices import EventKind
from healthaid.outreach.models import Event


@dataclass(frozen=True, slots=True)
class EventSums:
    """How many events of a kind in the year, with the persons they reached and newly suspected ill."""

    kind: EventKind
    events: int
    attendance: int
    found: int


def events(
    user: User, *, year: int, kind: str = "", area: Area | None = None, channel: str = ""
) -> QuerySet[Any]:
    """Events of a year at places within the user's area, the latest first."""
    found: QuerySet[Any] = Event.objects.filter(
        area__ancestors__contains=[area.pk if area else user.area_id],
        held_on__range=(date(year, 1, 1), date(year, 12, 31)),
    )
    found = found.filter(kind=kind) if kind else found
    found = found.filter(channel=channel) if channel else found
    return found.select_related("area", "institution").order_by("-held_on", "-pk")


def sums_by_kind(user: User, year: int) -> list[EventSums]:
    """Every kind, also those of which there was none."""
    counted = events(user, year=year).order_by().values("kind")
    rows = counted.annotate(n=Count("pk"), reached=Sum("attendance"), ill=Sum("found"))
    found = {row["kind"]: row for row in rows}
    return [
        EventSums(
            kind,
            *((found[kind]["n"], found[kind]["reached"], found[kind]["ill"]) if kind in found else (0, 0, 0)),
        )
        for kind in EventKind
    ]


def count_by_channel(user: User, year: int) -> dict[str, int]:
    """How many times each channel of publicity was used."""
    found = events(user, year=year, kind=EventKind.PUBLICITY).order_by()
    return dict(found.values_list("channel").annotate(n=Count("pk")).order_by("-n", "channel"))


def years_of_events(user: User) -> list[int]:
    found = Event.objects.filter(area__ancestors__contains=[user.area_id])
    return list(found.values_list("held_on__year", flat=True).distinct().order_by("-held_on__year"))


def places_for_events(user: User) -> QuerySet[Area]:
    """Where a user may note an event: the own area and what lies below, down to the village."""
    found = Area.objects.filter(ancestors__contains=[user.area_id], valid_to=None)
    return found.filter(level__in=[Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE]).order_by("code")


def towns_of_events(user: User) -> QuerySet[Area]:
    return places_for_events(user).filter(level=Level.TOWNSHIP)


def units_for_events(user: User) -> QuerySet[Institution]:
    """Institutions of the user's county: a county hospital comes to the villages too."""
    top = user.area.county_id or user.area_id
    found = Institution.objects.filter(area__ancestors__contains=[top])
    own = found.filter(area__in=user.area.ancestors) | found.filter(area__ancestors__contains=[user.area_id])
    return own.distinct().order_by("kind", "code")
