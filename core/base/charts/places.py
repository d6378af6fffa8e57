"""Places by their coordinates, without a map behind: where it is well and where it is not."""

from dataclasses import dataclass
from math import cos, radians

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.base.charts.drawing import at, joined
from core.base.charts.model import Chart, Legend, Row

WIDTH, MARGIN, LEAST, MOST = 400.0, 26.0, 180.0, 380.0
# Shape as well as colour: a dot, a square, a triangle pointing up, a ring.
_SHAPES = {
    "good": '<circle class="chart-dot tone-good" cx="0" cy="0" r="6"></circle>',
    "warn": '<rect class="chart-dot tone-warn" x="-6" y="-6" width="12" height="12"></rect>',
    "bad": '<path class="chart-dot tone-bad" d="M0 -8 8 6 -8 6Z"></path>',
    "quiet": '<circle class="chart-dot-hollow tone-quiet" cx="0" cy="0" r="5"></circle>',
}
_NAMED = ("bad", "warn")


@dataclass(frozen=True)
class Place:
    """`tone` is good, warn, bad or quiet; `value` stands in the table, `url` is where the mark leads."""

    label: str
    north: float
    east: float
    tone: str
    value: str
    url: str = ""


def places(items: list[Place], *, title: str, unit: str, first_column: str, legend: dict[str, str]) -> Chart:
    """Each place as a mark at its place, north up; those that are not well are named where there is room."""
    if not items:
        return Chart(title=title, unit=unit)
    spots, height = _spots(items)
    order = sorted(range(len(items)), key=lambda n: _rank(items[n]), reverse=True)
    body = [_mark(items[n], *spots[n]) for n in order]
    body += _names(items, spots, [n for n in reversed(order) if items[n].tone in _NAMED])
    return Chart(
        title=title,
        unit=unit,
        svg=format_html(
            '<svg class="chart-svg chart-map" viewBox="0 0 {} {}" role="group" aria-label="{}">{}</svg>',
            round(WIDTH),
            round(height),
            title,
            joined(body),
        ),
        first_column=first_column,
        columns=[unit or title],
        rows=[Row(item.label, [item.value]) for item in sorted(items, key=_rank)],
        legend=[Legend(_key(tone), word) for tone, word in legend.items()],
    )


def _rank(item: Place) -> int:
    return ("bad", "warn", "good", "quiet").index(item.tone)


def _spots(items: list[Place]) -> tuple[list[tuple[float, float]], float]:
    """Where each place stands on the paper, at one scale in both directions."""
    shrink = cos(radians(sum(item.north for item in items) / len(items)))
    easts = [item.east * shrink for item in items]
    norths = [item.north for item in items]
    wide, high = max(easts) - min(easts) or 0.001, max(norths) - min(norths) or 0.001
    scale = min((WIDTH - 2 * MARGIN) / wide, (MOST - 2 * MARGIN) / high)
    height = max(high * scale + 2 * MARGIN, LEAST)
    left, top = (WIDTH - wide * scale) / 2, (height - high * scale) / 2
    spots = [
        (left + (east - min(easts)) * scale, top + (max(norths) - north) * scale)
        for east, north in zip(easts, norths, strict=True)
    ]
    return spots, height


def _mark(item: Place, x: float, y: float) -> SafeString:
    said = f"{item.label} {item.value}"
    inner = format_html(
        '<g transform="translate({} {})"><title>{}</title>'
        '<circle class="chart-reach" cx="0" cy="0" r="13"></circle>{}</g>',
        *(at(x, ""), at(y, ""), said, mark_safe(_SHAPES[item.tone])),
    )
    return format_html('<a href="{}" aria-label="{}">{}</a>', item.url, said, inner) if item.url else inner


def _names(items: list[Place], spots: list[tuple[float, float]], order: list[int]) -> list[SafeString]:
    """Names beside their marks, the worst first; one that would lie on another or on a mark is left to the
    table."""
    taken = [(x - 7, x + 7, y) for x, y in spots]
    drawn = []
    for number in order:
        (x, y), label = spots[number], items[number].label
        wide = sum(10.0 if ord(letter) > 255 else 5.5 for letter in label)
        for start in (x + 9, x - 9 - wide):
            if start >= 0 and start + wide <= WIDTH and _is_free(start, start + wide, y, taken):
                taken.append((start, start + wide, y))
                drawn.append(_name(start, y + 3.5, label))
                break
    return drawn


def _is_free(start: float, end: float, y: float, taken: list[tuple[float, float, float]]) -> bool:
    return all(abs(y - at_y) > 11 or start > right or end < left for left, right, at_y in taken)


def _name(x: float, y: float, label: str) -> SafeString:
    return format_html(
        '<text class="chart-halo" x="{}" y="{}" aria-hidden="true">{}</text>', at(x, ""), at(y, ""), label
    )


def _key(tone: str) -> SafeString:
    return format_html(
        '<svg width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true">{}</svg>',
        mark_safe(_SHAPES[tone]),
    )
