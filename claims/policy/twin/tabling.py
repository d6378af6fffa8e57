"""The parameters of a layer as tables: a row for each hospital level, highest level and set of modifiers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from claims.policy.facts import LEVELS
from claims.policy.kinds import Layer, Rate, Split
from claims.policy.layers import Measured
from claims.policy.money import rounded
from claims.policy.schema import Policy
from claims.policy.terms import Terms, terms_at
from claims.policy.twin.asking import Known, holds
from claims.policy.twin.whole import NO_LIMIT, Scale, Truth, Whole, distinct, fen, limit

LEVEL_BITS = 3
LIMITS = ("base_ceiling", "base_month", "ceiling_visit", "ceiling_month", "ceiling_year")


@dataclass(frozen=True)
class Tabled:
    """A layer ready for many bills. `row` of a bill plus its highest level of the year finds its terms."""

    layer: Layer
    eligible: Truth
    row: Whole
    terms: list[Terms]

    def at(self, turn: Whole, highest: Whole) -> Whole:
        """The row of terms of each bill of a turn."""
        found: Whole = self.row[turn] * len(LEVELS) + highest
        return found

    @cached_property
    def deductible(self) -> Whole:
        return _column(fen(rounded(terms.deductible)) for terms in self.terms)

    @cached_property
    def cap(self) -> Whole:
        return _column(fen(terms.cap or Decimal(0)) for terms in self.terms)

    @cached_property
    def limits(self) -> dict[str, Whole]:
        """Only those that some row sets."""
        found = {name: _column(limit(getattr(terms, name)) for terms in self.terms) for name in LIMITS}
        return {name: column for name, column in found.items() if (column < NO_LIMIT).any()}

    def shares(self, name: str, scale: Scale) -> Whole:
        return _column(scale.parts(getattr(terms, name)) for terms in self.terms)

    def bands(self, scale: Scale) -> tuple[Whole, Whole]:
        """Upper edges and rates: a row for each row of terms, the last band open."""
        width = max(len(terms.bands) for terms in self.terms)
        edges = np.full((len(self.terms), width), NO_LIMIT, dtype=np.int64)
        rates = np.zeros((len(self.terms), width), dtype=np.int64)
        for place, terms in enumerate(self.terms):
            for number, band in enumerate(terms.bands):
                edges[place, number] = limit(band.upto)
                rates[place, number] = scale.parts(band.rate)
        return edges, rates


def tabled(layer: Layer, known: Known) -> Tabled:
    """This will find which bills a layer is for, and its terms for each kind of bill among them."""
    kind = known.columns.level.codes.copy()
    for place, one in enumerate(layer.adjust):
        kind |= holds(one.when, known).astype(np.int64) << (LEVEL_BITS + place)
    kinds, row = distinct(kind)
    terms = [
        terms_at(layer, LEVELS[number % 2**LEVEL_BITS], highest, _held(number, len(layer.adjust)))
        for number in map(int, kinds)
        for highest in LEVELS
    ]
    return Tabled(layer, holds(layer.when, known), row, terms)


def _held(number: int, adjusts: int) -> tuple[bool, ...]:
    return tuple(bool(number >> (LEVEL_BITS + place) & 1) for place in range(adjusts))


def scale_of(policy: Policy, tables: list[Tabled], largest: int) -> Scale:
    """This will take as many places as the finest rate has. Raises DoesNotFit."""
    return Scale(_rates(policy, tables), largest)


def _rates(policy: Policy, tables: list[Tabled]) -> Iterator[Decimal]:
    yield from (one.rate for one in policy.discounts)
    for table in tables:
        layer = table.layer
        for terms in table.terms:
            yield from (terms.rate, terms.target, *(band.rate for band in terms.bands))
        if isinstance(layer, Measured):
            yield from (weight for _name, weight in layer.weights)
        if isinstance(layer, Split):
            yield layer.share
        if isinstance(layer, Rate):
            yield layer.rate_per_year_of_age


def _column(numbers: Iterable[int]) -> NDArray[np.int64]:
    return np.array(list(numbers), dtype=np.int64)
