"""One indicator of one area: the figure, how it came, who lies behind, and where it is worst."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.accounts.models import Area
from core.base.charts import Band, Chart, Place, Point, Series, places, trend
from core.base.periods import month_end
from healthaid.reports.indicators import INDICATORS, NOTHING, Figure, Indicator, Light, Shows
from healthaid.reports.presenters.board import SIZE, peopled
from healthaid.reports.presenters.figures import Count, Pledged, Shown, is_share, shown, told
from healthaid.reports.presenters.links import Links
from healthaid.reports.presenters.words import CHILDREN, LIGHTS, UNITS
from healthaid.reports.queries.board import Board
from healthaid.reports.queries.figures import Figures
from healthaid.reports.queries.positions import Position

Month = tuple[date, Figures]
MONTHS = 13


@dataclass(frozen=True)
class Compared:
    """One area beside others; `width` is how much of the bar is filled, in per cent."""

    name: str
    url: str
    shown: Shown
    value: str
    width: str
    is_here: bool = False


@dataclass(frozen=True)
class Listed:
    word: Any
    count: Count


def wanted(indicator: Indicator) -> list[Indicator]:
    """The indicator, its twin with other exclusions, and how many people there are."""
    twin = twin_of(indicator)
    return [indicator, *([twin] if twin else []), *(INDICATORS[code] for code in SIZE)]


def twin_of(indicator: Indicator) -> Indicator | None:
    """The same figure with the other exclusions, from either of the two."""
    if indicator.beside:
        return INDICATORS[indicator.beside]
    return next((one for one in INDICATORS.values() if one.beside == indicator.code), None)


def page(indicator: Indicator, found: Board, pledged: Pledged) -> dict[str, Any]:
    links, on = Links(found.area.pk, found.cut.on), found.cut.on
    figure = shown(indicator.code, found.whole, links, on, pledged)
    twin = twin_of(indicator)
    return {
        "indicator": indicator,
        "figure": figure,
        "twin": shown(twin.code, found.whole, links, on, pledged) if twin else None,
        "lists": [
            Listed(word or _("All"), count)
            for word, count in (("", figure.whole), *((c.word, c) for c in (figure.part, figure.rest) if c))
        ],
        "first_column": CHILDREN[found.area.level],
        "below": compared(
            indicator,
            [
                (line.name or _("Without a team"), line.area, line.team, line.figures)
                for line in peopled(found)
            ],
            found,
            pledged,
        ),
        "on": on,
        "is_past": found.cut.past,
    }


def beside(
    indicator: Indicator, areas: Iterable[tuple[Area, Figures]], found: Board, pledged: Pledged
) -> list[Compared]:
    """The areas of the same parent, this one among them; those without anybody are left out."""
    listed: list[Named] = [
        (area.name, area, None, figures)
        for area, figures in areas
        if any(figures.get(code, NOTHING).whole for code in SIZE)
    ]
    return compared(indicator, listed, found, pledged) if len(listed) > 1 else []


Named = tuple[str, Area | None, int | None, Figures]


def compared(indicator: Indicator, areas: Sequence[Named], found: Board, pledged: Pledged) -> list[Compared]:
    """The furthest from the target first, without a target the largest; nothing to count stands last."""
    most = max((_size(indicator, one[3].get(indicator.code, NOTHING)) for one in areas), default=Decimal(0))
    rows = [
        (_order(row.shown), row) for row in (_compared(indicator, one, found, pledged, most) for one in areas)
    ]
    return [row for _key, row in sorted(rows, key=lambda pair: pair[0])]


def _compared(indicator: Indicator, one: Named, found: Board, pledged: Pledged, most: Decimal) -> Compared:
    name, area, team, figures = one
    links = Links(area.pk if area else found.area.pk, found.cut.on, team)
    figure = shown(indicator.code, figures, links, found.cut.on, pledged)
    size = _size(indicator, figure.figure)
    width = figure.bar_width if is_share(indicator) else f"{size * 100 / (most or 1):.1f}"
    is_here = area == found.area
    url = "" if team is not None or is_here else figure.url
    return Compared(name, url, figure, told(figure), width, is_here)


def _size(indicator: Indicator, figure: Figure) -> Decimal:
    return Decimal(figure.part if indicator.shows == Shows.PART else figure.whole)


def _order(figure: Shown) -> tuple[bool, Decimal]:
    """Shares by how far they miss the target, or else by themselves; counts by their size."""
    if not figure.figure.whole:
        return True, Decimal(0)
    if figure.light != Light.QUIET:
        return False, -figure.gap
    if is_share(figure.indicator):
        share = figure.share or Decimal(0)
        return False, -share if figure.indicator.low_is_good else share
    return False, -_size(figure.indicator, figure.figure)


def trend_of(indicator: Indicator, months: list[Month], figure: Shown, on: date) -> Chart:
    """Month by month, with the twin where it is told in the same unit; a month without anybody is a gap."""
    twin = twin_of(indicator)
    told = [indicator, *([twin] if twin and is_share(twin) == is_share(indicator) else [])]
    series = [
        Series(str(one.name), [_point(one, month, figures, on) for month, figures in months], tone)
        for one, tone in zip(told, "ab", strict=False)
    ]
    in_shares = is_share(indicator)
    return trend(
        series,
        title=_("Month by month"),
        unit="%" if in_shares else str(UNITS[indicator.unit]) if len({one.unit for one in told}) == 1 else "",
        bands=_bands(figure) if in_shares else [],
    )


def _point(indicator: Indicator, month: date, figures: Mapping[str, Figure], on: date) -> Point:
    day = min(month_end(month), on)
    figure = figures.get(indicator.code)
    if figure is None:
        return Point(day, None)
    return Point(day, figure.share if is_share(indicator) else _size(indicator, figure))


def _bands(figure: Shown) -> list[Band]:
    if not figure.target:
        return []
    target = Decimal(figure.target)
    label = _("Target %(target)s %%") % {"target": figure.target}
    if figure.indicator.low_is_good:
        return [Band(label, high=target)]
    return [Band(label, low=target, high=Decimal(100))]


def map_of(
    indicator: Indicator, found: Board, spots: Mapping[int, Position], pledged: Pledged
) -> Chart | None:
    """Villages at the middle of their households; where fewer than two are known there is nothing to see."""
    on = found.cut.on
    items = [
        _place(shown(indicator.code, line.figures, Links(line.area.pk, on), on, pledged), line.area, spots)
        for line in peopled(found)
        if line.area and line.area.pk in spots
    ]
    if len(items) < 2:
        return None
    return places(
        items,
        title=_("Villages by their place"),
        unit=str(indicator.name),
        first_column=_("Village"),
        legend={tone.value: str(LIGHTS[tone]) for tone in Light if tone in {item.tone for item in items}},
    )


def _place(figure: Shown, area: Area, spots: Mapping[int, Position]) -> Place:
    north, east = spots[area.pk]
    value = told(figure)
    if figure.part:
        value = f"{value} ({figure.part.text} / {figure.whole.text})"
    return Place(area.name, float(north), float(east), figure.light.value, value, figure.url)
