"""Finding the header below the title rows, joining its levels, and naming the column each field stands in."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Any

from core.base.names import fold
from core.base.sheets import Merge, Sheet
from households.registerfile.cells import is_blank, text_of
from households.registerfile.schema import field_of_header, fields, header_key, unit_of

SEARCHED_ROWS = 40
DEEPEST = 3
FEWEST_FIELDS = 3
IGNORED = "ignore"
Choices = Callable[[str], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """how: exact, joined (two header levels), saved (chosen by a person), repeated, ignored, or none."""

    column: int
    header: str
    field: str
    how: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """first is the zero-based row of the header's top level, levels how many rows it takes."""

    first: int
    levels: int
    mapping: tuple[ColumnMatch, ...]
    signature: str

    @property
    def body(self) -> int:
        return self.first + self.levels

    @property
    def found(self) -> frozenset[str]:
        return frozenset(match.field for match in self.mapping if match.field)


def find_header(sheet: Sheet, chosen: Choices) -> Header | None:
    """The best of the first rows, or None when no row names at least three known columns."""
    candidates = [
        read_header(sheet, first, levels, {})
        for first in range(min(SEARCHED_ROWS, len(sheet.rows)))
        for levels in range(1, DEEPEST + 1)
        if first + levels <= len(sheet.rows) and _could_be(sheet.rows[first + levels - 1])
    ]
    best = max(candidates, key=lambda h: (len(h.found), -h.levels, -h.first), default=None)
    if best is None or len(best.found) < FEWEST_FIELDS:
        return None
    overrides = chosen(best.signature)
    return read_header(sheet, best.first, best.levels, overrides) if overrides else best


def _could_be(row: Sequence[Any]) -> bool:
    """Header cells are words: a row with numbers or dates in it is already data."""
    return all(
        isinstance(value, str) and not fold(value)[:6].isdigit() for value in row if not is_blank(value)
    )


def read_header(sheet: Sheet, first: int, levels: int, overrides: Mapping[str, str]) -> Header:
    texts = _levels(sheet, first, levels)
    headers = [_joined(column) for column in zip_longest(*texts, fillvalue="")]
    signature = hashlib.sha256("\n".join(header_key(h) for h in headers).encode()).hexdigest()
    chosen = _Matcher(overrides)
    mapping = tuple(
        chosen.match(index, column) for index, column in enumerate(zip_longest(*texts, fillvalue=""))
    )
    return Header(first, levels, mapping, signature)


def _levels(sheet: Sheet, first: int, levels: int) -> list[list[str]]:
    rows = [
        [text_of(v) if not is_blank(v) else "" for v in row] for row in sheet.rows[first : first + levels]
    ]
    for merge in sheet.merges:
        _spread(rows, merge, first)
    for above, below in pairwise(rows):
        _fill_right(above, below)
    return rows


def _spread(rows: list[list[str]], merge: Merge, first: int) -> None:
    """A title merged over several columns belongs to each of them."""
    (top, left), (_, right) = merge
    if first <= top < first + len(rows):
        row = rows[top - first]
        row[left : right + 1] = [row[left]] * (min(right + 1, len(row)) - left)


def _fill_right(above: list[str], below: list[str]) -> None:
    for index in range(1, len(above)):
        if not above[index] and index < len(below) and below[index]:
            above[index] = above[index - 1]


def _joined(column: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(text for text in column if text))


class _Matcher:
    """Names columns from left to right; a field is given once, unless it may stand in several columns."""

    def __init__(self, overrides: Mapping[str, str]) -> None:
        self.overrides = overrides
        self.taken: set[str] = set()

    def match(self, index: int, column: Sequence[str]) -> ColumnMatch:
        header = _joined(column)
        saved = self.overrides.get(header_key(header)) if header else None
        name, how = (saved, "saved") if saved is not None else _look_up(column)
        if not name or name == IGNORED:
            return ColumnMatch(index, header, "", "ignored" if name else "none")
        field = fields()[name]
        if field.ignored:
            return ColumnMatch(index, header, "", "ignored")
        if name in self.taken and not field.many:
            return ColumnMatch(index, header, "", "repeated")
        self.taken.add(name)
        return ColumnMatch(index, header, name, how, unit_of(header) if field.kind == "money" else "")


def _look_up(column: Sequence[str]) -> tuple[str, str]:
    """All levels joined, then the lowest level alone."""
    parts = list(dict.fromkeys(text for text in column if text))
    known = field_of_header()
    joined = known.get(header_key("".join(parts)), "")
    if joined:
        return joined, "exact" if len(parts) == 1 else "joined"
    return (known.get(header_key(parts[-1]), ""), "exact") if parts else ("", "none")
