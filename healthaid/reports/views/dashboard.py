"""The township's view: one board for each area, from the county down to a village's teams, and one page for
each indicator."""

from dataclasses import replace
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from core.accounts.models import Area, Level
from core.accounts.permissions import actor, requires
from healthaid.reports.indicators import Indicator
from healthaid.reports.presenters import board as presenter
from healthaid.reports.presenters import indicator as single
from healthaid.reports.presenters.links import Links
from healthaid.reports.presenters.periods import periods
from healthaid.reports.queries import summaries
from healthaid.reports.queries.areas import Below, in_order, trail
from healthaid.reports.queries.board import Board
from healthaid.reports.queries.pledges import targets_for
from healthaid.reports.queries.positions import Position, positions
from healthaid.reports.views.asking import Asked, asked, indicator_of

PLACED_FOR = 24 * 3600


@requires("see_dashboard")
def dashboard(request: HttpRequest) -> HttpResponse:
    question = asked(request)
    chosen = presenter.indicators(sees_sensitive=question.cut.sees_sensitive)
    found = summaries.board(question.area, question.below, question.cut, chosen)
    context = presenter.page(found, targets_for(question.area, question.on.year)) | _around(
        request, question, found
    )
    to = lambda day: Links(question.area.pk, day).to_board()  # noqa: E731
    return render(
        request,
        "reports/dashboard.html",
        context
        | {"crumbs": crumbs(request, question)}
        | {"periods": periods(to, on=question.on, today=timezone.localdate())},
    )


@requires("see_dashboard")
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One figure of one area: definition, with and without exclusions, trend, comparison, map, lists."""
    asked_for, question = indicator_of(request, code), asked(request)
    pledged = targets_for(question.area, question.on.year)
    found = summaries.board(question.area, question.below, question.cut, single.wanted(asked_for))
    context = single.page(asked_for, found, pledged) | _around(request, question, found)
    to = lambda day: Links(question.area.pk, day).to_indicator(code)  # noqa: E731
    return render(
        request,
        "reports/indicator.html",
        context
        | {"crumbs": crumbs(request, question, through=True)}
        | {"periods": periods(to, on=question.on, today=timezone.localdate())}
        | {"trend": _trend(question, asked_for, context), "map": _map(question, asked_for, pledged)}
        | {"beside": _beside(request, question, asked_for, found, pledged)},
    )


def crumbs(
    request: HttpRequest, question: Asked, *, through: bool = False, indicator: Indicator | None = None
) -> list[dict[str, Any]]:
    """From the user's area down, area and day kept; `through` takes in the area itself, for pages below its
    board, and `indicator` the figure's page."""
    is_below = through or indicator is not None
    areas: list[Area] = [*trail(request.user, question.area), *([question.area] if is_below else [])]
    found = [{"label": area.name, "url": Links(area.pk, question.on).to_board()} for area in areas]
    if indicator is not None:
        url = Links(question.area.pk, question.on).to_indicator(indicator.code)
        found.append({"label": str(indicator.name), "url": url})
    return found


def _around(request: HttpRequest, question: Asked, found: Board) -> dict[str, Any]:
    return {
        "area": question.area,
        "filter_form": question.form,
        "counted_at": timezone.localtime(found.counted_at),
        "recounting": found.recounting,
        "printed_by": actor(request),
    }


def _trend(question: Asked, asked_for: Indicator, context: dict[str, Any]) -> Any:
    months = summaries.months(
        question.area,
        single.MONTHS,
        single.wanted(asked_for),
        on=question.on,
        today=timezone.localdate(),
        sees_sensitive=question.cut.sees_sensitive,
    )
    return single.trend_of(asked_for, months, context["figure"], question.on)


def _beside(
    request: HttpRequest, question: Asked, asked_for: Indicator, found: Board, pledged: Any
) -> list[single.Compared]:
    """Only where the area above is the user's, too."""
    if question.area.pk == actor(request).area_id:
        return []
    areas = summaries.siblings(
        question.area,
        single.wanted(asked_for),
        on=question.on,
        today=timezone.localdate(),
        sees_sensitive=question.cut.sees_sensitive,
    )
    return single.beside(asked_for, areas, found, pledged)


def _map(question: Asked, asked_for: Indicator, pledged: Any) -> Any:
    """Of a county or a township: beyond, there are too many villages to tell apart."""
    if question.area.level not in (Level.COUNTY, Level.TOWNSHIP):
        return None
    villages = in_order(question.below.villages)
    each = Below(villages, {village.pk: village.pk for village in villages})
    cut = replace(question.cut, villages=each.villages)
    found = summaries.board(question.area, each, cut, single.wanted(asked_for))
    return single.map_of(asked_for, found, _placed(question), pledged)


def _placed(question: Asked) -> dict[int, Position]:
    """Villages do not move: their middle is kept for a day."""
    key = f"village-places:{question.area.pk}"
    found: dict[int, Position] | None = cache.get(key)
    if found is None:
        found = positions(question.below.villages)
        cache.set(key, found, PLACED_FOR)
    return found
