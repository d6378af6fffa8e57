"""What goes into a chart and what comes out."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString, mark_safe

Number = int | float | Decimal


@dataclass(frozen=True)
class Point:
    """One reading; a missing value is a gap in the line, never a zero."""

    on: date
    value: Number | None


@dataclass(frozen=True)
class Series:
    """`tone` is a, b, c, d, good, warn, bad, info or quiet (css/charts.css)."""

    name: str
    points: list[Point]
    tone: str = "a"


@dataclass(frozen=True)
class Band:
    """A target, shaded from `low` to `high` in the tone of its series; an open side reaches the edge."""

    label: str
    low: Number | None = None
    high: Number | None = None
    tone: str = "a"

    @property
    def css(self) -> str:
        return f"chart-band tone-{self.tone}"


@dataclass(frozen=True)
class Row:
    label: str
    values: list[str]


@dataclass(frozen=True)
class Legend:
    mark: SafeString
    label: str


@dataclass(frozen=True)
class Chart:
    """Everything templates/components/chart.html shows: the drawing, its legend and the table behind it."""

    title: str
    svg: SafeString = field(default_factory=lambda: mark_safe(""))
    unit: str = ""
    first_column: str = ""
    columns: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    legend: list[Legend] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not self.rows


def shown(value: Number | None) -> str:
    """The number as written in a record: no added zeros, a dash when missing."""
    if value is None:
        return "–"
    text = f"{Decimal(str(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
