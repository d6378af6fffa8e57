"""The questions of conditions, answered for all bills at once."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from claims.policy.conditions import Condition
from claims.policy.facts import BY_BENEFIT, GENERAL
from claims.policy.schema import Policy
from claims.policy.twin.columns import Coded, Columns, Days, Spans
from claims.policy.twin.whole import Truth, Whole, rank_within


@dataclass(frozen=True)
class Known:
    """What holds of each bill on the date that the policy names."""

    columns: Columns
    on: Days
    year: Whole
    month: Whole
    age: Whole
    best: Coded
    """The best identity held."""
    stay_number: Whole
    """Which inpatient bill of the person's year; 0 for care without a stay."""

    def __len__(self) -> int:
        return len(self.columns)


def known_of(policy: Policy, columns: Columns) -> Known:
    """This will take dates, ages and the best identity by the policy's rule of dates."""
    rules = policy.policy
    on = _day(columns, rules.date_rule)
    counts = _day(columns, rules.year_rule or rules.date_rule)
    year = _years(counts)
    return Known(
        columns=columns,
        on=on,
        year=year,
        month=on.astype("datetime64[M]").astype(np.int64),
        age=_ages(columns.born, on),
        best=_best(columns.identities, on),
        stay_number=_stay_numbers(columns, year),
    )


def holds(condition: Condition | None, known: Known) -> Truth:
    """This will say of which bills a condition holds; no condition holds of all."""
    found = np.ones(len(known), dtype=bool)
    if condition is None:
        return found
    for name, answer in _ANSWERS.items():
        if _is_asked(condition, name):
            found &= answer(condition, known)
    for part in condition.all:
        found &= holds(part, known)
    if condition.any:
        found &= np.logical_or.reduce([holds(part, known) for part in condition.any])
    if condition.not_ is not None:
        found &= ~holds(condition.not_, known)
    return found


def _is_asked(condition: Condition, name: str) -> bool:
    wanted = getattr(condition, name)
    return wanted is not None and wanted != ()


def _stay_numbers(columns: Columns, year: Whole) -> Whole:
    """Of each inpatient bill, how many the same person had in that year up to it, itself included."""
    inside = np.flatnonzero(columns.care.among(["inpatient"]))
    account = columns.person[inside] * 10_000 + year[inside]
    numbers = np.zeros(len(columns), dtype=np.int64)
    numbers[inside] = rank_within(account) + 1
    return numbers


def _day(columns: Columns, rule: str) -> Days:
    return columns.admitted if rule == "admission" else columns.discharged


def _years(days: Days) -> Whole:
    years: Whole = days.astype("datetime64[Y]").astype(np.int64) + 1970
    return years


def _day_of_year(days: Days) -> Whole:
    """Month and day as one number that sorts like a birthday."""
    months = days.astype("datetime64[M]")
    of_month = (days - months.astype("datetime64[D]")).astype(np.int64)
    number: Whole = months.astype(np.int64) % 12 * 31 + of_month
    return number


def _ages(born: Days, on: Days) -> Whole:
    years: Whole = _years(on) - _years(born) - (_day_of_year(on) < _day_of_year(born))
    ages: Whole = np.maximum(years, 0)
    return ages


def _held(spans: Spans, on: Days) -> Truth:
    """Of which rows of spans the bill's day lies inside."""
    day = on[spans.bill]
    return (spans.starts <= day) & (day < spans.ends)


def _any_of(spans: Spans, known: Known, wanted: tuple[str, ...]) -> Truth:
    found = np.zeros(len(known), dtype=bool)
    found[spans.bill[_held(spans, known.on) & spans.code.among(wanted)]] = True
    return found


def _best(identities: Spans, on: Days) -> Coded:
    names = (*BY_BENEFIT, GENERAL)
    best = np.full(len(on), len(BY_BENEFIT), dtype=np.int64)
    held = _held(identities, on)
    for rank in reversed(range(len(BY_BENEFIT))):
        best[identities.bill[held & identities.code.among(names[rank : rank + 1])]] = rank
    return Coded(best, names)


def _holds_any(condition: Condition, known: Known) -> Truth:
    """Who holds nothing at all is `general`."""
    spans = known.columns.identities
    found = _any_of(spans, known, condition.holds)
    if GENERAL in condition.holds:
        nothing = np.ones(len(known), dtype=bool)
        nothing[spans.bill[_held(spans, known.on)]] = False
        found |= nothing
    return found


def _diseased(condition: Condition, known: Known) -> Truth:
    diseases = known.columns.diseases
    found = np.zeros(len(known), dtype=bool)
    found[diseases.bill[diseases.code.among(condition.disease)]] = True
    return found


def _with_class(condition: Condition, known: Known) -> Truth:
    lines = known.columns.lines
    found = np.zeros(len(known), dtype=bool)
    found[lines.bill[lines.cls.among(condition.item_class) & (lines.amount > 0)]] = True
    return found


def _diagnosed(condition: Condition, known: Known) -> Truth:
    diagnosis = known.columns.diagnosis
    fits = [name for name in diagnosis.names if name.upper().startswith(condition.diagnosis)]
    return diagnosis.among(fits)


_ANSWERS: dict[str, Callable[[Condition, Known], Truth]] = {
    "identity": lambda asked, known: known.best.among(asked.identity),
    "holds": _holds_any,
    "cause": lambda asked, known: _any_of(known.columns.causes, known, asked.cause),
    "enrolled": lambda asked, known: _any_of(known.columns.enrolments, known, asked.enrolled),
    "care": lambda asked, known: known.columns.care.among(asked.care),
    "level": lambda asked, known: known.columns.level.among(asked.level),
    "diagnosis": _diagnosed,
    "disease": _diseased,
    "referral": lambda asked, known: known.columns.referral.among(asked.referral),
    "designated": lambda asked, known: known.columns.designated == asked.designated,
    "in_county": lambda asked, known: known.columns.in_county == asked.in_county,
    "age_from": lambda asked, known: known.age >= (asked.age_from or 0),
    "stay_from": lambda asked, known: known.stay_number >= (asked.stay_from or 0),
    "item_class": lambda asked, known: _with_class(asked, known),
    "continued": lambda asked, known: known.columns.continued == asked.continued,
    "age_below": lambda asked, known: known.age < (asked.age_below or 0),
}
