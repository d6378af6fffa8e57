"""Tables with one row for each area below: what the indicators count, and what stays in hospital cost."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from core.accounts.models import Level
from healthaid.reports.documents.model import Asked, Counted
from healthaid.reports.indicators import INDICATORS, Indicator, Slice
from healthaid.reports.queries.areas import Below, below
from healthaid.reports.queries.board import Line, board
from healthaid.reports.queries.figures import Figures, figures, total
from healthaid.reports.queries.tables.bills import stays_by_village
from healthaid.reports.queries.tables.sums import Values, added


def by_area(
    asked: Asked, codes: Sequence[str], *, with_stays: bool = False, every_care: bool = False
) -> Counted:
    """Counts as [part, whole] by indicator code, for each area below (in a village: each team) and together.

    Facts for health staff only stand in the total alone: in a village a count of one is a name. For the
    same reason no other count of the report takes them in: a difference would give them away."""
    under = below(asked.area)
    cut = Slice(under.villages, asked.last, asked.since, asked.last < asked.on, asked.sees_sensitive)
    found = board(asked.area, under, cut, [each for each in _named(codes) if not each.health_only])
    stays = _stays(asked, under, every_care) if with_stays else {}
    counted: Counted = {
        "rows": [_row(line, stays.get(line.area.pk if line.area else 0, {})) for line in found.lines],
        "together": _counts(found.whole) | _counts(_for_health_staff(cut, codes)),
        "empty": found.empty,
    }
    if with_stays:
        counted["together"] |= added(stays.values())
    return counted


def _named(codes: Sequence[str]) -> list[Indicator]:
    return [INDICATORS[code] for code in codes if code in INDICATORS]


def _for_health_staff(cut: Slice, codes: Sequence[str]) -> Figures:
    asked = [each for each in _named(codes) if each.health_only]
    return total(figures(replace(cut, sees_sensitive=True), asked).values(), asked)


def _stays(asked: Asked, under: Below, every_care: bool) -> dict[int, Values]:
    """By child area; in a village, whose rows are teams, under 0 for the total alone."""
    found = stays_by_village(
        under.villages,
        since=asked.since,
        last=asked.last,
        every_care=every_care,
        sees_sensitive=asked.sees_sensitive,
    )
    if asked.area.level == Level.VILLAGE:
        return {-1: added(found.values())}
    parts: dict[int, list[Values]] = defaultdict(list)
    for village, values in found.items():
        parts[under.child_of[village]].append(values)
    return {child.pk: added(parts[child.pk] or [{}]) for child in under.children}


def _row(line: Line, stays: Values) -> dict[str, Any]:
    return {
        "code": line.area.code if line.area else "",
        "area": line.area.pk if line.area else None,
        "team": line.team,
        "name": line.name,
        "figures": _counts(line.figures) | stays,
    }


def _counts(found: Figures) -> dict[str, list[int | str]]:
    return {code: figure.kept for code, figure in found.items()}
