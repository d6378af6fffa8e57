"""The few SVG marks the charts are made of. Attributes only: the security policy allows no inline style."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


def at(value: float, unit: str = "%") -> str:
    """A coordinate, rounded so that the page stays small."""
    return f"{value:.2f}".rstrip("0").rstrip(".") + unit


def joined(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))


def line(x1: float, y1: float, x2: float, y2: float, css: str) -> SafeString:
    return format_html(
        '<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"></line>',
        css,
        at(x1),
        at(y1, ""),
        at(x2),
        at(y2, ""),
    )


def box(x: float, y: float, width: float, height: float, css: str, radius: int = 0) -> SafeString:
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="{}"></rect>',
        css,
        at(x),
        at(y, ""),
        at(width),
        at(height, ""),
        radius,
    )


def text(x: float, y: float, words: str, anchor: str = "start", css: str = "") -> SafeString:
    return format_html(
        '<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>', css, at(x), at(y, ""), anchor, words
    )


def marker(index: int, x: float, y: float, css: str, tip: str = "") -> SafeString:
    """A dot, a square or a hollow dot for the first, second and third series: shape as well as colour."""
    title = format_html("<title>{}</title>", tip) if tip else mark_safe("")
    if index == 1:
        return format_html(
            '<rect class="chart-dot {}" x="{}" y="{}" width="7" height="7"'
            ' transform="translate(-3.5 -3.5)">{}</rect>',
            css,
            at(x),
            at(y, ""),
            title,
        )
    shape = "chart-dot-hollow" if index > 1 else "chart-dot"
    return format_html(
        '<circle class="{} {}" cx="{}" cy="{}" r="4">{}</circle>', shape, css, at(x), at(y, ""), title
    )


def legend_mark(index: int, css: str) -> SafeString:
    return format_html(
        '<svg width="14" height="14" aria-hidden="true">{}</svg>',
        marker(index, 50, 7, css),
    )


def legend_box(css: str) -> SafeString:
    return format_html(
        '<svg width="14" height="14" aria-hidden="true">'
        '<rect class="{}" width="14" height="14" rx="3"></rect></svg>',
        css,
    )


def svg(body: SafeString, *, height: int, title: str, description: str) -> SafeString:
    """A whole drawing with its name and its description for a screen reader."""
    return format_html(
        '<svg class="chart-svg" width="100%" height="{}" role="img"><title>{}</title><desc>{}</desc>{}</svg>',
        height,
        title,
        description,
        body,
    )


def listed(sentences: Iterable[str]) -> str:
    return str(format_html_join("; ", "{}", ((sentence,) for sentence in sentences)))
