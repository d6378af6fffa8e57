"""Reports as the user may see them, whose turn it is, and those a worker should look at."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.http import Http404

from core.accounts.models import Area, Level, User
from core.accounts.permissions import may
from healthaid.reports.models import FilingStep, Report

Filing = Report.Filing


def visible_to(user: Any) -> QuerySet[Report]:
    """Reports of areas at or below the user's own, the latest period first.

    Those with facts for health staff only are there for health staff alone."""
    found: QuerySet[Report] = Report.objects.filter(area__ancestors__contains=[user.area_id])
    if not user.sees_sensitive:
        found = found.filter(for_health=False)
    wide = found.select_related("area__parent", "requested_by", "submitted_by", "approved_by")
    return wide.order_by("-until", "-since", "area__code", "kind", "language", "-edition")


def get_report(user: Any, pk: int) -> Report:
    found = visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def in_last_edition(found: QuerySet[Report]) -> QuerySet[Report]:
    """Without those that a correction has taken the place of."""
    return found.filter(corrected_by=None)


def narrowed(found: QuerySet[Report], *, kind: str, filing: str, month: date | None) -> QuerySet[Report]:
    """`month` keeps the reports whose period ends in it."""
    if kind:
        found = found.filter(kind=kind)
    if filing:
        found = found.filter(filing=filing)
    return found.filter(until__year=month.year, until__month=month.month) if month else found


def waiting_for(user: User) -> QuerySet[Report]:
    """Those that the user must do something about: hand in, or check."""
    own = Q(area=user.area_id, filing__in=[Filing.DRAFT, Filing.RETURNED], state=Report.State.DONE)
    below = Q(filing=Filing.SUBMITTED) & (
        Q(area__parent=user.area_id) & ~Q(area__level=Level.COUNTY)
        | Q(area=user.area_id, area__level=Level.COUNTY) & ~Q(submitted_by=user.pk)
    )
    wanted = (own if may(user, "make_report") else Q(pk=None)) | (
        below if may(user, "approve_report") else Q(pk=None)
    )
    return in_last_edition(visible_to(user)).filter(wanted, language=settings.LANGUAGE_CODE)


def checked_by(report: Report) -> Area:
    """The area whose staff check it: the one above; a county's is checked by somebody else of the county."""
    area: Area = report.area
    return area if area.level == Level.COUNTY or area.parent is None else area.parent


def may_submit(user: User, report: Report) -> bool:
    """Whoever works where the report is about hands it in; nobody does it for them."""
    return (
        may(user, "make_report")
        and user.area_id == report.area_id
        and report.state == Report.State.DONE
        and is_filed_here(report)
        and report.filing in (Filing.DRAFT, Filing.RETURNED)
    )


def may_check(user: User, report: Report) -> bool:
    return (
        may(user, "approve_report")
        and report.filing == Filing.SUBMITTED
        and user.area_id == checked_by(report).pk
        and user.pk != report.submitted_by_id
    )


def is_filed_here(report: Report) -> bool:
    """The paper in the office's language is the one that is handed in; others are for reading."""
    return str(report.language) == settings.LANGUAGE_CODE


def steps_of(report: Report) -> list[FilingStep]:
    """Every move between the desks, the first one first."""
    return list(FilingStep.objects.filter(report=report).select_related("by").order_by("at", "pk"))


def editions_of(user: User, report: Report) -> list[Report]:
    """All editions of the same report, the latest first."""
    same = visible_to(user).filter(kind=report.kind, area=report.area, since=report.since, until=report.until)
    return list(same.filter(language=report.language, for_health=report.for_health).order_by("-edition"))


def filed_since(day: date) -> QuerySet[Report]:
    """Reports handed in whose period ended on or after a day: late facts may still change what they tell."""
    found: QuerySet[Report] = in_last_edition(Report.objects.filter(until__gte=day))
    return found.filter(filing__in=[Filing.SUBMITTED, Filing.APPROVED]).select_related("area")


def months_of(user: User) -> list[date]:
    """First days of the months in which the periods of the user's reports end, the latest first."""
    ends = visible_to(user).order_by().values_list(F("until"), flat=True).distinct()
    return sorted({end.replace(day=1) for end in ends}, reverse=True)


def waiting(limit: int = 100) -> list[int]:
    """Ids of reports that nobody has claimed, in the order in which they were asked for."""
    queued = Report.objects.filter(state=Report.State.QUEUED).order_by("pk")
    return list(queued.values_list("pk", flat=True)[:limit])


def stale(before: datetime) -> QuerySet[Report]:
    """Reports claimed before that moment and never brought to an end: their worker is gone."""
    found: QuerySet[Report] = Report.objects.filter(state=Report.State.RUNNING, claimed_at__lt=before)
    return found
