"""Lists that leave the system as files: each says who took it out, and the access log knows."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.permissions import actor
from core.audit.services import record_export
from core.base.listing import listing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(
    request: HttpRequest,
    *,
    title: str,
    file_name: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[Any]],
    fields: Sequence[str],
    widths: Sequence[int],
) -> HttpResponse:
    """A list as an Excel file that says who took it out; `fields` are the columns named in the access log."""
    record_export(request, purpose=title, count=len(rows), fields=fields)
    content = listing(
        title=title,
        watermark=_watermark(request),
        headings=headings,
        rows=rows,
        sheet=_("List"),
        widths=widths,
    )
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{file_name}.xlsx"'
    response["Cache-Control"] = "no-store"
    return response


def _watermark(request: HttpRequest) -> str:
    return _("Taken out by %(name)s (%(account)s) on %(time)s. For work only; do not pass on.") % {
        "name": actor(request).get_full_name(),
        "account": actor(request).get_username(),
        "time": timezone.localtime().strftime("%Y-%m-%d %H:%M"),
    }
