"""Counting villages from the facts, for those who see everything and for the others."""

from collections.abc import Iterable
from datetime import date

from healthaid.reports.indicators import INDICATORS, STATEMENTS, Indicator, quarter_so_far
from healthaid.reports.queries.figures import Figures, figures

Counted = dict[bool, dict[int, Figures]]
"""Figures by village, for each answer to "are sensitive facts seen?"; villages with nothing are absent."""

_ASKS = "%(sensitive)s"


def count(villages: Iterable[int], *, on: date, today: date) -> Counted:
    """The figures of villages as they stand on a day, from the facts. What is no secret is counted once."""
    cut = quarter_so_far(tuple(villages), on=on, today=today, sees_sensitive=True)
    everyone = figures(cut, [each for each in INDICATORS.values() if not _is_told_apart(each)])
    apart = [each for each in INDICATORS.values() if _is_told_apart(each)]
    return {
        sees: _merged(everyone, figures(cut.seen_by(sees_sensitive=sees), apart)) for sees in (True, False)
    }


def _merged(one: dict[int | None, Figures], other: dict[int | None, Figures]) -> dict[int, Figures]:
    return {village: one.get(village, {}) | other.get(village, {}) for village in {*one, *other} if village}


def _is_told_apart(indicator: Indicator) -> bool:
    texts = (indicator.whole, indicator.part, indicator.whole_sum, indicator.part_sum)
    return any(_ASKS in text for text in (STATEMENTS[indicator.fact], *texts))
