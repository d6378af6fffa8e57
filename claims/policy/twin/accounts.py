"""Sums of years and months while bills are run through: of persons and of households."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np

from claims.policy.schema import Policy
from claims.policy.twin.asking import Known
from claims.policy.twin.whole import Whole, rank_within


class Book:
    """The sums of one kind of owner; `year` and `month` say which account a bill counts in."""

    def __init__(self, owner: Whole, known: Known) -> None:
        self.year, years = _numbered(owner, known.year)
        self.month, months = _numbered(self.year, known.month)
        self.paid: dict[str, Whole] = defaultdict(lambda: np.zeros(years, dtype=np.int64))
        self.base: dict[str, Whole] = defaultdict(lambda: np.zeros(years, dtype=np.int64))
        self.month_paid: dict[str, Whole] = defaultdict(lambda: np.zeros(months, dtype=np.int64))
        self.month_base: dict[str, Whole] = defaultdict(lambda: np.zeros(months, dtype=np.int64))
        self.self_pay = np.zeros(years, dtype=np.int64)
        self.inside_self_pay = np.zeros(years, dtype=np.int64)
        self.highest = np.full(years, -1, dtype=np.int64)

    def pays(self, layer: str, turn: Whole, base: Whole, amount: Whole) -> None:
        year, month = self.year[turn], self.month[turn]
        self.paid[layer][year] += amount
        self.base[layer][year] += base
        self.month_paid[layer][month] += amount
        self.month_base[layer][month] += base

    def ends(self, turn: Whole, left: Whole, inside: Whole) -> None:
        year = self.year[turn]
        self.self_pay[year] += left
        self.inside_self_pay[year] += inside


class Accounts:
    def __init__(self, policy: Policy, known: Known) -> None:
        self.persons = Book(known.columns.person, known)
        self.households = Book(known.columns.household, known)
        self._turn_by = self.persons.year
        if any(layer.per == "household" for layer in policy.layers):
            together = _together(known.columns.person, known.columns.household)
            self._turn_by, _many = _numbered(together, known.year)

    def of(self, layer: Any) -> Book:
        return self.households if layer.per == "household" else self.persons

    def turns(self) -> Iterator[Whole]:
        """The places of the bills, turn by turn: in no turn does an account come twice, and each account's
        bills come in their order."""
        rank = rank_within(self._turn_by)
        places = np.argsort(rank, kind="stable")
        yield from np.split(places, np.cumsum(np.bincount(rank))[:-1])


def _together(person: Whole, household: Whole) -> Whole:
    """One number for all who are linked: a person may have had bills in two households."""
    _persons, person = np.unique(person, return_inverse=True)
    _households, found = np.unique(household, return_inverse=True)
    of_household = found
    while True:
        before = found
        for whose in (person, of_household):
            least = np.full(whose.max(initial=0) + 1, len(found), dtype=np.int64)
            np.minimum.at(least, whose, found)
            found = least[whose]
        if np.array_equal(before, found):
            return found


def _numbered(first: Whole, second: Whole) -> tuple[Whole, int]:
    """One number for each pair of two that occurs, from 0 on, and how many there are."""
    base = int(second.min(initial=0))
    width = int(second.max(initial=0)) - base + 1
    _pairs, number = np.unique(first * width + (second - base), return_inverse=True)
    return number.reshape(-1), len(_pairs)
