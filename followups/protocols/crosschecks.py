"""Rules between answers: dates in order, the lower pressure below the upper, danger signs looked at."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from core.base.periods import age_on
from followups.protocols.problems import Problem, problem
from followups.protocols.schema import Protocol
from followups.protocols.texts import joined

LATE_ENTRY_DAYS = 7
Found = tuple[str, Problem]


def cross_errors(
    protocol: Protocol, values: Mapping[str, Any], on: date, birth_date: date | None, *, absent: bool
) -> list[Found]:
    return [
        *_dates(protocol, values, on, birth_date),
        *_next(protocol, values),
        *_pressure(protocol, values, absent),
    ]


def cross_warnings(
    protocol: Protocol, values: Mapping[str, Any], on: date, birth_date: date | None
) -> list[Found]:
    return [*_late(values, on), *_young(protocol, values, birth_date), *_danger(protocol, values)]


def _dates(
    protocol: Protocol, values: Mapping[str, Any], on: date, birth_date: date | None
) -> Iterator[Found]:
    """A date of something that has happened lies between birth and today."""
    for item in protocol.fields:
        day = values.get(item.code)
        if item.type != "date" or day is None or item.code == "next_date":
            continue
        if day > on:
            yield item.code, problem("in_future", label=item.name, given=day.isoformat())
        elif birth_date and day < birth_date:
            yield item.code, problem("before_birth", label=item.name, given=day.isoformat())


def _next(protocol: Protocol, values: Mapping[str, Any]) -> Iterator[Found]:
    visit, following = values.get("visit_date"), values.get("next_date")
    if visit and following and following <= visit:
        name = protocol.by_code["next_date"].name
        yield "next_date", problem("not_after_visit", label=name, given=following.isoformat())


def _pressure(protocol: Protocol, values: Mapping[str, Any], absent: bool) -> Iterator[Found]:
    if "sbp" not in protocol.by_code:
        return
    high, low = values.get("sbp"), values.get("dbp")
    if high is not None and low is not None and low >= high:
        yield "dbp", problem("pressure_order", low=low, high=high)
    elif (high is None) != (low is None) and not absent:
        code = "sbp" if high is None else "dbp"
        yield code, problem("pressure_half", label=protocol.by_code[code].name)


def _late(values: Mapping[str, Any], on: date) -> Iterator[Found]:
    visit = values.get("visit_date")
    if visit and (on - visit).days > LATE_ENTRY_DAYS:
        yield "visit_date", problem("late_entry", days=(on - visit).days)


def _young(protocol: Protocol, values: Mapping[str, Any], birth_date: date | None) -> Iterator[Found]:
    visit, limit = values.get("visit_date"), protocol.applies.minimum_age
    if visit and birth_date and birth_date <= visit and age_on(birth_date, visit) < limit:
        yield "visit_date", problem("too_young", age=age_on(birth_date, visit), limit=limit)


def _danger(protocol: Protocol, values: Mapping[str, Any]) -> Iterator[Found]:
    """Symptoms that share the norm's words for an emergency ask for a look at the danger signs."""
    if "danger_signs" not in protocol.by_code or values.get("danger_signs"):
        return
    chosen = [protocol.option("symptoms", code) for code in values.get("symptoms", ())]
    telling = [option.label for option in chosen if option and option.danger]
    if telling:
        yield "danger_signs", problem("check_danger", option=joined(telling))
