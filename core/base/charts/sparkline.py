"""A trend the size of a word, for a table or a list."""

from itertools import pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.base.charts.drawing import at, joined, line
from core.base.charts.model import Number, shown

TOP, BOTTOM = 4.0, 24.0


def sparkline(values: list[Number | None], *, label: str, tone: str = "a") -> SafeString:
    """Evenly spaced values, the last one dotted; a gap stays a gap. `label` names it for a screen reader."""
    known = [float(value) for value in values if value is not None]
    if not known:
        return mark_safe("")
    spread = (max(known) - min(known)) or 1.0
    places = [
        (
            4 + 92 * number / max(len(values) - 1, 1),
            BOTTOM - (float(value) - min(known)) / spread * (BOTTOM - TOP),
        )
        for number, value in enumerate(values)
        if value is not None
    ]
    strokes = joined(
        line(x1, y1, x2, y2, f"chart-line tone-{tone}") for (x1, y1), (x2, y2) in pairwise(places)
    )
    x, y = places[-1]
    said = f"{label}: {', '.join(shown(value) for value in values)}"
    return format_html(
        '<svg class="sparkline" width="96" height="28" role="img" aria-label="{}">{}'
        '<circle class="chart-dot tone-{}" cx="{}" cy="{}" r="3"></circle></svg>',
        said,
        strokes,
        tone,
        at(x),
        at(y, ""),
    )
