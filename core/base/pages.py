"""What the pages of every app share: the day, the pages of a list, a paper that was handed in."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.base.papers import ENDINGS, read_paper

Tab = dict[str, Any]


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


def kept_query(request: HttpRequest, **changed: str) -> str:
    """The address of another part of the same list: what was asked is kept, its page is not."""
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in changed.items():
        query[name] = value
    return f"?{query.urlencode()}"


def tabs(named: Iterable[tuple[str, Any, Any]], shown: str, address: Callable[[str], str]) -> list[Tab]:
    """The parts of a list as its tabs are drawn: name, label, and how many there are (None: not told)."""
    return [
        {"label": label, "url": address(name), "count": count, "active": name == shown}
        for name, label, count in named
    ]


def kept_paper(paper: Any, name: str) -> HttpResponse:
    """A paper as it was kept (`path`, `sha256`, `media_type`): never cached, never run; or Http404."""
    content = read_paper(paper.path, paper.sha256)
    if content is None:
        raise Http404
    place = "inline" if paper.media_type.startswith("image/") else "attachment"
    response = HttpResponse(content, content_type=paper.media_type)
    response["Content-Disposition"] = f'{place}; filename="{name}.{ENDINGS[paper.media_type]}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
