"""Amounts side by side, and the parts of a whole."""

from dataclasses import dataclass
from itertools import accumulate

from django.utils.safestring import SafeString

from core.base.charts.drawing import box, joined, legend_box, listed, svg, text
from core.base.charts.model import Chart, Legend, Number, Row, shown

ROW = 44


@dataclass(frozen=True)
class Bar:
    label: str
    value: Number | None
    tone: str = "a"
    detail: str = ""


@dataclass(frozen=True)
class Share:
    label: str
    value: Number
    tone: str = "a"


def bars(
    items: list[Bar], *, title: str, unit: str, first_column: str, maximum: Number | None = None
) -> Chart:
    """Horizontal bars with the label above each, so that long names fit a phone; `maximum` is full width."""
    if not items:
        return Chart(title=title, unit=unit)
    full = float(maximum or max((float(item.value or 0) for item in items), default=0) or 1)
    body = joined(part for number, item in enumerate(items) for part in _bar(number, item, full, unit))
    return Chart(
        title=title,
        unit=unit,
        svg=svg(body, height=ROW * len(items), title=title, description=_said(items, unit)),
        first_column=first_column,
        columns=[unit or title],
        rows=[Row(item.label, [f"{shown(item.value)} {item.detail}".strip()]) for item in items],
    )


def _bar(number: int, item: Bar, full: float, unit: str) -> list[SafeString]:
    top = number * ROW
    width = min(float(item.value or 0) / full * 100, 100)
    figure = item.detail or f"{shown(item.value)} {unit}".strip()
    return [
        text(0, top + 14, item.label),
        text(100, top + 14, figure, "end", "chart-value"),
        box(0, top + 21, 100, 9, "chart-track", 4),
        box(0, top + 21, width, 9, f"chart-bar tone-{item.tone}", 4),
    ]


def _said(items: list[Bar], unit: str) -> str:
    return listed(f"{item.label} {shown(item.value)} {unit}".strip() for item in items)


def stacked_share(parts: list[Share], *, title: str, unit: str, first_column: str) -> Chart:
    """One bar cut into the parts of a whole, in the order given; empty when the whole is zero."""
    whole = sum(float(part.value) for part in parts)
    if not whole:
        return Chart(title=title, unit=unit)
    widths = [float(part.value) / whole * 100 for part in parts]
    starts = [0.0, *accumulate(widths)]
    body = joined(
        box(start, 2, max(width - 0.4, 0.1), 22, f"chart-bar tone-{part.tone}", 2)
        for part, start, width in zip(parts, starts, widths, strict=False)
        if part.value
    )
    return Chart(
        title=title,
        unit=unit,
        svg=svg(
            body,
            height=26,
            title=title,
            description=listed(_share(p, w, unit) for p, w in zip(parts, widths, strict=True)),
        ),
        first_column=first_column,
        columns=[unit, "%"],
        rows=[Row(p.label, [shown(p.value), f"{w:.1f}"]) for p, w in zip(parts, widths, strict=True)],
        legend=[
            Legend(legend_box(f"chart-bar tone-{p.tone}"), _share(p, w, unit))
            for p, w in zip(parts, widths, strict=True)
        ],
    )


def _share(part: Share, width: float, unit: str) -> str:
    return f"{part.label} {shown(part.value)} {unit} · {width:.0f} %"
