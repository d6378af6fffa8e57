"""Numbers of a policy changed in its text: whatever else stands there stays to the letter."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from claims.services.policies.spans import Path, Spans

Value = Decimal | date | None


def with_values(text: str, wanted: Mapping[Path, Value]) -> str:
    """This will give the text with these values in place; None takes the line of an optional one out.

    A value that is not there yet gets a line at the end of its table.

    :raises ValueError: where a place cannot be changed by itself, such as one inside of a list."""
    raw = tomllib.loads(text, parse_float=Decimal)
    changes = {path: value for path, value in wanted.items() if _differs(raw, path, value)}
    spans = Spans(text)
    edits = [_edit(text, spans, path, value) for path, value in changes.items()]
    for start, end, words in sorted(edits, reverse=True):
        text = text[:start] + words + text[end:]
    _check(raw, changes, tomllib.loads(text, parse_float=Decimal))
    return text


def value_at(raw: Any, path: Path) -> Any:
    """What stands at a path; None where nothing does."""
    for step in path:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            return None
    return raw


def _differs(raw: Any, path: Path, value: Value) -> bool:
    now = value_at(raw, path)
    return (now is None) != (value is None) or now != value


def _edit(text: str, spans: Spans, path: Path, value: Value) -> tuple[int, int, str]:
    if value is None:
        return _without_line(text, *spans.keys[path])
    if path in spans.values:
        return (*spans.values[path], _literal(value))
    tail = spans.tails.get(path[:-1])
    if tail is None:
        raise ValueError(path)
    return tail, tail, f"\n{path[-1]} = {_literal(value)}"


def _without_line(text: str, start: int, end: int) -> tuple[int, int, str]:
    """The whole line with its comment; what stands inside of braces cannot go by itself."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last + 1
    rest = text[end:last].partition("#")[0]
    if text[first:start].strip() or rest.strip():
        raise ValueError(text[start:end])
    return first, last, ""


def _literal(value: Decimal | date) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return f"{value.normalize():f}" if value == value.to_integral_value() else f"{value:f}"


def _check(before: Any, changes: Mapping[Path, Value], after: Any) -> None:
    """Only what was asked for has changed."""
    wrong = [path for path, value in changes.items() if value_at(after, path) != value]
    if wrong or _leaves(before, changes) != _leaves(after, changes):
        raise ValueError(wrong)


def _leaves(raw: Any, without: Mapping[Path, Value], at: Path = ()) -> dict[Path, Any]:
    if at in without:
        return {}
    if isinstance(raw, dict):
        parts: Any = raw.items()
    elif isinstance(raw, list):
        parts = enumerate(raw)
    else:
        return {at: raw}
    return {path: leaf for key, part in parts for path, leaf in _leaves(part, without, (*at, key)).items()}
