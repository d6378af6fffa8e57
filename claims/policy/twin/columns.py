"""Many bills as columns: one array for each thing that is known, with one entry for each bill."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claims.policy.facts import LEVELS, RANK, Facts, Span
from claims.policy.twin.whole import Truth, Whole, fen
from claims.policy.years import PersonsBill

Days = NDArray[np.datetime64]
FOREVER = np.datetime64("9999-12-31")


@dataclass(frozen=True)
class Coded:
    """Texts as numbers into a table of names."""

    codes: Whole
    names: tuple[str, ...]

    def among(self, wanted: Iterable[str]) -> Truth:
        """Which entries are one of some names."""
        names = frozenset(wanted)
        is_wanted = np.array([name in names for name in self.names], dtype=bool)
        found: Truth = is_wanted[self.codes]
        return found


@dataclass(frozen=True)
class Pairs:
    """What a bill may have several of: `bill` is the place of the bill in the columns."""

    bill: Whole
    code: Coded


@dataclass(frozen=True)
class Spans:
    """What a bill's person has for a time, up to `ends` (that day no longer)."""

    bill: Whole
    code: Coded
    starts: Days
    ends: Days


@dataclass(frozen=True)
class Lines:
    """The lines of all bills; amounts in fen."""

    bill: Whole
    category: Coded
    cls: Coded
    amount: Whole
    first_pay: Whole
    over_limit: Whole


@dataclass(frozen=True)
class Columns:
    """Bills in the order in which they are settled. `level` is coded by its rank (facts.LEVELS)."""

    person: Whole
    household: Whole
    admitted: Days
    discharged: Days
    born: Days
    care: Coded
    level: Coded
    referral: Coded
    in_county: Truth
    designated: Truth
    continued: Truth
    diagnosis: Coded
    diseases: Pairs
    identities: Spans
    causes: Spans
    enrolments: Spans
    lines: Lines
    reported: dict[str, Whole]

    def __len__(self) -> int:
        return len(self.person)


def columns_of(bills: Sequence[PersonsBill]) -> Columns:
    """This will put bills into columns; what their facts say of sums used up does not count."""
    facts = [bill.facts for bill in bills]
    return Columns(
        person=_whole(bill.person for bill in bills),
        household=_whole(bill.household for bill in bills),
        admitted=_days(one.admitted_on for one in facts),
        discharged=_days(one.discharged_on for one in facts),
        born=_days(one.birth_date for one in facts),
        care=coded(one.care for one in facts),
        level=Coded(_whole(RANK[one.level] for one in facts), LEVELS),
        referral=coded(one.referral for one in facts),
        in_county=np.array([one.in_county for one in facts], dtype=bool),
        designated=np.array([one.designated for one in facts], dtype=bool),
        continued=np.array([one.continued for one in facts], dtype=bool),
        diagnosis=coded(one.diagnosis for one in facts),
        diseases=_pairs([(place, code) for place, one in enumerate(facts) for code in one.diseases]),
        identities=_spans(facts, lambda one: one.identities),
        causes=_spans(facts, lambda one: one.causes),
        enrolments=_spans(facts, lambda one: one.enrolments),
        lines=_lines(facts),
        reported=_reported(facts),
    )


def coded(texts: Iterable[str]) -> Coded:
    """This will number texts in the order in which they first come."""
    known: dict[str, int] = {}
    codes = _whole(known.setdefault(text, len(known)) for text in texts)
    return Coded(codes, tuple(known))


def _whole(numbers: Iterable[int]) -> Whole:
    return np.array(list(numbers), dtype=np.int64)


def _days(days: Iterable[date | None]) -> Days:
    return np.array([day or FOREVER for day in days], dtype="datetime64[D]")


def _pairs(found: list[tuple[int, str]]) -> Pairs:
    return Pairs(_whole(place for place, _code in found), coded(code for _place, code in found))


def _spans(facts: list[Facts], which: Callable[[Facts], Iterable[Span]]) -> Spans:
    found = [(place, span) for place, one in enumerate(facts) for span in which(one)]
    return Spans(
        _whole(place for place, _span in found),
        coded(span.code for _place, span in found),
        _days(span.starts_on for _place, span in found),
        _days(span.ends_on for _place, span in found),
    )


def _lines(facts: list[Facts]) -> Lines:
    found: list[tuple[int, Any]] = [(place, line) for place, one in enumerate(facts) for line in one.lines]
    return Lines(
        bill=_whole(place for place, _line in found),
        category=coded(line.category for _place, line in found),
        cls=coded(line.cls for _place, line in found),
        amount=_whole(fen(line.amount) for _place, line in found),
        first_pay=_whole(fen(line.first_pay) for _place, line in found),
        over_limit=_whole(fen(line.over_limit) for _place, line in found),
    )


def _reported(facts: list[Facts]) -> dict[str, Whole]:
    found = {layer: np.zeros(len(facts), dtype=np.int64) for one in facts for layer in one.reported}
    for place, one in enumerate(facts):
        for layer, amount in one.reported.items():
            found[layer][place] = fen(amount)
    return found
