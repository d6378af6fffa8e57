"""Reading the body column by column: each distinct value is read once, however often it occurs."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any

from households.registerfile import cells
from households.registerfile.cells import Cell, Reader, is_blank, is_rounded, text_of
from households.registerfile.dates import read_date
from households.registerfile.headers import ColumnMatch
from households.registerfile.problems import Problem, ProblemList
from households.registerfile.schema import Field, fields

Column = list[Any]
_PLAIN_READERS: dict[str, Reader] = {
    "name": cells.read_name,
    "id_number": cells.read_id_number,
    "register_number": cells.read_register_number,
    "phone": cells.read_phone,
    "count": cells.read_count,
    "yes_no": cells.read_yes_no,
    "date": read_date,
}


def reader_for(field: Field, match: ColumnMatch, default_unit: str) -> Reader:
    if field.kind in ("code", "codes"):
        return cells.coded(field.kind, field.vocabulary)
    if field.kind == "money":
        return partial(cells.read_money, unit=match.unit or default_unit)
    if field.kind == "text":
        return partial(cells.read_text, limit=field.limit)
    return _PLAIN_READERS[field.kind]


def read_columns(
    raw: Sequence[Sequence[Any]],
    numbers: Sequence[int],
    mapping: Sequence[ColumnMatch],
    unit: str,
    found: ProblemList,
) -> dict[str, Column]:
    """Field name → its values by body row. Several columns of one field become one list per row."""
    columns: dict[str, Column] = {}
    for match in mapping:
        if match.field:
            field = fields()[match.field]
            values = list(raw[match.column]) if raw else []
            read = _read_column(values, numbers, match, reader_for(field, match, unit), found)
            columns[match.field] = _appended(columns.get(match.field), read) if field.many else read
    return columns


def _read_column(
    values: Column, numbers: Sequence[int], match: ColumnMatch, reader: Reader, found: ProblemList
) -> Column:
    results: dict[Any, Cell] = {value: reader(value) for value in set(values)}
    if any(cell.problem for cell in results.values()):
        for value, number in zip(values, numbers, strict=True):
            cell = results[value]
            if cell.problem:
                found.add(_problem(cell, number, match))
    if fields()[match.field].kind == "register_number":
        found.extend(_shortened(values, numbers, match))
    taken = {value: cell.value for value, cell in results.items()}
    return [taken[value] for value in values]


def _problem(cell: Cell, number: int, match: ColumnMatch) -> Problem:
    return Problem(cell.problem, number, match.column, match.header, match.field, values=cell.details)


def _shortened(values: Column, numbers: Sequence[int], match: ColumnMatch) -> list[Problem]:
    """A number cell shorter than the text cells of its column has lost its leading zeros."""
    lengths = Counter(
        len(text_of(value)) for value in values if isinstance(value, str) and not is_blank(value)
    )
    usual = lengths.most_common(1)[0][0] if lengths else 0
    return [
        Problem(
            "number_shortened", number, match.column, match.header, match.field,
            values={"length": len(text_of(value)), "usual": usual},
        )
        for value, number in zip(values, numbers, strict=True)
        if isinstance(value, float) and not is_rounded(value) and len(text_of(value)) < usual
    ]  # fmt: skip


def _appended(before: Column | None, more: Column) -> Column:
    if before is None:
        return more
    return [_union(first, second) for first, second in zip(before, more, strict=True)]


def _union(first: list[str] | None, second: list[str] | None) -> list[str] | None:
    return list(dict.fromkeys([*(first or []), *(second or [])])) or None
