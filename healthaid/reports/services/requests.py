"""Asking for a report leaves a row that a worker finds; a kind, area, period and language has one row."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from core.accounts.models import Area, Level
from core.base.periods import add_months, month_end, month_start
from healthaid.reports.documents.kinds import KINDS
from healthaid.reports.documents.model import Kind
from healthaid.reports.models import Report
from healthaid.reports.queries.reports import stale

ATTEMPTS = 3
State = Report.State
Filing = Report.Filing


class NotFinished(Exception):
    """The report is still being made, so there is nothing to count again yet."""


class AlreadyFiled(Exception):
    """What was handed in is not counted again: it is returned first, or corrected by a further edition."""


@transaction.atomic
def request_report(
    *,
    area: Area,
    since: date,
    until: date,
    by: Any,
    kind: str = "monthly",
    language: str = "zh-hans",
    for_health: bool = False,
) -> Report:
    """This will queue the area's report of the period, or give the latest edition there is.

    One that failed is queued anew. `for_health` holds what only health staff may see."""
    asked = {"kind": kind, "area": area, "since": since, "until": until, "language": language}
    asked["for_health"] = for_health
    found: Report | None = Report.objects.filter(**asked).order_by("-edition").first()
    if found is None:
        found, _made = Report.objects.get_or_create(**asked, edition=1, defaults={"requested_by": by})
    elif found.state == State.FAILED:
        _queue(found, by=by)
    return found


@transaction.atomic
def count_again(*, report: Report, by: Any) -> Report:
    """This will queue a draft, or one that was returned, to be counted anew.

    Raises NotFinished while it is waiting or being made, AlreadyFiled once it was handed in."""
    found = Report.objects.select_for_update().get(pk=report.pk)
    if found.filing in (Filing.SUBMITTED, Filing.APPROVED):
        raise AlreadyFiled
    if found.state not in (State.DONE, State.FAILED):
        raise NotFinished
    return _queue(found, by=by)


@transaction.atomic
def request_drafts(*, on: date, by: Any = None) -> list[int]:
    """This will queue the drafts due on a day for each current county and township, and give their ids.

    Due are the kinds whose usual period (months or a quarter) ended with the month before."""
    areas = Area.objects.filter(level__in=[Level.COUNTY, Level.TOWNSHIP], valid_to=None)
    under_way = areas.filter(ancestors__overlap=_counties())
    asked = [
        request_report(area=area, kind=kind.code, since=since, until=until, by=by)
        for kind, since, until in _due(on)
        for area in under_way.order_by("code")
        if area.level in kind.drafted
    ]
    return [report.pk for report in asked if report.state == State.QUEUED]


def _counties() -> list[int]:
    return list(Area.objects.filter(level=Level.COUNTY, valid_to=None).values_list("pk", flat=True))


def _due(on: date) -> list[tuple[Kind, date, date]]:
    """Each kind whose period ended with last month, with the period's first and last day."""
    until = month_end(add_months(month_start(on), -1))
    due = [kind for kind in KINDS.values() if kind.months and until.month % kind.months == 0]
    return [(kind, add_months(month_start(until), 1 - kind.months), until) for kind in due]


@transaction.atomic
def requeue_stale(*, older_than: datetime) -> list[int]:
    """This will put reports whose worker is gone back into the queue, or give up after three attempts.

    `older_than`: claimed before this moment. Gives the ids of those queued again."""
    stale(older_than).filter(attempts__gte=ATTEMPTS).update(state=State.FAILED, problem="worker_lost")
    lost = list(stale(older_than).select_for_update(skip_locked=True).values_list("pk", flat=True))
    Report.objects.filter(pk__in=lost).update(state=State.QUEUED, progress_done=0, claimed_at=None)
    return lost


@transaction.atomic
def claim(*, report_id: int, at: datetime) -> Report | None:
    """This will take a waiting report for one worker; None when another has it or it is finished."""
    taken = Report.objects.filter(pk=report_id, state=State.QUEUED).update(
        state=State.RUNNING, claimed_at=at, attempts=F("attempts") + 1, progress_done=0, problem=""
    )
    wide = Report.objects.select_related("area", "requested_by")
    return wide.get(pk=report_id) if taken else None


def _queue(report: Report, *, by: Any) -> Report:
    report.state, report.attempts, report.problem = State.QUEUED, 0, ""
    report.progress_done, report.claimed_at = 0, None
    report.requested_by = by
    report.save()
    return report
