"""The figures of a month, counted once and kept: what was reported stays what was reported."""

import hashlib
import json
from datetime import date
from typing import Any

from core.accounts.models import Area
from core.base.periods import month_end
from healthaid.reports.documents.columns import CODES
from healthaid.reports.indicators import INDICATORS, Indicator, Slice
from healthaid.reports.queries.areas import below
from healthaid.reports.queries.board import Line, board
from healthaid.reports.queries.figures import Figures


def frozen(*, area: Area, month: date, on: date) -> dict[str, Any]:
    """Counts as [part, whole] by indicator code, for each area below and together; dates as ISO text.

    Facts for health staff only stand in the total alone: in a village a count of one is a name."""
    last = min(month_end(month), on)
    under = below(area)
    cut = Slice(under.villages, last, month, last < on, sees_sensitive=True)
    found = board(area, under, cut, [INDICATORS[code] for code in CODES])
    return {
        "since": month.isoformat(),
        "on": last.isoformat(),
        "is_whole_month": last == month_end(month),
        "rows": [_row(line) for line in found.lines],
        "together": _counts(found.whole, list(CODES)),
        "empty": found.empty,
    }


def checksum(figures: dict[str, Any]) -> str:
    text = json.dumps(figures, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _row(line: Line) -> dict[str, Any]:
    codes = [code for code in CODES if not _of(code).health_only]
    return {
        "code": line.area.code if line.area else "",
        "name": line.name,
        "figures": _counts(line.figures, codes),
    }


def _of(code: str) -> Indicator:
    return INDICATORS[code]


def _counts(figures: Figures, codes: list[str]) -> dict[str, list[int]]:
    return {code: [figures[code].part, figures[code].whole] for code in codes if code in figures}
