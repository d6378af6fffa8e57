"""Exact arithmetic on whole numbers: amounts in fen, rates as so many parts of a power of ten."""

from collections.abc import Iterable
from decimal import ROUND_DOWN, Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claims.policy.money import Rounding

Whole = NDArray[np.int64]
Truth = NDArray[np.bool_]
LIMIT = 2**62
HUNDRED = 100
SMALL = 2**12
NO_LIMIT = np.int64(2**53)


class DoesNotFit(ValueError):
    """The amounts and the places of the rates together are too long for 64 bits: settle one by one."""


class Scale:
    """How many parts make one. Every rate of a policy is a whole number of parts."""

    def __init__(self, rates: Iterable[Decimal], largest: int) -> None:
        places = max((-int(rate.normalize().as_tuple().exponent) for rate in rates), default=0)
        self.one = 10 ** max(places, 0)
        if max(largest, 1) * self.one > LIMIT // (4 * HUNDRED):
            raise DoesNotFit(f"{largest} fen with {places} places")

    def parts(self, rate: Decimal) -> int:
        return int(rate * self.one)

    def rounded(self, amount: Whole, how: Rounding = "half_up") -> Whole:
        """Fen out of fen times parts, never below zero."""
        unit = self.one * (HUNDRED if how.startswith("yuan") else 1)
        steps = (2 * amount + unit) // (2 * unit) if how.endswith("half_up") else amount // unit
        found: Whole = steps * HUNDRED if how.startswith("yuan") else steps
        return found


def fen(amount: Decimal) -> int:
    """An amount in fen; what is less than one is cut."""
    return int((amount * HUNDRED).quantize(Decimal(1), ROUND_DOWN))


def limit(amount: Decimal | None) -> int:
    return int(NO_LIMIT) if amount is None else fen(amount)


def summed(index: Any, amounts: Whole, length: int) -> Whole:
    """Sums by index. Sums of fen stay exact: they are far below 2 to the 53."""
    return np.rint(np.bincount(index, weights=amounts, minlength=length)).astype(np.int64)


def distinct(values: Whole) -> tuple[Whole, Whole]:
    """The values that occur, rising, and the place of each entry among them; small ones without sorting."""
    if int(values.max(initial=0)) < SMALL:
        kinds = np.flatnonzero(np.bincount(values))
        places = np.zeros(SMALL, dtype=np.int64)
        places[kinds] = np.arange(len(kinds))
        return kinds, places[values]
    kinds, place = np.unique(values, return_inverse=True)
    return kinds, place.reshape(-1)


def rank_within(account: Whole) -> Whole:
    """How many bills of the same account come before each."""
    order = np.argsort(account, kind="stable")
    ordered = account[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(ordered) else ordered
    lengths = np.diff(np.r_[starts, len(ordered)])
    rank = np.empty(len(account), dtype=np.int64)
    rank[order] = np.arange(len(account)) - np.repeat(starts, lengths)
    return rank
