"""What has climbed the ladder: who was told of which visit, when, and whether they have seen it."""

from typing import Any

from django.db.models import Exists, Max, OuterRef, Prefetch, QuerySet

from core.accounts.models import User
from followups.choices import DutyState
from followups.models import Duty, Escalation

MINE, OPEN = "mine", "open"
SHOWS = (MINE, OPEN)


def unseen(user: User) -> QuerySet[Any]:
    """What the user has been told and has not said to have seen; visits made meanwhile are left out."""
    waiting: QuerySet[Any] = Escalation.objects.visible_to(user).filter(told=user, seen_at=None)
    return waiting.filter(duty__state__in=[DutyState.OPEN, DutyState.NOT_FOUND])


def told_duties(user: User, *, show: str) -> QuerySet[Any]:
    """Visits still missing of which somebody has been told, the most urgent first.

    `mine` are those that the user has been told and has not seen yet, `open` all of the user's area.
    """
    steps = Escalation.objects.select_related("told").order_by("told_on", "pk")
    told = unseen(user) if show == MINE else Escalation.objects.all()
    found: QuerySet[Any] = (
        Duty.objects.visible_to(user)
        .filter(Exists(told.filter(duty=OuterRef("pk"))), state__in=[DutyState.OPEN, DutyState.NOT_FOUND])
        .select_related("person", "household__village", "team")
        .prefetch_related(Prefetch("escalations", queryset=steps))
        .annotate(last_told=Max("escalations__told_on"))
        .order_by("-risk", "ends_on", "pk")
    )
    return found
