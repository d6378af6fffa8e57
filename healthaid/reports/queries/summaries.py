"""Kept figures: what a page of figures reads instead of counting people.

    board(area, below, cut, indicators)          the page of one area, as queries.board.board gives it
    months(area, n, ...)                         the same area at the end of each month: the trend
    siblings(area, ...)                          the areas beside it, itself included: the comparison

Figures come by indicator code, as everywhere; a code that nothing was counted for is absent (NOTHING)."""

from collections.abc import Iterable
from datetime import date, timedelta

from core.accounts.models import Area
from core.base.periods import month_start
from healthaid.reports.indicators import Indicator, Slice, quarter_so_far
from healthaid.reports.queries import board as live
from healthaid.reports.queries.areas import Below
from healthaid.reports.queries.areas import below as below_of
from healthaid.reports.queries.board import Board
from healthaid.reports.queries.figures import Figures, figures, total

Month = tuple[date, Figures]


def board(area: Area, below: Below, cut: Slice, indicators: list[Indicator]) -> Board:
    """The area's own figures and those of each area or team below it."""
    return live.board(area, below, cut, indicators)


def months(
    area: Area,
    n: int,
    indicators: Iterable[Indicator],
    *,
    on: date,
    today: date,
    sees_sensitive: bool,
) -> list[Month]:
    """(first day of the month, figures) of the last `n` months, the oldest first.

    Each as it stood on the month's last day; the month of `on` as it stands on `on`."""
    asked, days = list(indicators), _month_ends(on, n)
    villages = below_of(area).villages or (area.pk,)
    cut = {day: quarter_so_far(villages, on=day, today=today, sees_sensitive=sees_sensitive) for day in days}
    return [(month_start(day), total(figures(cut[day], asked).values(), asked)) for day in days]


def siblings(
    area: Area, indicators: Iterable[Indicator], *, on: date, today: date, sees_sensitive: bool
) -> list[tuple[Area, Figures]]:
    """The areas of the same parent in the order of their codes, the area itself among them."""
    asked, beside = list(indicators), below_of(area.parent) if area.parent else below_of(area)
    cut = quarter_so_far(beside.villages, on=on, today=today, sees_sensitive=sees_sensitive)
    found = live.board(area.parent or area, beside, cut, asked)
    by_area = {line.area.pk: line.figures for line in found.lines if line.area}
    return [(child, by_area.get(child.pk, {})) for child in beside.children]


def _month_ends(on: date, n: int) -> list[date]:
    days = [on]
    while len(days) < n:
        days.append(month_start(days[-1]) - timedelta(days=1))
    return days[::-1]
