"""The figures of a month, counted once and kept: what was reported stays what was reported."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from typing import Any

from core.accounts.models import Area
from core.base.periods import month_end
from healthaid.reports.documents.columns import CODES
from healthaid.reports.indicators import INDICATORS, Indicator, Slice
from healthaid.reports.queries.areas import below
from healthaid.reports.queries.board import Line, board
from healthaid.reports.queries.figures import Figures, figures, total


def frozen(*, area: Area, month: date, on: date) -> dict[str, Any]:
    """Counts as [part, whole] by indicator code, for each area below and together; dates as ISO text.

    Facts for health staff only stand in the total alone: in a village a count of one is a name. For the
    same reason no other count of the report takes them in: a difference would give them away."""
    last = min(month_end(month), on)
    under = below(area)
    cut = Slice(under.villages, last, month, last < on)
    found = board(area, under, cut, [_of(code) for code in CODES if not _of(code).health_only])
    return {
        "since": month.isoformat(),
        "on": last.isoformat(),
        "is_whole_month": last == month_end(month),
        "rows": [_row(line) for line in found.lines],
        "together": _counts(found.whole) | _counts(_for_health_staff(cut)),
        "empty": found.empty,
    }


def _for_health_staff(cut: Slice) -> Figures:
    asked = [_of(code) for code in CODES if _of(code).health_only]
    return total(figures(replace(cut, sees_sensitive=True), asked).values(), asked)


def checksum(figures: dict[str, Any]) -> str:
    text = json.dumps(figures, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _row(line: Line) -> dict[str, Any]:
    return {
        "code": line.area.code if line.area else "",
        "name": line.name,
        "figures": _counts(line.figures),
    }


def _of(code: str) -> Indicator:
    return INDICATORS[code]


def _counts(found: Figures) -> dict[str, list[int | str]]:
    return {code: figure.kept for code, figure in found.items()}
