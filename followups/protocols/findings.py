"""What a form found that is not normal: marked options, and results outside the range printed beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from followups.protocols.conditions import as_number, missing
from followups.protocols.schema import Field, Protocol


@dataclass(frozen=True)
class Abnormal:
    """One field with its answer; of several choices only those that are not normal."""

    field: Field
    value: Any


def abnormal(protocol: Protocol, answers: Mapping[str, Any]) -> list[Abnormal]:
    """This will give every finding in the order of the form; what was not looked at is none."""
    given = [field for field in protocol.fields if not missing(answers, field.code)]
    found = [(field, _beyond(protocol, field, answers[field.code])) for field in given]
    return [Abnormal(field, value) for field, value in found if value not in (None, ())]


def _beyond(protocol: Protocol, field: Field, value: Any) -> Any:
    if field.table:
        return _not_normal(protocol.table(field).normal, value)
    number = as_number(value)
    if number is None:
        return None
    low, high = field.normal_from, field.normal_to
    outside = (low is not None and number < low) or (high is not None and number > high)
    return value if outside else None


def _not_normal(normal: frozenset[str], value: Any) -> Any:
    """A table that marks nothing as normal finds nothing."""
    if not normal:
        return None
    if isinstance(value, list | tuple):
        return tuple(code for code in value if str(code) not in normal)
    return None if str(value) in normal else value
