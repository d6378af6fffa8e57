"""States over time, such as stable or not: one line of the paper for each state, the best on top."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.safestring import SafeString

from core.base.charts.drawing import joined, line, marker, svg, text
from core.base.charts.model import Chart, Row
from core.base.charts.scale import Days, day_label, month_label

TOP, BETWEEN, BELOW = 34.0, 44.0, 26.0
LABEL_ABOVE = 8


@dataclass(frozen=True)
class Level:
    """`tone` as in Series."""

    name: str
    tone: str


@dataclass(frozen=True)
class Reached:
    """Which of the levels, counted from 0 at the top, was found on a day."""

    on: date
    level: int


def levels(known: Sequence[Level], reached: Sequence[Reached], *, title: str, column: str) -> Chart:
    """The level found at each visit, joined in order of days; empty without one. Names stand on the paper,
    so that nothing rests on colour alone; `column` heads the table behind."""
    points = sorted(reached, key=lambda point: point.on)
    if not points:
        return Chart(title=title)
    days = Days(points[0].on, points[-1].on)
    height = TOP + BETWEEN * (len(known) - 1) + BELOW + 8
    body = joined([*_paper(known), *_days(days, height), *_path(known, points, days)])
    latest = points[-1]
    said = f"{known[latest.level].name} ({day_label(latest.on)}, {len(points)})"
    return Chart(
        title=title,
        svg=svg(body, height=round(height), title=title, description=said),
        columns=[column],
        rows=[Row(day_label(point.on), [known[point.level].name]) for point in reversed(points)],
    )


def _y(level: int) -> float:
    return TOP + BETWEEN * level


def _paper(known: Sequence[Level]) -> list[SafeString]:
    drawn = []
    for place, level in enumerate(known):
        drawn.append(line(0, _y(place), 100, _y(place), "chart-grid"))
        drawn.append(text(0, _y(place) - LABEL_ABOVE, level.name, css="chart-halo"))
    return drawn


def _days(days: Days, height: float) -> list[SafeString]:
    ticks = days.ticks()
    ends = {0: "start", len(ticks) - 1: "end"} if len(ticks) > 1 else {}
    return [
        text(days.x(day), height - 6, month_label(day), ends.get(place, "middle"))
        for place, day in enumerate(ticks)
    ]


def _path(known: Sequence[Level], points: Sequence[Reached], days: Days) -> list[SafeString]:
    places = [(point, days.x(point.on), _y(point.level)) for point in points]
    drawn = [line(x1, y1, x2, y2, "chart-line tone-quiet") for (_a, x1, y1), (_b, x2, y2) in pairwise(places)]
    for point, x, y in places:
        level = known[point.level]
        tip = f"{day_label(point.on)} {level.name}"
        drawn.append(marker(point.level, x, y, f"tone-{level.tone}", tip))
    return drawn
