"""The rows behind a number of a report that no indicator counts."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from core.accounts.models import Area
from core.accounts.permissions import actor, check, requires
from core.base.pages import page_links
from healthaid.reports.documents.cells import NO_DATA, value
from healthaid.reports.documents.kinds import KINDS
from healthaid.reports.documents.model import Counted, Part, part_of
from healthaid.reports.documents.table import row_name
from healthaid.reports.models import Report
from healthaid.reports.presenters.behind import shown
from healthaid.reports.presenters.report_tables import told
from healthaid.reports.presenters.reported import reported
from healthaid.reports.queries.areas import area_of
from healthaid.reports.queries.behind.columns import behind
from healthaid.reports.queries.behind.reading import Question, amounts, rows
from healthaid.reports.queries.reports import get_report
from healthaid.reports.views.asking import number

PAGE = 50


@requires("see_reports")
def report_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """Each bill, person or entry that a number counts; its row and column stand in the address."""
    user = actor(request)
    found = get_report(user, pk)
    asked = _question(request, found)
    check(user, asked.behind.source.act)
    today = amounts(asked)
    page = Paginator(range(today["length"]), PAGE).get_page(request.GET.get("page"))
    listed = rows(asked, limit=PAGE, offset=max(page.start_index() - 1, 0))
    on, what = date.fromisoformat(found.figures["on"]), asked.behind.source.shows
    row = _frozen_row(asked)
    context = page_links(request, page) | {
        "report": reported(found),
        "area": asked.area,
        "row": row_name(asked.part, row) if asked.place and row else "",
        "column": asked.column,
        "in_report": told(value(asked.column, row["figures"])) if row else NO_DATA,
        "today": told(today["told"]),
        "length": today["length"],
        "what": what.value,
        "rows": [shown(each, what, asked.column, on, user) for each in listed],
        "leaves_out": not user.sees_sensitive and asked.behind.source.holds_sensitive,
    }
    return render(request, "reports/report_rows.html", context)


def _question(request: HttpRequest, found: Report) -> Question:
    """:raises Http404: a column, a row or an area that this report does not have."""
    kind = KINDS[found.kind]
    code, take = request.GET.get("column", ""), request.GET.get("take", "")
    for part in kind.parts if found.figures else ():
        for column in part.columns:
            rule = behind(kind, part, column)
            if (part.code, column.code, column.take) == (request.GET.get("table", ""), code, take) and rule:
                place = request.GET.get("row", "") if part.code else ""
                return Question(
                    found,
                    actor(request),
                    _area(request, found),
                    part,
                    column,
                    rule,
                    _known(found, part, place),
                )
    raise Http404


def _area(request: HttpRequest, found: Report) -> Area:
    area = area_of(actor(request), number(request, "area") or found.area_id)
    if area.pk != found.area_id and found.area_id not in area.ancestors:
        raise Http404
    return area


def _known(found: Report, part: Part, place: str) -> str:
    codes = {row["code"] for row in part_of(found.figures, part.code)["rows"]}
    if place and place not in codes:
        raise Http404
    return place


def _frozen_row(asked: Question) -> Counted | None:
    """The row as the report has it; all of them together where none is asked for."""
    counted = part_of(asked.report.figures, asked.part.code)
    if not asked.place and asked.area.pk == asked.report.area_id:
        return {"figures": counted["together"]}
    key = ("code", asked.place) if asked.place else ("area", asked.area.pk)
    return next((row for row in counted["rows"] if row.get(key[0]) == key[1]), None)
