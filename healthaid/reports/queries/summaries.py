"""Kept figures: what a page of figures reads instead of counting people.

    board(area, below, cut, indicators)          the page of one area, as queries.board.board gives it
    months(area, n, ...)                         the same area at the end of each month: the trend
    siblings(area, ...)                          the areas beside it, itself included: the comparison

Figures come by indicator code, as everywhere; a code that nothing was counted for is absent (NOTHING)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from core.accounts.models import Area, Level
from core.base.periods import add_months, month_end, month_start
from healthaid.reports.indicators import Figure, Indicator, Slice, quarter_so_far
from healthaid.reports.models import Summary
from healthaid.reports.queries import board as live
from healthaid.reports.queries.areas import Below
from healthaid.reports.queries.areas import below as below_of
from healthaid.reports.queries.board import Board, Line, team_lines
from healthaid.reports.queries.changes import changed, seal
from healthaid.reports.queries.figures import Figures, figures, together, total

Month = tuple[date, Figures]
LIVE = 12
"""So many changed villages a page counts itself; of more it says that they are being counted again."""
_ABOVE = (Level.PROVINCE, Level.PREFECTURE)


def board(area: Area, below: Below, cut: Slice, indicators: list[Indicator]) -> Board:
    """The area's own figures and those of each area or team below it.

    Today's are read from what is kept, whatever is not kept or has changed is counted; a day gone by always
    is."""
    if area.level == Level.VILLAGE and not cut.past:
        return _village(area, below, cut, indicators)
    if cut.past:
        return live.board(area, below, cut, indicators)
    reading = _read(area, below, cut)
    piles = reading.piles(cut, indicators)
    shown = [child for child in below.children if child.pk in piles and piles[child.pk].size]
    lines = [Line(child.name, piles[child.pk].figures(indicators), child) for child in shown]
    whole = total((line.figures for line in lines), indicators)
    return Board(area, cut, whole, lines, len(below.children) - len(lines), reading.oldest, reading.waiting)


def months(
    area: Area,
    n: int,
    indicators: Iterable[Indicator],
    *,
    on: date,
    today: date,
    sees_sensitive: bool,
) -> list[Month]:
    """(first day of the month, figures) of the last `n` months up to the month of `on`, the oldest first.

    Each as it stood on the month's last day, the month of `on` as it stands on `on`. A month that was not
    kept is left out, as is a code that was not defined then."""
    asked = list(indicators)
    found = _past_months(area, add_months(month_start(on), 1 - n), on, sees_sensitive)
    under = below_of(area)
    cut = quarter_so_far(under.villages, on=on, today=today, sees_sensitive=sees_sensitive)
    now = board(area, under, cut, asked).whole
    picked = [
        (month, {each.code: figures[each.code] for each in asked if each.code in figures})
        for month, figures in sorted(found.items())
    ]
    return [*picked, (month_start(on), now)]


def siblings(
    area: Area, indicators: Iterable[Indicator], *, on: date, today: date, sees_sensitive: bool
) -> list[tuple[Area, Figures]]:
    """The areas of the same parent in the order of their codes, the area itself among them."""
    asked, parent = list(indicators), area.parent or area
    beside = below_of(parent)
    cut = quarter_so_far(beside.villages, on=on, today=today, sees_sensitive=sees_sensitive)
    by_area = {line.area.pk: line.figures for line in board(parent, beside, cut, asked).lines if line.area}
    return [(child, by_area.get(child.pk, {})) for child in beside.children]


def figures_of(kept: Mapping[str, list[Any]], codes: Iterable[str] | None = None) -> Figures:
    """Figures as they are kept, of these codes or of all."""
    wanted = kept if codes is None else [code for code in codes if code in kept]
    return {code: Figure.of_kept(kept[code]) for code in wanted}


def kept_form(figures: Figures) -> dict[str, list[Any]]:
    """[part, whole] by code, as JSON keeps them."""
    return {code: each.kept for code, each in figures.items()}


@dataclass
class _Pile:
    """What makes up one child: rows and counts laid on, rows taken off; `size` villages have something."""

    on: list[Figures] = field(default_factory=list)
    off: list[Figures] = field(default_factory=list)
    size: int = 0

    def lay(self, figures: Figures, size: int = 1) -> None:
        self.on.append(figures)
        self.size += size

    def take(self, figures: Figures, size: int) -> None:
        self.off.append(figures)
        self.size -= size

    def figures(self, indicators: list[Indicator]) -> Figures:
        sums = total(self.on, indicators)
        if not self.off:
            return sums
        less = total(self.off, indicators)
        return {
            code: Figure(f.part - less[code].part, f.whole - less[code].whole) for code, f in sums.items()
        }


@dataclass(frozen=True)
class _Reading:
    """Which rows stand for which child (`sources`), which changed villages are `few` enough to be counted
    for this page, and how many are `waiting` for the next count."""

    below: Below
    sources: dict[int, int]
    rows: dict[int, Summary]
    few: set[int]
    waiting: int

    @property
    def oldest(self) -> datetime | None:
        """When the figures were counted that do not hold what has changed since."""
        return min((row.counted_at for row in self.rows.values()), default=None) if self.waiting else None

    @cached_property
    def bare(self) -> set[int]:
        """Children to be counted as a whole: not kept, or changed in every village; a village that has come
        or gone changes them all."""
        left = {child for village, child in self.below.child_of.items() if village not in self.few}
        missing = {child for pk, child in self.sources.items() if pk not in self.rows}
        return missing | ({child.pk for child in self.below.children} - left)

    def piles(self, cut: Slice, indicators: list[Indicator]) -> dict[int, _Pile]:
        piles: dict[int, _Pile] = defaultdict(_Pile)
        of, codes = self.below.child_of, [each.code for each in indicators]
        swapped = {village for village in self.few if of[village] not in self.bare}
        for pk, child in self.sources.items():
            if child not in self.bare:
                piles[child].lay(figures_of(self.rows[pk].figures, codes), self.rows[pk].villages)
        for village in swapped & self.rows.keys():
            row = self.rows[village]
            piles[of[village]].take(figures_of(row.figures, codes), row.villages)
        counted = [*swapped, *(village for village, child in of.items() if child in self.bare)]
        for village, found in _counted(counted, cut, indicators).items():
            piles[of[village]].lay(found)
        return piles


def _village(area: Area, below: Below, cut: Slice, indicators: list[Indicator]) -> Board:
    is_stale = area.pk in changed(counties=[area.county_id or 0], on=cut.on)
    row = _rows({area.pk}, cut).get(area.pk)
    if row is None or is_stale:
        return live.board(area, below, cut, indicators)
    codes = [each.code for each in indicators]
    teams = {int(team) or None: figures_of(kept, codes) for team, kept in row.teams.items()}
    return Board(area, cut, total(teams.values(), indicators), team_lines(teams))


def _read(area: Area, below: Below, cut: Slice) -> _Reading:
    """What has changed first, then the rows in one statement: what is kept meanwhile is counted anyway."""
    counties, sources = _sources(area, below)
    stale = changed(counties=counties, on=cut.on) & below.child_of.keys()
    few = stale if len(stale) <= LIVE else set()
    return _Reading(below, sources, _rows({*sources, *few}, cut), few, len(stale - few))


def _sources(area: Area, below: Below) -> tuple[list[int], dict[int, int]]:
    """The counties concerned, and which rows to read for which child: the children's own, above a county
    those of the counties."""
    if area.level not in _ABOVE:
        return [area.county_id or area.pk], {child.pk: child.pk for child in below.children}
    counties = Area.objects.filter(level=Level.COUNTY, ancestors__contains=[area.pk])
    depth = len(area.ancestors)
    sources = {county.pk: county.ancestors[depth] for county in counties}
    return list(sources), sources


def _rows(areas: set[int], cut: Slice) -> dict[int, Summary]:
    found = Summary.objects.filter(
        area__in=areas, month=month_start(cut.on), on=cut.on, sees_sensitive=cut.sees_sensitive, seal=seal()
    )
    return {row.area_id: row for row in found}


def _counted(villages: list[int], cut: Slice, indicators: list[Indicator]) -> dict[int, Figures]:
    if not villages:
        return {}
    found = figures(cut.within(tuple(villages)), indicators)
    return {village: counted for village, counted in found.items() if village}


def _past_months(area: Area, since: date, until: date, sees_sensitive: bool) -> dict[date, Figures]:
    """By month, whatever was kept on its last day; above a county the sum of the counties."""
    sources = {area.pk} if area.level not in _ABOVE else set(_sources(area, below_of(area))[0])
    rows = Summary.objects.filter(
        area__in=sources, month__gte=since, month__lt=month_start(until), sees_sensitive=sees_sensitive
    )
    found: dict[date, list[Figures]] = defaultdict(list)
    for row in rows:
        if row.on == month_end(row.month):
            found[row.month].append(figures_of(row.figures))
    return {month: together(parts) for month, parts in found.items()}
