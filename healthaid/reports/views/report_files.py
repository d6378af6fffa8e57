"""What leaves the house of a report: its files, each one taken out with a trace."""

from io import BytesIO
from typing import BinaryIO

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.accounts.permissions import check, requires
from core.audit.services import record_export
from healthaid.reports.documents.files import opened
from healthaid.reports.documents.kinds import KINDS
from healthaid.reports.documents.pdf import pdf
from healthaid.reports.documents.sheet import sheet
from healthaid.reports.documents.table import document
from healthaid.reports.models import Report
from healthaid.reports.queries.publications import cells_of, publication_of
from healthaid.reports.queries.reports import get_report

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@requires("see_reports")
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """The file as it was made; each one taken out is recorded."""
    found = get_report(request.user, pk)
    if kind not in TYPES or found.state != Report.State.DONE:
        raise Http404
    if KINDS[found.kind].is_roster:
        check(request.user, "export")
    file = opened(getattr(found, f"{kind}_path"), getattr(found, f"{kind}_sha256"))
    if file is None:
        messages.error(
            request, _("The file is missing or was changed since it was made. Make the report again.")
        )
        return redirect("reports:report", pk=pk)
    _record(request, found, kind)
    return _file(file, found, kind)


@requires("see_reports")
def public(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """The version for the notice board, written from the frozen figures."""
    found = get_report(request.user, pk)
    published = publication_of(found)
    if kind not in TYPES or published is None:
        raise Http404
    at = found.data_time or found.updated_at
    printed = document(found, found.figures, found.sha256, at, hidden=cells_of(published))
    content = sheet(printed) if kind == "xlsx" else pdf(printed)
    _record(request, found, kind)
    return _file(BytesIO(content), found, kind, mark="-public")


def _record(request: HttpRequest, found: Report, kind: str) -> None:
    told = {
        "title": KINDS[found.kind].name,
        "area": found.area.name,
        "days": f"{found.since:%Y-%m-%d}–{found.until:%Y-%m-%d}",
        "edition": found.edition,
        "kind": kind,
    }
    record_export(
        request,
        purpose=_("report %(title)s, %(area)s %(days)s, edition %(edition)s, %(kind)s") % told,
        count=_rows(found),
        fields=KINDS[found.kind].codes,
    )


def _rows(found: Report) -> int:
    """Rows of people in a roster, of areas, payers or months in any other."""
    tables = found.figures.get("tables", {"": found.figures}).values()
    return int(found.figures.get("count") or sum(len(table["rows"]) for table in tables))


def _file(file: BinaryIO, found: Report, kind: str, mark: str = "") -> FileResponse:
    days = f"{found.since:%Y%m%d}-{found.until:%Y%m%d}"
    name = f"{found.kind}-{found.area.code}-{days}-{found.language}-{found.edition}{mark}.{kind}"
    response = FileResponse(file, as_attachment=True, filename=name, content_type=TYPES[kind])
    response["Cache-Control"] = "no-store"
    return response
