"""Workers' side of the reports. The row is the job; a task only wakes somebody up, and may run twice."""

from datetime import timedelta
from typing import Any

from celery import shared_task
from django.utils import timezone

from healthaid.reports.queries import reports
from healthaid.reports.services import making, requests

LOST_AFTER = timedelta(minutes=10)


# Rows of a large roster are written for minutes at worst; a task past this is ended before it counts as lost.
@shared_task(name="reports.make_report", soft_time_limit=480, time_limit=540)
def make_report(*, report_id: int, **_more: Any) -> None:
    making.make_report(report_id=report_id, at=timezone.now())


@shared_task(name="reports.make_waiting")
def make_waiting(**_more: Any) -> None:
    """Wakes a worker for whatever waits, so that a lost call delays a report and no more."""
    for report_id in reports.waiting():
        make_report.delay(report_id=report_id)


@shared_task(name="reports.requeue_stale")
def requeue_stale(**_more: Any) -> None:
    for report_id in requests.requeue_stale(older_than=timezone.now() - LOST_AFTER):
        make_report.delay(report_id=report_id)
