"""A million bills through a policy: all at once, and one after another with their explanations."""

import time
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np

from claims.policy.facts import LEVELS, BillLine, Facts, Span
from claims.policy.shelf import library_policy
from claims.policy.twin import Columns, columns_of, run
from claims.policy.twin.columns import Coded
from claims.policy.years import PersonsBill, one_after_another

BILLS = 1_000_000
DISTINCT = 50_000
BILLS_OF_A_PERSON = 5
POLICY = "xian_550_2017"
_KINDS = ("bed", "treatment", "nursing", "western_drug", "examination", "laboratory", "material")


@dataclass(frozen=True)
class Simulated:
    bills: int
    at_once: float
    """Seconds for all bills."""
    sample: int
    one_by_one: float
    """Seconds for the sample."""
    columns: float
    """Seconds to put `distinct` facts into columns."""
    distinct: int

    @property
    def times(self) -> float:
        return (self.one_by_one / self.sample) / (self.at_once / self.bills)


def measure(*, sample: int = 20_000) -> Simulated:
    """The sample is the first of the same bills; sums of the year and the month run through it as well."""
    policy = library_policy(POLICY)
    given = [_bill(number, Random(number)) for number in range(DISTINCT)]
    begun = time.perf_counter()
    columns = columns_of(given)
    made = time.perf_counter()
    million = _repeated(columns, BILLS // DISTINCT)
    started = time.perf_counter()
    outcome = run(policy, million)
    done = time.perf_counter()
    decisions = list(one_after_another(policy, given[:sample]))
    end = time.perf_counter()
    for place in range(0, sample, 97):
        assert int(outcome.patient[place]) == int(decisions[place].patient * 100)
    return Simulated(BILLS, done - started, sample, end - done, made - begun, DISTINCT)


def _bill(number: int, luck: Random) -> PersonsBill:
    person = number // BILLS_OF_A_PERSON
    admitted = date(2017, 1, 1) + timedelta(days=60 * (number % BILLS_OF_A_PERSON) + luck.randrange(40))
    facts = Facts(
        care="inpatient",
        level=luck.choice(LEVELS[1:]),
        admitted_on=admitted,
        discharged_on=admitted + timedelta(days=luck.randrange(1, 20)),
        birth_date=date(1940, 1, 1) + timedelta(days=luck.randrange(25_000)),
        lines=tuple(_line(kind, luck) for kind in _KINDS),
        diagnosis=luck.choice(("I63.900", "K80.200", "S72.000", "J44.900")),
        identities=(Span("registered", date(2014, 1, 1)),),
        causes=(Span("illness", date(2014, 1, 1)),) if luck.random() < 0.7 else (),
        enrolments=(Span("basic", date(2017, 1, 1), date(2018, 1, 1)),),
    )
    return PersonsBill(person, person // 3, facts)


def _line(kind: str, luck: Random) -> BillLine:
    amount = Decimal(luck.randrange(1_000, 900_000)).scaleb(-2)
    cls: Any = luck.choices("ABC", (6, 3, 1))[0]
    first = (amount * Decimal("0.10")).quantize(Decimal("0.01")) if cls == "B" else Decimal("0.00")
    return BillLine(kind, cls, amount, first)


def _repeated(columns: Columns, times: int) -> Columns:
    """The same bills of other persons."""
    length = len(columns)
    changed = {field.name: _again(getattr(columns, field.name), times, length) for field in fields(columns)}
    persons, households = int(columns.person.max()) + 1, int(columns.household.max()) + 1
    turn = np.repeat(np.arange(times), length)
    return replace(
        columns,
        **changed
        | {"person": np.tile(columns.person, times) + turn * persons}
        | {"household": np.tile(columns.household, times) + turn * households},
    )


def _again(column: Any, times: int, length: int) -> Any:
    if isinstance(column, np.ndarray):
        return np.tile(column, times)
    if isinstance(column, Coded):
        return Coded(np.tile(column.codes, times), column.names)
    if isinstance(column, dict):
        return {name: np.tile(each, times) for name, each in column.items()}
    rows = len(column.bill)
    places = {"bill": np.tile(column.bill, times) + np.repeat(np.arange(times) * length, rows)}
    rest = [field.name for field in fields(column) if field.name != "bill"]
    return replace(column, **places | {name: _again(getattr(column, name), times, length) for name in rest})
