"""Reports as the user may see them, and those a worker should look at."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from healthaid.reports.models import Report


def visible_to(user: Any) -> QuerySet[Report]:
    """Reports of areas at or below the user's own, the latest month first."""
    found: QuerySet[Report] = Report.objects.filter(area__ancestors__contains=[user.area_id])
    return found.select_related("area", "requested_by").order_by("-month", "area__code", "language")


def get_report(user: Any, pk: int) -> Report:
    found = visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def waiting(limit: int = 100) -> list[int]:
    """Ids of reports that nobody has claimed, in the order in which they were asked for."""
    queued = Report.objects.filter(state=Report.State.QUEUED).order_by("pk")
    return list(queued.values_list("pk", flat=True)[:limit])


def stale(before: datetime) -> QuerySet[Report]:
    """Reports claimed before that moment and never brought to an end: their worker is gone."""
    found: QuerySet[Report] = Report.objects.filter(state=Report.State.RUNNING, claimed_at__lt=before)
    return found
