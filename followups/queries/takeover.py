"""Visits that were refused because the household had moved, as those see them to whom it has moved."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from core.accounts.models import Sector, User
from core.accounts.permissions import may
from followups.models import Submission
from followups.queries.sync import still_refused
from households.models import Household, Person

REFUSED_DAYS = 90
LOOKED_AT = 500
MOVED = [{"code": "moved_away"}]


def waits_for_takeover() -> QuerySet[Any]:
    """Refused visits of phones whose household is in another area now, and that nobody has taken over."""
    found = Submission.objects.filter(still_refused(), kind=Submission.Kind.VISIT, api_client=None)
    return found.filter(problem__problems__contains=MOVED, taken_over_at=None)


def to_take_over(user: User, at: datetime) -> list[tuple[Submission, Person | Household]]:
    """Those of the last 90 days whose household lives in the user's area now; for health staff only."""
    if user.sector != Sector.HEALTH or not may(user, "decide_conflict"):
        return []
    recent = waits_for_takeover().filter(received_at__gte=at - timedelta(days=REFUSED_DAYS))
    listed = list(recent.select_related("user__area").order_by("-received_at", "-pk")[:LOOKED_AT])
    asked = [uuid for row in listed if (uuid := _subject(row))]
    known: dict[UUID, Any] = {}
    for model in (Person, Household):
        here = model.objects.visible_to(user).filter(uuid__in=asked, left_on=None)
        known |= {each.uuid: each for each in here.select_related("village")}
    return [(row, known[uuid]) for row in listed if (uuid := _subject(row)) in known]  # type: ignore[index]


def get_to_take_over(user: User, pk: int) -> Submission:
    """One of them, also where it was taken over meanwhile.

    :raises Http404: where it is not there, or its household does not live in the user's area.
    """
    refused = Submission.objects.filter(pk=pk, kind=Submission.Kind.VISIT, api_client=None)
    moved = Q(problem__problems__contains=MOVED) | Q(taken_over_at__isnull=False)
    found: Submission | None = refused.filter(moved).select_related("user").first()
    if found is None or lives_now(user, found) is None:
        raise Http404
    return found


def lives_now(user: User, row: Submission) -> Person | Household | None:
    """Whom a record is about, where they live in the user's area."""
    uuid = _subject(row)
    for model in (Person, Household):
        here: Any = model.objects.visible_to(user).select_related("village").filter(uuid=uuid, left_on=None)
        if uuid and (found := here.first()):
            return found  # type: ignore[no-any-return]
    return None


def _subject(row: Submission) -> UUID | None:
    try:
        return UUID(str(row.body.get("person") or row.body.get("household")))
    except ValueError:
        return None
