"""Bands: marginal or whole bracket, edges on the whole amount or above the deductible (DOMAIN B3.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from claims.policy.layers import Band
from claims.policy.money import ZERO

Mode = Literal["marginal", "whole_bracket"]
Origin = Literal["gross", "net"]
UpperEdge = Literal["inclusive", "exclusive"]


@dataclass(frozen=True, slots=True)
class Slice:
    """One band's part of an amount; `upto` is None in the last band."""

    above: Decimal
    upto: Decimal | None
    rate: Decimal
    part: Decimal

    @property
    def pay(self) -> Decimal:
        return self.part * self.rate


def by_bands(
    bands: Sequence[Band], amount: Decimal, deductible: Decimal, mode: Mode, origin: Origin, edge: UpperEdge
) -> list[Slice]:
    """This will cut an amount into the bands that pay for it.

    gross: the edges lie on the whole amount and the deductible eats from the lowest band; net: the edges are
    counted above the deductible. whole_bracket puts everything above the deductible into one band.
    """
    if amount <= deductible:
        return []
    start = ZERO if origin == "net" else deductible
    top = amount - deductible if origin == "net" else amount
    if mode == "whole_bracket":
        return [_bracket(bands, top, amount - deductible, edge)]
    found = []
    above = ZERO
    for band in bands:
        upper = top if band.upto is None else min(band.upto, top)
        part = upper - max(above, start)
        if part > 0:
            found.append(Slice(above, band.upto, band.rate, part))
        if band.upto is None or band.upto >= top:
            break
        above = band.upto
    return found


def _bracket(bands: Sequence[Band], top: Decimal, part: Decimal, edge: UpperEdge) -> Slice:
    above = ZERO
    for band in bands:
        if band.upto is None or top < band.upto or (edge == "inclusive" and top == band.upto):
            return Slice(above, band.upto, band.rate, part)
        above = band.upto
    return Slice(above, None, ZERO, part)
