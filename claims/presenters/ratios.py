"""Shares of money in per cent, never rounded up to a target that was missed."""

from decimal import ROUND_DOWN, Decimal

from django.utils.translation import get_language

from core.base.texts import Text


def ratio(part: Decimal, whole: Decimal) -> str:
    """One decimal, cut off; n/a where there is no whole."""
    if not whole:
        return "—"
    share = (Decimal(part) * 100 / whole).quantize(Decimal("0.1"), ROUND_DOWN)
    return f"{share:f} %"


def in_language(text: Text) -> str:
    return text.get(get_language() or "zh-hans")
