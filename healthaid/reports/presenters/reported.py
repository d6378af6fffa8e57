"""A report as the pages show it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from healthaid.reports.models import Report

State = Report.State
TONES = {State.QUEUED: "quiet", State.RUNNING: "info", State.DONE: "good", State.FAILED: "bad"}
STEPS = (
    _("Waiting for a worker"),
    _("Counting"),
    _("Writing the workbook"),
    _("Setting the PDF"),
    _("Putting the files in place"),
)
PROBLEMS = {
    "unexpected": _(
        "Something unexpected went wrong. Try again; if it fails once more, tell the administrator."
    ),
    "worker_lost": _("The work was interrupted three times. Try again later."),
}


@dataclass(frozen=True)
class Reported:
    pk: int
    area: str
    month: date
    language: str
    edition: int
    reason: str
    state: Any
    tone: str
    is_running: bool
    is_ready: bool
    is_failed: bool
    done: int
    total: int
    step: Any
    problem: Any
    data_time: datetime | None
    seal: str
    requested_by: str


def reported(report: Report) -> Reported:
    running = report.state in (State.QUEUED, State.RUNNING)
    return Reported(
        pk=report.pk,
        area=report.area.name,
        month=report.month,
        language=str(dict(settings.LANGUAGES).get(report.language, report.language)),
        edition=report.edition,
        reason=report.reason,
        state=report.get_state_display(),
        tone=TONES[State(report.state)],
        is_running=running,
        is_ready=report.state == State.DONE,
        is_failed=report.state == State.FAILED,
        done=report.progress_done,
        total=report.progress_total,
        step=_step(report),
        problem=PROBLEMS.get(report.problem, PROBLEMS["unexpected"]),
        data_time=report.data_time,
        seal=report.sha256,
        requested_by=report.requested_by.get_full_name() if report.requested_by else "",
    )


def _step(report: Report) -> Any:
    if report.state == State.QUEUED:
        return STEPS[0]
    return STEPS[min(report.progress_done + 1, len(STEPS) - 1)]
