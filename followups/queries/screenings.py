"""Screening days of an area, and who attended with which result."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from core.accounts.models import User
from followups.case_choices import ScreeningOutcome
from followups.models import ScreeningDay, ScreeningResult
from households.models import Person
from households.queries.search import people_like, shape_of


def screening_days(user: User) -> QuerySet[Any]:
    """Days held for the user's area, for one below or for one above it, the newest first."""
    near = Q(area__ancestors__contains=[user.area_id]) | Q(area__in=user.area.ancestors)
    found: QuerySet[Any] = ScreeningDay.objects.filter(near).select_related("area", "hospital")
    return found.order_by("-on", "-id")


def get_screening(user: User, uuid: UUID) -> ScreeningDay:
    """:raises Http404: held for another area."""
    found: ScreeningDay | None = screening_days(user).filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def results(user: User, day: ScreeningDay) -> QuerySet[Any]:
    """The results of the persons the user may see, the newest first."""
    found: QuerySet[Any] = ScreeningResult.objects.visible_to(user).filter(day=day)
    return found.select_related("person", "village__parent", "disease").order_by("-id")


def outcomes(user: User, days: list[ScreeningDay]) -> dict[int, dict[str, int]]:
    """How many of the user's area had which result, by day; every result is named."""
    counted = {day.pk: dict.fromkeys(ScreeningOutcome.values, 0) for day in days}
    visible = ScreeningResult.objects.visible_to(user).filter(day__in=days)
    for day, outcome, count in visible.values_list("day", "outcome").annotate(n=Count("id")):
        counted[day][outcome] = count
    return counted


def attendee(user: User, typed: str) -> tuple[Person | None, int]:
    """The one present person of the user's area that the text names, and how many it would name."""
    present = Person.objects.visible_to(user).filter(left_on=None)
    found = list(people_like(present, shape_of(typed)).select_related("village")[:20])
    return (found[0] if len(found) == 1 else None), len(found)
