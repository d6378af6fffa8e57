"""Making a report: count, freeze, print, put in place. Safe to run twice; ends in a final state."""

import logging
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from healthaid.reports.documents.files import digest_of, put, put_written
from healthaid.reports.documents.kinds import KINDS
from healthaid.reports.documents.model import Asked, Counted
from healthaid.reports.documents.pdf import pdf
from healthaid.reports.documents.roster import write_roster
from healthaid.reports.documents.sheet import sheet
from healthaid.reports.documents.table import document, headlines
from healthaid.reports.models import Report
from healthaid.reports.queries.tables.roster import roster
from healthaid.reports.services.freezing import checksum, frozen
from healthaid.reports.services.requests import claim

logger = logging.getLogger(__name__)
STEPS = 4


def make_report(*, report_id: int, at: datetime) -> bool:
    """This will make the files of one waiting report. False when it was not waiting.

    `at` is the moment of the data. Whatever goes wrong ends in `failed` with a reason one can act on."""
    report = claim(report_id=report_id, at=at)
    if report is None:
        return False
    try:
        _make(report, at)
    except Exception:
        logger.exception("report %s could not be made", report_id)
        _end(report, state=Report.State.FAILED, problem="unexpected")
    return True


def _make(report: Report, at: datetime) -> None:
    _step(report, 1)
    asked = Asked(report.area, report.since, min(report.until, _day(at)), _day(at), report.for_health)
    figures = frozen(
        kind=report.kind,
        area=report.area,
        since=report.since,
        until=report.until,
        on=_day(at),
        sees_sensitive=report.for_health,
    )
    _step(report, 2)
    made = _roster(report, asked, figures, at) if KINDS[report.kind].is_roster else {}
    seal = checksum(figures)
    printed = document(report, figures, seal, at)
    if not made:
        made["xlsx"] = _kept(put(_path(report, "xlsx"), sheet(printed)))
    _step(report, 3)
    made["pdf"] = _kept(put(_path(report, "pdf"), pdf(printed)))
    _step(report, 4)
    _end(
        report,
        state=Report.State.DONE,
        figures=figures,
        sha256=seal,
        data_time=at,
        xlsx_path=made["xlsx"][0],
        pdf_path=made["pdf"][0],
        xlsx_sha256=made["xlsx"][1],
        pdf_sha256=made["pdf"][1],
    )


def _kept(relative: str) -> tuple[str, str]:
    return relative, digest_of(relative)


@transaction.atomic
def _roster(report: Report, asked: Asked, figures: Counted, at: datetime) -> dict[str, tuple[str, str]]:
    """Row by row from the database into the file; number and checksum of the rows join the figures."""

    def write(file: BinaryIO) -> None:
        with translation.override(report.language):
            told = write_roster(file, lines=headlines(report, figures, at), rows=roster(asked))
        figures["count"], figures["rows_sha256"] = told.count, told.sha256

    return {"xlsx": _kept(put_written(_path(report, "xlsx"), write))}


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def _path(report: Report, kind: str) -> Path:
    """Each run has its own files: an earlier edition stays, a worker given up for lost overwrites nothing."""
    run = f"{report.edition}-{report.claimed_at:%Y%m%dT%H%M%S%f}"
    days = f"{report.since:%Y%m%d}-{report.until:%Y%m%d}"
    name = f"{report.kind}-{report.area.code}-{days}-{report.language}-{run}.{kind}"
    return Path(settings.MEDIA_ROOT) / "reports" / f"{report.until:%Y-%m}" / name


@transaction.atomic
def _step(report: Report, number: int) -> None:
    _mine(report).update(progress_done=number - 1, progress_total=STEPS)


@transaction.atomic
def _end(report: Report, **fields: Any) -> None:
    _mine(report).update(progress_done=STEPS, progress_total=STEPS, **fields)


def _mine(report: Report) -> Any:
    """Only the claim of this run: a worker that was given up for lost can no longer change the row."""
    return Report.objects.filter(pk=report.pk, state=Report.State.RUNNING, claimed_at=report.claimed_at)
