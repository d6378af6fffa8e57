"""What the pages share: the day, who asks, and the way back to the list."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.permissions import actor
from core.audit.services import record_export
from core.base.listing import listing
from followups.queries.today import SHOWS
from households.models import Household

AT_THE_HOUSE = "at"

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def today() -> date:
    return timezone.localdate()


def page_number(request: HttpRequest) -> int:
    given = request.GET.get("page", "1")
    return min(int(given), 10_000) if given.isdecimal() and given.isascii() else 1


def page_links(request: HttpRequest, page: Any) -> dict[str, Any]:
    """What the pagination is drawn from; the rest of the address is kept."""
    words = _("%(first)s to %(last)s of %(all)s") % {
        "first": page.start_index(),
        "last": page.end_index(),
        "all": page.paginator.count,
    }
    return {
        "page": page,
        "text": words if page.has_other_pages() else "",
        "previous_url": _address(request, page.previous_page_number()) if page.has_previous() else "",
        "next_url": _address(request, page.next_page_number()) if page.has_next() else "",
    }


def _address(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


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


def place(show: str, page: int, anchor: str = "") -> str:
    """A place on Today, short enough for an address: due-2-h17."""
    return quote(f"{show}-{page}" + (f"-{anchor.removeprefix('h-')}" if anchor else ""))


def _uuid(given: str) -> UUID | None:
    try:
        return UUID(hex=given)
    except ValueError:
        return None


def at_the_house(household: Household) -> str:
    """The page of a call at one house, short enough for an address."""
    return f"{AT_THE_HOUSE}-{household.uuid.hex}"


def back_to_today(given: str) -> str:
    """The address of the place where the doctor came from; Today itself where it cannot be read."""
    show, page, anchor = [*given.split("-"), "", "", ""][:3]
    if show == AT_THE_HOUSE and (house := _uuid(page)):
        return reverse("followups:house_call", args=[house])
    address = reverse("followups:today")
    if show not in SHOWS:
        return address
    query = {"show": show} | ({"page": page} if page.isdecimal() and page != "1" else {})
    return f"{address}?{urlencode(query)}" + (f"#h-{anchor}" if anchor.isdecimal() else "")
