"""Shares in per cent, told honestly."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal


def per_cent(part: int | Decimal, whole: int | Decimal) -> Decimal | None:
    """Per cent, one decimal; 0/0 is None (n/a). All and nothing are said only of all and nothing."""
    if not whole:
        return None
    exact = Decimal(part) * 100 / Decimal(whole)
    if 0 < part < whole:
        return min(max(exact.quantize(Decimal("0.1"), ROUND_HALF_UP), Decimal("0.1")), Decimal("99.9"))
    return exact.quantize(Decimal("0.1"), ROUND_DOWN)
