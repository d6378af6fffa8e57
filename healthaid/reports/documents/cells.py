"""What stands in one cell of an office's table."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import get_language, pgettext

from core.base.shares import per_cent
from healthaid.reports.documents.model import Column, Counted, Take
from healthaid.reports.indicators import INDICATORS

NO_DATA = "—"
HIDDEN = "*"
SMALL = 5
FEN, WAN = Decimal("0.01"), Decimal(10_000)
Value = int | Decimal | str


def value(column: Column, counts: Counted) -> Value:
    """A count, a sum, a share in per cent, words, or a dash where there is nothing to say.

    Never a zero for "not known"."""
    found = counts.get(column.code)
    if column.take == Take.NOTHING or found is None:
        return NO_DATA
    if found == HIDDEN:
        return HIDDEN
    if column.code == "circle" and _is_unmeasured(counts):
        return NO_DATA
    if isinstance(found, list) and column.take != Take.WORDS:
        return _of_pair(column, found)
    return _of_one(column, found)


def _of_pair(column: Column, pair: list[Any]) -> Value:
    part, whole = pair
    needed = {Take.PART: [part], Take.WHOLE: [whole]}.get(column.take, pair)
    if HIDDEN in needed:
        return HIDDEN
    if _is_small(column, whole):
        return f"<{SMALL}"
    if column.take == Take.SHARE:
        share = _share(part, whole)
        return NO_DATA if share is None else share
    taken = {Take.PART: part, Take.WHOLE: whole}.get(column.take)
    return _money(taken) if isinstance(part, str) else (whole - part if taken is None else taken)


def _of_one(column: Column, found: Any) -> Value:
    if column.take == Take.WORDS:
        return _words(column, found) or NO_DATA
    if column.take == Take.YUAN:
        return _money(found)
    if column.take == Take.WAN:
        return (Decimal(found) / WAN).quantize(FEN, ROUND_HALF_UP)
    return int(found)


def _share(part: Any, whole: Any) -> Decimal | None:
    """Of yuan as of counts: in fen, so that nothing is lost."""
    if isinstance(part, str):
        return per_cent(int(Decimal(part) * 100), int(Decimal(whole) * 100))
    return per_cent(part, whole)


def _is_small(column: Column, whole: Any) -> bool:
    indicator = INDICATORS.get(column.code)
    return bool(indicator and indicator.health_only and 0 < whole < SMALL)


def _money(amount: Any) -> Decimal:
    return Decimal(amount).quantize(FEN)


def _words(column: Column, found: Any) -> str:
    if isinstance(found, dict):
        return str(found[(get_language() or "zh")[:2]])
    named = dict(column.words.choices) if column.words else {}
    if isinstance(found, list):
        return pgettext("between items", ", ").join(str(named.get(each, each)) for each in found)
    return str(named.get(found, found))


def _is_unmeasured(counts: Counted) -> bool:
    residents = counts["residents"][1]
    return bool(residents) and counts["unmeasured"][1] == residents
