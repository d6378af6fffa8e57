"""Values that follow from others: body mass index, a score, its class, a percentage, days between dates."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from followups.protocols.conditions import Facts, as_number, holds, missing
from followups.protocols.schema import Field, Protocol


def body_mass_index(weight: Decimal, height: Decimal) -> Decimal:
    """kg over the square of metres, to one decimal; height in cm."""
    metres = height / 100
    return (weight / (metres * metres)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def compute(protocol: Protocol, values: dict[str, Any]) -> None:
    """This will write what follows from the answers beside them; a part that is missing leaves it open.

    A total or its class is never taken from outside: without its parts it goes.
    """
    for item in protocol.fields:
        if not item.computed:
            continue
        value = COMPUTED[item.computed](protocol, item, values)
        if value is not None:
            values[item.code] = value
        elif item.adds:
            values.pop(item.code, None)


def _mass_index(protocol: Protocol, item: Field, values: Mapping[str, Any]) -> Decimal | None:
    height, weight = values.get("height"), values.get("weight_target" if item.target_of else "weight")
    if isinstance(weight, Decimal) and isinstance(height, Decimal):
        return body_mass_index(weight, height)
    return None


def _total(protocol: Protocol, item: Field, values: Mapping[str, Any]) -> int | None:
    parts = [
        _points(protocol, protocol.by_code[code], values.get(code), turned=code in item.reversed)
        for code in item.adds
    ]
    return sum(part for part in parts if part is not None) if None not in parts else None


def _points(protocol: Protocol, part: Field, value: Any, *, turned: bool = False) -> int | None:
    if part.table:
        table = protocol.table(part)
        option = table.by_code.get(str(value))
        points = option.points if option else None
        return table.turned(points) if turned and points is not None else points
    number = as_number(value)
    return None if number is None else int(number)


def _band(protocol: Protocol, item: Field, values: Mapping[str, Any]) -> str | None:
    total = _total(protocol, item, values)
    if total is None:
        return None
    reached = [option.code for option in protocol.table(item).bands if total >= (option.at_least or 0)]
    return reached[-1] if reached else None


def _decided(protocol: Protocol, item: Field, values: Mapping[str, Any]) -> str | None:
    if any(missing(values, code) for code in item.adds):
        return None
    facts = Facts(values)
    return next((one.code for one in item.decides if holds(one.when, facts) is True), None)


def _percent(protocol: Protocol, item: Field, values: Mapping[str, Any]) -> Decimal | None:
    """Cut, not rounded: 899 of 1000 is below 90. Of nothing planned there is no percentage."""
    part, whole = (as_number(values.get(code)) for code in item.adds)
    if part is None or whole is None or not 0 <= part <= whole or not whole:
        return None
    return (part * 100 / whole).quantize(Decimal(1).scaleb(-item.digits), ROUND_DOWN)


def _days(protocol: Protocol, item: Field, values: Mapping[str, Any]) -> int | None:
    first, last = (_day(values.get(code)) for code in item.adds)
    return (last - first).days if first and last and first <= last else None


def _day(value: Any) -> date | None:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        return None


COMPUTED: dict[str, Callable[[Protocol, Field, Mapping[str, Any]], Any]] = {
    "bmi": _mass_index,
    "total": _total,
    "band": _band,
    "decided": _decided,
    "percent": _percent,
    "days": _days,
}
