"""The people behind each number, on pages and as a file."""

import tempfile
from math import ceil
from typing import Any, BinaryIO

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.accounts.files import XLSX
from core.accounts.permissions import actor, may, requires
from core.audit.services import record_export
from core.base.listing import write_listing
from core.base.pages import Tab, tabs
from healthaid.reports.indicators import Figure, Indicator, Side, Unit
from healthaid.reports.presenters.links import Links
from healthaid.reports.presenters.listed import Listed, listed, setting
from healthaid.reports.presenters.periods import Choice, periods
from healthaid.reports.presenters.words import number, unit
from healthaid.reports.queries import lists
from healthaid.reports.views.asking import Asked, asked, indicator_of
from healthaid.reports.views.dashboard import crumbs

EXPORT_ROWS = 120_000
FIELDS = ("name", "sex and age", "village", "register number", "team", "detail", "status")


@requires("see_dashboard")
def show(request: HttpRequest, code: str, side: str) -> HttpResponse:
    indicator, wanted = _named(request, code, side)
    question = asked(request)
    figure = lists.count(question.cut, indicator)
    length = _length(question, indicator, wanted, figure)
    pages = max(1, ceil(length / lists.PAGE))
    page = min(_page(request), pages)
    found = lists.rows(question.cut, indicator, wanted, offset=(page - 1) * lists.PAGE)
    return render(
        request,
        "reports/list.html",
        _context(question, indicator, wanted, figure, page, pages, length)
        | {
            "rows": _listed(found, indicator, question, back=request.get_full_path()),
            "crumbs": crumbs(request, question, indicator=indicator),
        }
        | {"may_export": may(request.user, "export"), "periods": _periods(question, indicator, wanted)},
    )


@requires("export")
@require_POST
def export(request: HttpRequest, code: str, side: str) -> HttpResponseBase:
    """The whole list as a workbook; larger ones are refused with the way out."""
    indicator, wanted = _named(request, code, side)
    question = asked(request)
    count = _length(question, indicator, wanted, lists.count(question.cut, indicator))
    if count > EXPORT_ROWS:
        return render(
            request, "reports/too_many.html", _too_many(question, indicator, wanted, count), status=422
        )
    title = f"{question.area.name} · {_title(indicator, wanted)} · {question.on:%Y-%m-%d}"
    record_export(
        request,
        purpose=title,
        count=count,
        fields=FIELDS,
    )
    file = _written(request, question, indicator, wanted, title)
    name = f"{code}-{side}-{question.area.code}-{question.on:%Y%m%d}.xlsx"
    response = FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    response["Cache-Control"] = "no-store"
    return response


@transaction.atomic
def _written(request: HttpRequest, question: Asked, indicator: Indicator, side: Side, title: str) -> BinaryIO:
    """Row by row from the database into a file that goes with the answer: the memory of a few rows."""
    around = setting(question.on, is_file=True)
    found = lists.every_row(question.cut, indicator, side, limit=EXPORT_ROWS)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    write_listing(
        file,
        title=title,
        watermark=_watermark(request),
        headings=[*_headings(), *([_sum_heading(indicator)] if indicator.is_sum else [])],
        rows=(_cells(listed(row, indicator, around)) for row in found),
        sheet=_("List"),
    )
    file.seek(0)
    return file


def _named(request: HttpRequest, code: str, side: str) -> tuple[Indicator, Side]:
    indicator = indicator_of(request, code)
    if side not in indicator.sides:
        raise Http404
    return indicator, Side(side)


def _length(question: Asked, indicator: Indicator, side: Side, figure: Figure) -> int:
    """How many rows the list has: the count itself, or the bills or hospitals behind a sum."""
    return lists.length(question.cut, indicator, side) if indicator.is_sum else int(figure.count(side))


def _rows_words(indicator: Indicator, length: int) -> str:
    """What stands behind a sum, counted."""
    if indicator.unit == Unit.BEDS:
        return f"{number(length)} {unit(Unit.HOSPITALS, length)}"
    return ngettext("%(n)s bill", "%(n)s bills", length) % {"n": number(length)}


def _sum_heading(indicator: Indicator) -> str:
    return _("Beds") if indicator.unit == Unit.BEDS else _("Yuan")


def _page(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _listed(found: list[lists.Row], indicator: Indicator, question: Asked, *, back: str = "") -> list[Listed]:
    around = setting(question.on, back)
    return [listed(row, indicator, around) for row in found]


def _title(indicator: Indicator, side: Side) -> str:
    word = {Side.ALL: "", Side.MET: indicator.met, Side.MISSING: indicator.missing}[side]
    return f"{indicator.name} · {word}" if word else str(indicator.name)


def _context(
    question: Asked, indicator: Indicator, side: Side, figure: Figure, page: int, pages: int, length: int
) -> dict[str, Any]:
    links = question.links
    count = figure.count(side)
    first = (page - 1) * lists.PAGE + 1
    return {
        "area": question.area,
        "team": question.team,
        "without_team": question.cut.team == 0,
        "indicator": indicator,
        "title": _title(indicator, side),
        "count_unit": unit(indicator.unit, count),
        "count": count,
        "count_text": number(count),
        "length": length,
        "length_text": _rows_words(indicator, length),
        "sum_heading": _sum_heading(indicator),
        "on": question.on,
        "filter_form": question.form,
        "counted_at": timezone.localtime(),
        "tabs": _tabs(indicator, figure, side, links),
        "export_url": links.to_export(indicator.code, side),
        "previous_url": links.to_list(indicator.code, side, page - 1) if page > 1 else "",
        "next_url": links.to_list(indicator.code, side, page + 1) if page < pages else "",
        "shown_text": f"{first}–{min(length, first + lists.PAGE - 1)} / {number(length)}" if length else "",
    }


def _periods(question: Asked, indicator: Indicator, side: Side) -> list[Choice]:
    to = lambda day: Links(question.area.pk, day, question.cut.team).to_list(indicator.code, side)  # noqa: E731
    return periods(to, on=question.on, today=timezone.localdate())


def _tabs(indicator: Indicator, figure: Figure, side: Side, links: Links) -> list[Tab]:
    words = {Side.ALL: _("All"), Side.MET: indicator.met, Side.MISSING: indicator.missing}
    named = ((each, words[each], number(figure.count(each))) for each in indicator.sides)
    return tabs(named, side, lambda each: links.to_list(indicator.code, Side(each)))


def _too_many(question: Asked, indicator: Indicator, side: Side, count: int) -> dict[str, Any]:
    links = question.links
    return {
        "title": _title(indicator, side),
        "count": number(count),
        "limit": number(EXPORT_ROWS),
        "back_url": links.to_list(indicator.code, side),
        "board_url": links.to_board(),
    }


def _watermark(request: HttpRequest) -> str:
    return _("Taken out by %(name)s (%(account)s) on %(time)s. For work only; do not pass on.") % {
        "name": actor(request).get_full_name(),
        "account": actor(request).get_username(),
        "time": timezone.localtime().strftime("%Y-%m-%d %H:%M"),
    }


def _headings() -> list[str]:
    return [
        _("Name"),
        _("Sex and age"),
        _("Village"),
        _("Register number"),
        _("Team"),
        _("Details"),
        _("Status"),
    ]


def _cells(row: Listed) -> tuple[str, ...]:
    amount = () if row.amount is None else (f"{row.amount}",)
    return (
        row.name,
        row.about,
        f"{row.village} {row.group}".strip(),
        row.household,
        row.team,
        row.what,
        row.status,
        *amount,
    )
