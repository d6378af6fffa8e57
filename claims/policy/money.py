"""Money is Decimal yuan with two places; each layer rounds once, by the step its document names."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Literal

Rounding = Literal["half_up", "floor", "yuan_half_up", "yuan_floor"]
"""half_up and floor round to the cent, the other two to the whole yuan."""

ZERO = Decimal("0.00")
CENT = Decimal("0.01")
YUAN = Decimal(1)
RATIO = Decimal("0.000001")


def rounded(amount: Decimal, how: Rounding = "half_up") -> Decimal:
    """This will round an amount by the step of its layer; the result always has two places."""
    if how == "half_up":
        return amount.quantize(CENT, ROUND_HALF_UP)
    if how == "floor":
        return amount.quantize(CENT, ROUND_DOWN)
    whole = amount.quantize(YUAN, ROUND_HALF_UP if how == "yuan_half_up" else ROUND_DOWN)
    return whole.quantize(CENT)


def ratio(part: Decimal, whole: Decimal) -> Decimal | None:
    """This will divide and cut after six places: just below a line is never shown on it. None for 0/0."""
    return (part / whole).quantize(RATIO, ROUND_DOWN) if whole else None
