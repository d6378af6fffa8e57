"""Persons who could not be found: the team leader's list."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from core.accounts.models import User
from followups.choices import DutyState
from followups.models import Attempt, Duty


def not_found_duties(user: User) -> QuerySet[Any]:
    """Duties closed after three fruitless calls, each with its calls; the latest first."""
    calls = Attempt.objects.select_related("by").order_by("attempted_on")
    found: QuerySet[Any] = (
        Duty.objects.visible_to(user)
        .filter(state=DutyState.NOT_FOUND)
        .select_related("person", "household__village", "team")
        .prefetch_related(Prefetch("attempts", queryset=calls))
        .order_by("-closed_on", "-id")
    )
    return found
