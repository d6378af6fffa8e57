"""Rules between answers: dates in order, the lower pressure below the upper, danger signs looked at."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from core.base.periods import age_on
from core.base.texts import Text, joined, same
from followups.protocols.findings import abnormal
from followups.protocols.problems import Problem, problem
from followups.protocols.schema import Field, Protocol

LATE_ENTRY_DAYS = 7
SYSTOLIC = "8480-6"
MENTIONED = 4
Found = tuple[str, Problem]


def cross_errors(
    protocol: Protocol, values: Mapping[str, Any], on: date, birth_date: date | None, *, absent: bool
) -> list[Found]:
    return [
        *_dates(protocol, values, on, birth_date),
        *_days_in_rows(protocol, values, on, birth_date),
        *_order(protocol, values),
        *_next(protocol, values),
        *_pressure(protocol, values, absent),
        *_more_than(protocol, values),
    ]


def cross_warnings(
    protocol: Protocol, values: Mapping[str, Any], on: date, birth_date: date | None
) -> list[Found]:
    return [
        *_late(values, on),
        *_young(protocol, values, birth_date),
        *_danger(protocol, values),
        *_seldom_more(protocol, values),
    ]


def _dates(
    protocol: Protocol, values: Mapping[str, Any], on: date, birth_date: date | None
) -> Iterator[Found]:
    """A date of something that has happened lies between birth and today."""
    for item in protocol.fields:
        day = values.get(item.code)
        if item.type != "date" or day is None or item.code == "next_date" or item.lies_ahead:
            continue
        if day > on:
            yield item.code, problem("in_future", label=item.name, given=day.isoformat())
        elif birth_date and day < birth_date:
            yield item.code, problem("before_birth", label=item.name, given=day.isoformat())


def _days_in_rows(
    protocol: Protocol, values: Mapping[str, Any], on: date, birth_date: date | None
) -> Iterator[Found]:
    """The same for the dates of a table's lines, and one that ends cannot end before it began."""
    for item in protocol.fields:
        for place, line in enumerate(values.get(item.code) or (), start=1) if item.columns else ():
            for column in item.columns:
                if (day := line.get(column.code)) and column.type == "date":
                    yield from _day_in_row(item, place, column, line, day, on, birth_date)


def _day_in_row(
    item: Field, place: int, column: Field, line: Mapping[str, Any], day: date, on: date, born: date | None
) -> Iterator[Found]:
    earlier = line.get(column.not_before)
    if day > on:
        what = Text(zh=f"{column.label.zh}还没有到", en=f"the {column.label.en} is in the future")
    elif born and day < born:
        what = Text(zh=f"{column.label.zh}早于出生日期", en=f"the {column.label.en} is before birth")
    elif earlier and day < earlier:
        first = next(c.label for c in item.columns if c.code == column.not_before)
        zh, en = f"{column.label.zh}早于{first.zh}", f"the {column.label.en} is before the {first.en}"
        what = Text(zh=zh, en=en)
    else:
        return
    yield item.code, problem("row_line", label=item.name, line=place, what=what)


def _order(protocol: Protocol, values: Mapping[str, Any]) -> Iterator[Found]:
    for item in protocol.fields:
        day, earlier = values.get(item.code), values.get(item.not_before)
        if isinstance(day, date) and isinstance(earlier, date) and day < earlier:
            other = protocol.by_code[item.not_before].name
            yield item.code, problem("too_early", label=item.name, given=day.isoformat(), other=other)


def overlooked(protocol: Protocol, values: Mapping[str, Any]) -> Iterator[Found]:
    """An answer that says nothing was found, beside findings."""
    claims = [item for item in protocol.fields if item.type == "choice" and not item.computed]
    for item in claims:
        option = protocol.option(item.code, str(values.get(item.code, "")))
        if option and option.all_normal and (found := abnormal(protocol, values)):
            names = [each.field.name for each in found[:MENTIONED]]
            yield item.code, problem("overlooked", option=option.label, found=joined(names), count=len(found))


def differences(
    protocol: Protocol, values: Mapping[str, Any], register: Mapping[str, str]
) -> Iterator[Found]:
    """What this form says otherwise than the register, which is not changed by it."""
    for item in protocol.fields:
        held, given = register.get(item.held_as, ""), values.get(item.code)
        if held and given and str(given) != held:
            known = protocol.option(item.code, held) if item.table else None
            words = known.label if known else same(held)
            yield item.code, problem("differs_from_register", label=item.name, held=words)


def _next(protocol: Protocol, values: Mapping[str, Any]) -> Iterator[Found]:
    visit, following = values.get("visit_date"), values.get("next_date")
    if visit and following and following <= visit:
        name = protocol.by_code["next_date"].name
        yield "next_date", problem("not_after_visit", label=name, given=following.isoformat())


def _pressure(protocol: Protocol, values: Mapping[str, Any], absent: bool) -> Iterator[Found]:
    for upper, lower in pressures(protocol):
        high, low = values.get(upper), values.get(lower)
        if high is not None and low is not None and low >= high:
            yield lower, problem("pressure_order", low=low, high=high)
        elif (high is None) != (low is None) and not absent:
            code = upper if high is None else lower
            yield code, problem("pressure_half", label=protocol.by_code[code].name)


def pressures(protocol: Protocol) -> list[tuple[str, str]]:
    """The pairs of pressures on a form, upper and lower: one, or one for each arm."""
    return [(item.code, item.jump_to) for item in protocol.fields if item.loinc == SYSTOLIC and item.jump_to]


def _more_than(protocol: Protocol, values: Mapping[str, Any]) -> Iterator[Found]:
    """What was done cannot be more than what it is a part of."""
    for item in protocol.fields:
        if item.at_most and _exceeds(values, item.code, item.at_most):
            yield item.code, _above("more_than", protocol, values, item.code, item.at_most)


def _seldom_more(protocol: Protocol, values: Mapping[str, Any]) -> Iterator[Found]:
    for item in protocol.fields:
        if item.usually_at_most and _exceeds(values, item.code, item.usually_at_most):
            yield item.code, _above("seldom_more", protocol, values, item.code, item.usually_at_most)


def _exceeds(values: Mapping[str, Any], code: str, limit: str) -> bool:
    return code in values and limit in values and values[code] > values[limit]


def _above(kind: str, protocol: Protocol, values: Mapping[str, Any], code: str, limit: str) -> Problem:
    return problem(
        kind,
        label=protocol.by_code[code].name,
        given=values[code],
        whole=protocol.by_code[limit].name,
        limit=values[limit],
    )


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
