"""Whether what is kept is what one counts: a sample every night, from the facts."""

import logging
from collections.abc import Iterable
from datetime import date
from random import Random
from typing import Any

from core.accounts.models import Area, Level
from core.base.periods import month_start
from healthaid.reports.indicators import NOTHING
from healthaid.reports.models import Summary
from healthaid.reports.queries.changes import changed, seal
from healthaid.reports.queries.figures import Figures, together
from healthaid.reports.queries.summaries import figures_of
from healthaid.reports.services.summaries.counting import Counted, count

log = logging.getLogger(__name__)
SAMPLE = 40


def check_sample(*, on: date, size: int = SAMPLE) -> dict[str, Any]:
    """Counts some villages from the facts beside what is kept for them; which codes differ where.

    Other villages each day. What has changed since it was kept is left out: nobody takes it for counted."""
    kept = _kept(on)
    villages = sorted({row.area_id for row in kept} - _changed(on))
    chosen = Random(on.toordinal()).sample(villages, min(size, len(villages)))  # noqa: S311 - no secret
    counted = count(chosen, on=on, today=on)
    differences = [
        {"area": row.area_id, "sees_sensitive": row.sees_sensitive, "codes": codes}
        for row in kept
        if row.area_id in set(chosen) and (codes := differing(row, counted))
    ]
    if differences:
        log.error("kept figures differ from counted ones: %s", differences)
    return {"villages": len(chosen), "differences": differences}


def differing(row: Summary, counted: Counted) -> list[str]:
    """Codes whose kept figure is not the counted one."""
    teams = counted[row.sees_sensitive].get(row.area_id, {})
    kept, found = figures_of(row.figures), together(teams.values())
    return sorted(code for code in {*kept, *found} if _of(kept, code) != _of(found, code))


def _of(figures: Figures, code: str) -> Any:
    return figures.get(code, NOTHING)


def _kept(on: date) -> list[Summary]:
    found = Summary.objects.filter(month=month_start(on), on=on, seal=seal(), area__level=Level.VILLAGE)
    return list(found.order_by("area", "sees_sensitive"))


def _changed(on: date) -> set[int]:
    counties: Iterable[int] = Area.objects.filter(level=Level.COUNTY).values_list("pk", flat=True)
    return changed(counties=counties, on=on)
