"""Needs as lists: what is open, what is overdue, and one need with its log."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from core.accounts.models import User
from core.accounts.roles import ACTS
from followups.choices import NeedState
from followups.models import Need, NeedStep

OPEN_STATES = (NeedState.OPEN, NeedState.IN_PROGRESS)


def open_needs() -> Q:
    return Q(state__in=OPEN_STATES)


def overdue_needs(on: date) -> Q:
    """Not closed although the day it was to be met by has passed."""
    return Q(state__in=OPEN_STATES, due_on__lt=on)


def needs(user: User, *, show: str, on: date, mine: bool = False) -> QuerySet[Any]:
    """Needs in the user's area: `open`, `overdue`, `closed`; the most pressing first."""
    chosen: dict[str, Q] = {
        "open": open_needs(),
        "overdue": overdue_needs(on),
        "closed": ~open_needs(),
    }
    found = Need.objects.visible_to(user).filter(chosen.get(show, open_needs()))
    found = found.filter(owner=user) if mine else found
    order = ("-closed_on", "-id") if show == "closed" else ("due_on", "id")
    result: QuerySet[Any] = found.select_related("person", "household__village", "owner").order_by(*order)
    return result


def count_needs(user: User, on: date) -> dict[str, int]:
    """How many needs of the user's area are open and how many of them overdue."""
    scoped = Need.objects.visible_to(user)
    return {
        "open": scoped.filter(open_needs()).count(),
        "overdue": scoped.filter(overdue_needs(on)).count(),
    }


def possible_owners(need: Need) -> QuerySet[Any]:
    """Accounts of the village, its township and its county that may follow up a need."""
    found: QuerySet[Any] = User.objects.filter(
        is_active=True, role__in=ACTS["work_need"], area__in=need.village.ancestors
    )
    return found.order_by("-area__level", "full_name")


def get_need(user: User, uuid: UUID) -> Need:
    """One need with its log, newest line first.

    :raises Http404: outside the user's area.
    """
    log = NeedStep.objects.select_related("by").order_by("-on", "-id")
    found = Need.objects.select_related(
        "person", "household__village", "village", "owner", "raised_by", "visit"
    )
    need: Need = found.prefetch_related(Prefetch("steps", queryset=log)).get_visible(user, uuid=uuid)
    return need
