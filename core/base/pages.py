"""What the pages of every app share: the day, and the pages of a list."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _


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
