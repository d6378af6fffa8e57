"""Readings over time: lines with their target band."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.base.charts.drawing import box, joined, legend_box, legend_mark, line, listed, marker, svg, text
from core.base.charts.model import Band, Chart, Legend, Number, Point, Row, Series, shown
from core.base.charts.scale import Days, Vertical, day_label, month_label, vertical

HEIGHT = 176
TOP, BOTTOM = 18.0, 148.0
Reading = tuple[date, Number | None, Number | None]


def trend(
    series: list[Series], *, title: str, unit: str, bands: Iterable[Band] = (), description: str = ""
) -> Chart:
    """One line per series over the days of its points, the target shaded behind; empty without a reading."""
    bands = list(bands)
    points = [point for one in series for point in one.points if point.value is not None]
    if not points:
        return Chart(title=title, unit=unit)
    days = Days(min(point.on for point in points), max(point.on for point in points))
    scale = vertical(_values(points, bands), top=TOP, bottom=BOTTOM)
    body = joined(
        [
            *_bands(bands, scale),
            *_grid(scale, days),
            *_targets(bands, scale),
            *_lines(series, scale, days, unit),
        ]
    )
    return Chart(
        title=title,
        unit=unit,
        svg=svg(body, height=HEIGHT, title=title, description=description or _latest(series, unit)),
        columns=[one.name for one in series],
        rows=_rows(series),
        legend=_legend(series, bands),
    )


def blood_pressure_trend(
    readings: Iterable[Reading], *, systolic_target: Number, diastolic_target: Number
) -> Chart:
    """`readings` are (day, systolic, diastolic) in mmHg; under control is below both targets."""
    rows = list(readings)
    series = [
        Series(_("Systolic"), [Point(on, high) for on, high, _low in rows], "a"),
        Series(_("Diastolic"), [Point(on, low) for on, _high, low in rows], "b"),
    ]
    above = {"value": shown(systolic_target)}
    below = {"value": shown(diastolic_target)}
    bands = [
        Band(_("Systolic target below %(value)s") % above, low=diastolic_target, high=systolic_target),
        Band(_("Diastolic target below %(value)s") % below, high=diastolic_target, tone="b"),
    ]
    return trend(series, title=_("Blood pressure"), unit="mmHg", bands=bands)


def glucose_trend(readings: Iterable[tuple[date, Number | None]], *, low: Number, high: Number) -> Chart:
    """`readings` are (day, fasting glucose in mmol/L); under control from above `low` to below `high`."""
    series = [Series(_("Fasting glucose"), [Point(on, value) for on, value in readings], "a")]
    label = _("Target %(low)s to %(high)s") % {"low": shown(low), "high": shown(high)}
    return trend(series, title=_("Fasting glucose"), unit="mmol/L", bands=[Band(label, low=low, high=high)])


def _values(points: list[Point], bands: list[Band]) -> list[float]:
    edges = [edge for band in bands for edge in (band.low, band.high) if edge is not None]
    return [float(value) for value in [*(point.value for point in points), *edges] if value is not None]


def _bands(bands: list[Band], scale: Vertical) -> list[SafeString]:
    drawn = []
    for band in bands:
        upper = scale.y(float(band.high)) if band.high is not None else scale.top
        lower = scale.y(float(band.low)) if band.low is not None else scale.bottom
        drawn.append(box(0, upper, 100, lower - upper, band.css))
    return drawn


def _targets(bands: list[Band], scale: Vertical) -> list[SafeString]:
    return [_target(edge, band, scale) for band in bands for edge in _own_edges(band, bands)]


def _own_edges(band: Band, bands: list[Band]) -> list[Number]:
    """The limits of a target; where one band stands on another, the limit belongs to the lower one."""
    taken = {other.high for other in bands if other is not band}
    return [
        edge
        for edge in (band.low, band.high)
        if edge is not None and not (edge == band.low and edge in taken)
    ]


def _target(edge: Number, band: Band, scale: Vertical) -> SafeString:
    y = scale.y(float(edge))
    return line(0, y, 100, y, f"chart-target tone-{band.tone}")


def _grid(scale: Vertical, days: Days) -> list[SafeString]:
    drawn = []
    for tick in scale.ticks():
        css = "chart-base" if tick == scale.low else "chart-grid"
        drawn.append(line(0, scale.y(tick), 100, scale.y(tick), css))
        drawn.append(text(0, scale.y(tick) - 4, shown(round(tick, 4)), css="chart-halo"))
    ticks = days.ticks()
    for number, day in enumerate(ticks):
        anchor = (
            "middle" if len(ticks) == 1 or 0 < number < len(ticks) - 1 else "start" if number == 0 else "end"
        )
        drawn.append(text(days.x(day), HEIGHT - 8, month_label(day), anchor))
    return drawn


def _lines(series: list[Series], scale: Vertical, days: Days, unit: str) -> list[SafeString]:
    drawn: list[SafeString] = []
    for index, one in enumerate(series):
        places = [(p, days.x(p.on), scale.y(float(p.value))) for p in _sorted(one) if p.value is not None]
        css = f"tone-{one.tone}"
        drawn += [
            line(x1, y1, x2, y2, f"chart-line {css}") for (_a, x1, y1), (_b, x2, y2) in pairwise(places)
        ]
        drawn += [
            marker(index, x, y, css, f"{day_label(p.on)} {one.name} {shown(p.value)} {unit}")
            for p, x, y in places
        ]
        if places:
            drawn.append(_last_value(*places[-1]))
    return drawn


def _last_value(point: Point, x: float, y: float) -> SafeString:
    return text(min(x, 96), y - 9, shown(point.value), "middle", "chart-value chart-halo")


def _sorted(one: Series) -> list[Point]:
    return sorted(one.points, key=lambda point: point.on)


def _rows(series: list[Series]) -> list[Row]:
    """Newest first, one row per day; two readings of one day stand in two rows."""
    table: dict[tuple[date, int], list[str]] = {}
    for column, one in enumerate(series):
        seen: dict[date, int] = {}
        for point in _sorted(one):
            seen[point.on] = seen.get(point.on, -1) + 1
            row = table.setdefault((point.on, seen[point.on]), ["–"] * len(series))
            row[column] = shown(point.value)
    return [Row(day_label(on), values) for (on, _turn), values in sorted(table.items(), reverse=True)]


def _legend(series: list[Series], bands: list[Band]) -> list[Legend]:
    lines = [Legend(legend_mark(index, f"tone-{one.tone}"), one.name) for index, one in enumerate(series)]
    return lines + [Legend(legend_box(band.css), band.label) for band in bands]


def _latest(series: list[Series], unit: str) -> str:
    sentences = []
    for one in series:
        known = [point for point in _sorted(one) if point.value is not None]
        if known:
            sentences.append(
                f"{one.name} {shown(known[-1].value)} {unit} ({day_label(known[-1].on)}, {len(known)})"
            )
    return listed(sentences)
