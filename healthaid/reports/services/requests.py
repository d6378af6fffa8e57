"""Asking for a report leaves a row that a worker finds; an area, month and language has one row."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from core.accounts.models import Area
from core.base.periods import add_months, month_start
from healthaid.reports.models import Report
from healthaid.reports.queries.areas import townships
from healthaid.reports.queries.reports import stale

ATTEMPTS = 3
State = Report.State


class NotFinished(Exception):
    """The report is still being made, so there is nothing to correct yet."""


@transaction.atomic
def request_report(*, area: Area, month: date, language: str, by: Any) -> Report:
    """This will queue the area's report of the month, or give the one there is; a failed one anew."""
    asked, made = Report.objects.get_or_create(
        kind="monthly",
        area=area,
        month=month_start(month),
        language=language,
        defaults={"requested_by": by},
    )
    if not made and asked.state == State.FAILED:
        _queue(asked, by=by)
    found: Report = asked
    return found


@transaction.atomic
def make_again(*, report: Report, reason: str, by: Any) -> Report:
    """This will queue a corrected edition. The earlier one stays in the row's history, and so do its files.

    Raises NotFinished while the report is waiting or being made."""
    found = Report.objects.select_for_update().get(pk=report.pk)
    if found.state not in (State.DONE, State.FAILED):
        raise NotFinished
    if found.state == State.DONE:
        found.edition, found.reason = found.edition + 1, reason
    return _queue(found, by=by)


@transaction.atomic
def request_month(*, on: date, language: str = "zh-hans", by: Any = None) -> list[int]:
    """This will queue last month's report of every current township, and give the ids of those waiting."""
    month = add_months(month_start(on), -1)
    counties = Area.objects.filter(level="county", valid_to=None)
    asked = [
        request_report(area=township, month=month, language=language, by=by)
        for county in counties
        for township in townships(county)
    ]
    return [report.pk for report in asked if report.state == State.QUEUED]


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
    return Report.objects.select_related("area").get(pk=report_id) if taken else None


def _queue(report: Report, *, by: Any) -> Report:
    report.state, report.attempts, report.problem = State.QUEUED, 0, ""
    report.progress_done, report.claimed_at = 0, None
    report.requested_by = by
    report.save()
    return report
