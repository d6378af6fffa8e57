"""A slogan with what becomes of each of its items."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from healthaid.reports.indicators import INDICATORS, Indicator, Light
from healthaid.reports.presenters.figures import Pledged, Shown, shown
from healthaid.reports.presenters.links import Links
from healthaid.reports.queries.board import Board
from healthaid.reports.slogans.library import Item, Slogan


@dataclass(frozen=True)
class Told:
    """One item: its figure, or a page that shows it, or neither where nothing is kept of it."""

    title: str
    shown: Shown | None
    page: str


def indicators(slogans: list[Slogan], *, sees_sensitive: bool) -> list[Indicator]:
    codes = dict.fromkeys(item.indicator for slogan in slogans for item in slogan.items if item.indicator)
    return [INDICATORS[code] for code in codes if sees_sensitive or not INDICATORS[code].health_only]


def title_of(slogan: Slogan) -> str:
    return slogan.title.get(get_language() or "zh-hans")


def told(slogan: Slogan, found: Board, pledged: Pledged, seen: list[Indicator]) -> list[Told]:
    codes = {indicator.code for indicator in seen}
    return [_told(item, found, pledged, codes) for item in slogan.items]


def summary(code: str, slogan: Slogan, items: list[Told]) -> dict[str, Any]:
    """How many items have a figure with a target, and how many of these are on it."""
    judged = [item.shown for item in items if item.shown and item.shown.light != Light.QUIET]
    return {
        "code": code,
        "title": title_of(slogan),
        "items": len(slogan.items),
        "judged": len(judged),
        "good": sum(1 for figure in judged if figure.light == Light.GOOD),
        "bad": sum(1 for figure in judged if figure.light == Light.BAD),
    }


def _told(item: Item, found: Board, pledged: Pledged, codes: set[str]) -> Told:
    links = Links(found.area.pk, found.cut.on)
    figure = (
        shown(item.indicator, found.whole, links, found.cut.on, pledged) if item.indicator in codes else None
    )
    return Told(item.title.get(get_language() or "zh-hans"), figure, _page(item.page))


def _page(name: str) -> str:
    try:
        return reverse(name) if name else ""
    except NoReverseMatch:
        return ""
