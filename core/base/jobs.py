"""Scheduled work happens once for each period, however many schedulers ring."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from core.base.models import JobRun

STALE_AFTER = timedelta(minutes=30)

_CLAIM = """
    INSERT INTO base_jobrun (job, period, state, attempts, detail, started_at)
    VALUES (%(job)s, %(period)s, 'running', 1, '{}', %(at)s)
    ON CONFLICT (job, period) DO UPDATE
       SET state = 'running', attempts = base_jobrun.attempts + 1, started_at = %(at)s
     WHERE base_jobrun.state = 'failed'
        OR (base_jobrun.state = 'running' AND base_jobrun.started_at < %(stale)s)
    RETURNING id
"""


def claim_run(*, job: str, period: str, at: datetime) -> JobRun | None:
    """The run, or None when the period is done or somebody is at it. A failed or abandoned one is retaken."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"job": job, "period": period, "at": at, "stale": at - STALE_AFTER})
        row = cursor.fetchone()
    return JobRun.objects.get(pk=row[0]) if row else None


def finish(*, run: JobRun, at: datetime, detail: dict[str, Any]) -> None:
    _end(run, JobRun.State.DONE, at, detail)


def fail(*, run: JobRun, at: datetime, error: BaseException) -> None:
    """Keeps what kind of error it was; its text may name a person and stays in the log."""
    _end(run, JobRun.State.FAILED, at, {"error": type(error).__name__})


def _end(run: JobRun, state: str, at: datetime, detail: dict[str, Any]) -> None:
    run.state, run.finished_at, run.detail = state, at, detail
    run.save(update_fields=["state", "finished_at", "detail"])
