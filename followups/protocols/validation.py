"""Answers checked against their form: every value true to its type, every rule between fields kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from core.base.periods import age_on
from followups.protocols.computing import compute
from followups.protocols.conditions import Facts, holds
from followups.protocols.crosschecks import cross_errors, cross_warnings, differences, overlooked, pressures
from followups.protocols.problems import Problem, problem
from followups.protocols.schema import Field, Protocol
from followups.protocols.values import Refused, Value, folded, is_empty, number_text, parse, with_unit

ALL = "__all__"


@dataclass(frozen=True)
class Context:
    """What the answers are checked against: the day of entry, and what the register says of the person."""

    on: date
    birth_date: date | None = None
    sex: str = ""
    register: Mapping[str, str] = field(default_factory=dict)
    """Sex, date of birth (ISO), ethnicity and education as the register has them, as codes of the form."""


@dataclass(frozen=True)
class Cleaned:
    """The answers in their true types, with errors that stop and warnings that only ask to look again."""

    answers: dict[str, Value]
    errors: dict[str, list[Problem]] = field(default_factory=dict)
    warnings: dict[str, list[Problem]] = field(default_factory=dict)
    absent: bool = False

    @property
    def valid(self) -> bool:
        return not self.errors

    def as_json(self) -> dict[str, Any]:
        """The answers as stored and sent: numbers, ISO dates, lists of codes."""
        return {code: to_json(value) for code, value in self.answers.items()}


def clean(protocol: Protocol, answers: object, *, context: Context) -> Cleaned:
    """This will check answers, typed or sent, and give them back in their true types."""
    if not isinstance(answers, Mapping):
        return Cleaned({}, {ALL: [problem("not_an_object")]})
    errors = {
        str(code): [problem("unknown_field", given=str(code)[:40])]
        for code in answers
        if code not in protocol.by_code
    }
    values = _parsed(protocol, _pressure_split(protocol, answers), errors)
    compute(protocol, values)
    _drop_hidden(protocol, values, errors, context)
    absent = protocol.absent_when is not None and holds(protocol.absent_when, Facts(values)) is True
    for code, found in cross_errors(protocol, values, context.on, context.birth_date, absent=absent):
        errors.setdefault(code, [found])
    _require(protocol, values, errors, context, absent=absent)
    warnings: dict[str, list[Problem]] = {}
    for code, found in [
        *_unusual(protocol, values),
        *cross_warnings(protocol, values, context.on, context.birth_date),
        *differences(protocol, values, context.register),
        *overlooked(protocol, values),
    ]:
        warnings.setdefault(code, []).append(found)
    return Cleaned(values, errors, warnings, absent)  # fmt: skip


def to_json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {name: to_json(item) for name, item in value.items()}
    return value


def _pressure_split(protocol: Protocol, answers: Mapping[str, Any]) -> dict[str, Any]:
    """A pair typed into the first box, 138/86, fills both."""
    given = dict(answers)
    for upper, lower in pressures(protocol):
        if isinstance(given.get(upper), str) and is_empty(given.get(lower)):
            parts = folded(given[upper]).split("/")
            if len(parts) == 2 and all(part.isdecimal() for part in parts):
                given[upper], given[lower] = parts
    return given


def _parsed(
    protocol: Protocol, answers: Mapping[str, Any], errors: dict[str, list[Problem]]
) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for code, raw in answers.items():
        if code not in protocol.by_code:
            continue
        try:
            value = parse(protocol, protocol.by_code[code], raw)
        except Refused as refused:
            errors[code] = [refused.problem]
            continue
        if value not in (None, "", ()):
            values[code] = value  # type: ignore[assignment]
    return values


def _drop_hidden(
    protocol: Protocol, values: dict[str, Value], errors: dict[str, list[Problem]], who: Context
) -> None:
    """A follow-on answer whose question no longer stands, such as a reaction's text after 无, is left out."""
    answers = _given(values, errors)
    facts = _facts(answers, values, who)
    for item in protocol.fields:
        if item.show_when and holds(item.show_when, facts) is not True:
            values.pop(item.code, None)
            errors.pop(item.code, None)
            answers.pop(item.code, None)


def _require(
    protocol: Protocol,
    values: Mapping[str, Value],
    errors: dict[str, list[Problem]],
    who: Context,
    *,
    absent: bool,
) -> None:
    facts = _facts(_given(values, errors), values, who)
    asked = _asked_when_absent(protocol) if absent else frozenset(protocol.by_code)
    for item in protocol.fields:
        if item.code in values or item.code in errors or item.code not in asked:
            continue
        if _is_required(item, facts):
            errors[item.code] = [problem("required", label=item.name)]


def _is_required(item: Field, facts: Facts) -> bool:
    if item.required and item.show_when and holds(item.show_when, facts) is not True:
        return False
    return item.required or (item.required_when is not None and holds(item.required_when, facts) is True)


def _given(values: Mapping[str, Value], errors: Mapping[str, object]) -> dict[str, Any]:
    """A refused answer was still given: it must not be asked for as if it were missing."""
    return {**dict.fromkeys(errors, "?"), **values}


def _facts(answers: Mapping[str, Any], values: Mapping[str, Value], who: Context) -> Facts:
    day = values.get("visit_date")
    age = age_on(who.birth_date, day if isinstance(day, date) else who.on) if who.birth_date else None
    return Facts(answers, age, sex=who.sex)


def _asked_when_absent(protocol: Protocol) -> frozenset[str]:
    """The day, and what the form asks about those who were lost or died."""
    told = {code for section in protocol.sections if section.code == ABSENT for code in section.fields}
    return frozenset({"visit_date", *told})


ABSENT = "absent"


def _unusual(protocol: Protocol, values: Mapping[str, Value]) -> list[tuple[str, Problem]]:
    found = []
    for code, value in values.items():
        item = protocol.by_code[code]
        if not isinstance(value, int | Decimal):
            continue
        below = item.warn_below is not None and value < item.warn_below
        above = item.warn_above is not None and value > item.warn_above
        if below or above:
            given = with_unit(item, number_text(item, value))
            found.append((code, problem("unusual", label=item.name, given=given)))
    return found
