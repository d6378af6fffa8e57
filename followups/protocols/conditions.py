"""Three-valued conditions: true, false or unknown, so that a missing answer is never taken for a good one."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from followups.protocols.rules import Condition, Param, Step

Truth = bool | None
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")

COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "ge": lambda left, right: left >= right,
    "gt": lambda left, right: left > right,
    "le": lambda left, right: left <= right,
    "lt": lambda left, right: left < right,
    "eq": lambda left, right: left == right,
}


@dataclass(frozen=True)
class Facts:
    """One visit as the rules see it. `previous` gives a finding on the visit before that could be judged."""

    answers: Mapping[str, Any]
    age: int | None = None
    params: Mapping[str, Param] | None = None
    findings: Mapping[str, Condition] | None = None
    previous: Callable[[str], tuple[Truth, date | None]] | None = None
    sex: str = ""
    known: dict[str, Truth] = field(default_factory=dict)

    def found(self, finding: str) -> Truth:
        """A finding is asked for by several rules and answered once."""
        if finding not in self.known:
            self.known[finding] = holds(self.findings[finding], self) if self.findings else None
        return self.known[finding]

    def step(self, param: str) -> Step | None:
        """The limit in force at this age; None where it depends on an age that is not known."""
        steps = self.params[param].steps if self.params else ()
        if self.age is None:
            return steps[0] if len(steps) == 1 else None
        return [step for step in steps if step.from_age <= self.age][-1]


def holds(condition: Condition, facts: Facts) -> Truth:
    """This will answer a condition: True, False, or None where an answer that matters is missing."""
    return _ANSWERS[condition.kind](condition, facts)


def missing(answers: Mapping[str, Any], code: str) -> bool:
    value = answers.get(code)
    return value is None or value == "" or value == () or value == []


def _any(condition: Condition, facts: Facts) -> Truth:
    open_still = False
    for part in condition.any:
        truth = holds(part, facts)
        if truth:
            return True
        open_still = open_still or truth is None
    return None if open_still else False


def _all(condition: Condition, facts: Facts) -> Truth:
    open_still = False
    for part in condition.all:
        truth = holds(part, facts)
        if truth is False:
            return False
        open_still = open_still or truth is None
    return None if open_still else True


def _previous(condition: Condition, facts: Facts) -> Truth:
    return facts.previous(condition.previous)[0] if facts.previous else None


def _compare(condition: Condition, facts: Facts) -> Truth:
    given = _given(condition, facts)
    if given is None:
        return None
    if isinstance(condition.value, tuple):
        chosen = {str(code) for code in given} if isinstance(given, tuple | list) else {str(given)}
        return bool(chosen & set(condition.value)) == (condition.op == "includes")
    if isinstance(condition.value, str):
        return str(given) == condition.value
    limit = limit_of(condition, facts)
    number = as_number(given)
    return None if limit is None or number is None else COMPARE[condition.op](number, limit)


def _given(condition: Condition, facts: Facts) -> Any:
    if condition.person == "age":
        return facts.age
    if condition.person == "sex":
        return facts.sex or None
    return None if missing(facts.answers, condition.field) else facts.answers[condition.field]


_ANSWERS: dict[str, Callable[[Condition, Facts], Truth]] = {
    "any": _any,
    "all": _all,
    "finding": lambda condition, facts: facts.found(condition.finding),
    "previous": _previous,
    "missing": lambda condition, facts: missing(facts.answers, condition.missing),
    "given": lambda condition, facts: not missing(facts.answers, condition.given),
    "compare": _compare,
}


def limit_of(condition: Condition, facts: Facts) -> Decimal | None:
    if condition.param:
        step = facts.step(condition.param)
        return step.value if step else None
    return condition.value if isinstance(condition.value, Decimal) else None


def as_number(value: object) -> Decimal | None:
    """A stored answer as a number; nothing that is not one, and never a guess."""
    if isinstance(value, Decimal):
        return value if value.is_finite() else None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, int):
        return Decimal(value)
    return Decimal(str(value)) if NUMBER.fullmatch(str(value)) else None
