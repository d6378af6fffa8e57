"""Activities with who came first, one with its ranking, and what a clinic has been graded over time."""

from typing import Any

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import Rank
from django.http import Http404

from core.accounts.models import Area, Level, User
from core.clinics.models import Institution
from healthaid.outreach.kinds import activity_kinds
from healthaid.outreach.models import Activity, ActivityEntry


def activities(user: User, *, kind: str = "") -> QuerySet[Any]:
    """Activities of areas at, above or below the user's, the latest first, with how many took part."""
    found: QuerySet[Any] = Activity.objects.filter(pk__in=_held_for(user)).select_related("area")
    found = found.filter(kind=kind) if kind else found
    counted: QuerySet[Any] = found.annotate(units=Count("entries"))
    return counted.order_by("-held_on", "-pk")


def _held_for(user: User) -> QuerySet[Any]:
    """A ranking is public among those ranked: an area's own activities and those it takes part in."""
    below: QuerySet[Any] = Activity.objects.filter(area__ancestors__contains=[user.area_id])
    above: QuerySet[Any] = Activity.objects.filter(area__in=user.area.ancestors)
    return (below | above).values("pk")


def get_activity(user: User, pk: int) -> Activity:
    """:raises Http404: of another area."""
    found: Activity | None = activities(user).select_related("recorded_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def ranking(activity: Activity) -> QuerySet[Any]:
    """The results, the highest score first; `rank` is shared by equal scores."""
    found: QuerySet[Any] = ActivityEntry.objects.filter(activity=activity)
    ranked: QuerySet[Any] = found.annotate(rank=Window(Rank(), order_by=F("score").desc()))
    return ranked.select_related("institution__area").order_by("-score", "institution__code")


def winners(found: list[Activity]) -> dict[int, list[str]]:
    """By activity: the names of who came first."""
    first = ActivityEntry.objects.filter(activity__in=found).annotate(
        rank=Window(Rank(), partition_by="activity", order_by=F("score").desc())
    )
    names: dict[int, list[str]] = {}
    for activity, name in first.filter(rank=1).values_list("activity", "institution__name"):
        names.setdefault(activity, []).append(name)
    return names


def grades(activity: Activity) -> dict[str, int]:
    """How many units reached which grade; empty where nothing is graded."""
    graded = ActivityEntry.objects.filter(activity=activity).exclude(grade="")
    return dict(graded.values_list("grade").annotate(n=Count("pk")).order_by("grade"))


def units_of(activity: Activity) -> QuerySet[Institution]:
    """The institutions that may take part, in the order of their places."""
    kind = activity_kinds().get(activity.kind)
    found = Institution.objects.filter(area__ancestors__contains=[activity.area_id])
    chosen = found.filter(kind__in=[str(one) for one in kind.among] if kind else [])
    return chosen.select_related("area").order_by("area__code", "code")


def areas_that_hold(user: User) -> QuerySet[Area]:
    """Counties and townships at or below the user's area that exist today."""
    found = Area.objects.filter(ancestors__contains=[user.area_id], valid_to=None)
    return found.filter(level__in=[Level.COUNTY, Level.TOWNSHIP]).order_by("code")


def graded_over_time(institution: Institution) -> list[ActivityEntry]:
    """What a clinic was graded, the latest first."""
    found = ActivityEntry.objects.filter(institution=institution).exclude(grade="")
    return list(found.select_related("activity").order_by("-activity__held_on", "-pk"))


def latest_grades(institutions: list[int]) -> dict[int, ActivityEntry]:
    """By institution: its present grade."""
    found = ActivityEntry.objects.filter(institution__in=institutions).exclude(grade="")
    latest = found.select_related("activity").order_by("institution", "-activity__held_on", "-pk")
    return {entry.institution_id: entry for entry in latest.distinct("institution")}
