"""A report as the pages show it: what it is, where it stands, whose turn it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Level
from healthaid.reports.documents.kinds import KINDS
from healthaid.reports.documents.table import is_month
from healthaid.reports.models import FilingStep, Report
from healthaid.reports.queries.reports import checked_by, is_filed_here

State, Filing = Report.State, Report.Filing
TONES = {State.QUEUED: "quiet", State.RUNNING: "info", State.DONE: "good", State.FAILED: "bad"}
FILING_TONES = {
    Filing.DRAFT: "quiet",
    Filing.SUBMITTED: "info",
    Filing.RETURNED: "warn",
    Filing.APPROVED: "good",
}
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
    kind: Any
    title: Any
    area: str
    period: str
    language: str
    is_filed_here: bool
    edition: int
    reason: str
    state: Any
    tone: str
    is_running: bool
    is_ready: bool
    is_failed: bool
    is_filed: bool
    is_approved: bool
    done: int
    total: int
    step: Any
    problem: Any
    data_time: datetime | None
    seal: str
    requested_by: str
    turn: str
    late_figures: int
    is_public: bool
    is_roster: bool
    rows: int
    for_health: bool


def reported(report: Report) -> Reported:
    running = report.state in (State.QUEUED, State.RUNNING)
    kind = KINDS[report.kind]
    label, tone = _standing(report)
    return Reported(
        pk=report.pk,
        kind=kind.name,
        title=kind.title,
        area=report.area.name,
        period=period_of(report),
        language=str(dict(settings.LANGUAGES).get(report.language, report.language)),
        is_filed_here=is_filed_here(report),
        edition=report.edition,
        reason=report.reason,
        state=label,
        tone=tone,
        is_running=running,
        is_ready=report.state == State.DONE,
        is_failed=report.state == State.FAILED,
        is_filed=report.filing in (Filing.SUBMITTED, Filing.APPROVED),
        is_approved=report.filing == Filing.APPROVED,
        done=report.progress_done,
        total=report.progress_total,
        step=_step(report),
        problem=PROBLEMS.get(report.problem, PROBLEMS["unexpected"]),
        data_time=report.data_time,
        seal=report.sha256,
        requested_by=report.requested_by.get_full_name() if report.requested_by else "",
        turn=turn_of(report),
        late_figures=report.late_figures,
        is_public=kind.is_public,
        is_roster=kind.is_roster,
        rows=report.figures.get("count", 0),
        for_health=report.for_health,
    )


def period_of(report: Report) -> str:
    """2026-10 for a month, 2026 Q3 for a quarter's days, and both days for any other period."""
    if is_month(report):
        return f"{report.since:%Y-%m}"
    return gettext("%(since)s to %(until)s") % {
        "since": f"{report.since:%Y-%m-%d}",
        "until": f"{report.until:%Y-%m-%d}",
    }


def _standing(report: Report) -> tuple[Any, str]:
    """How it stands between the desks; before its figures are there, how the work stands."""
    if report.state != State.DONE or not is_filed_here(report):
        return report.get_state_display(), TONES[State(report.state)]
    return report.get_filing_display(), FILING_TONES[Filing(report.filing)]


def turn_of(report: Report) -> str:
    """Who must act next; empty once it is approved, and for a paper that is only read."""
    if not is_filed_here(report) or report.state != State.DONE or report.filing == Filing.APPROVED:
        return ""
    if report.filing == Filing.SUBMITTED:
        if report.area.level == Level.COUNTY:
            return gettext("%(area)s, somebody else than handed it in") % {"area": report.area.name}
        return str(checked_by(report).name)
    return str(report.area.name)


def _step(report: Report) -> Any:
    if report.state == State.QUEUED:
        return STEPS[0]
    return STEPS[min(report.progress_done + 1, len(STEPS) - 1)]


@dataclass(frozen=True)
class Moved:
    """One line of a report's way between the desks."""

    label: Any
    tone: str
    at: datetime
    by: str
    reason: str
    seal: str


def moved(step: FilingStep) -> Moved:
    return Moved(
        label=step.get_to_display(),
        tone=FILING_TONES[Filing(step.to)],
        at=step.at,
        by=step.by.get_full_name() or step.by.get_username(),
        reason=step.reason,
        seal=step.sha256[:12],
    )
