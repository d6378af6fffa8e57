"""Many rows into a workbook: written as text between its head and its tail, never held, a few µs a cell."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from core.base.cells import safe

_DAY_ZERO = date(1899, 12, 30).toordinal()
_END = b"</sheetData>"
_SHEET = "xl/worksheets/sheet1.xml"
_BATCH = 50


def write_rows(file: BinaryIO, book: Workbook, rows: Iterable[Sequence[Any]], *, first: int) -> int:
    """Saves a write-only workbook of one sheet into `file` with these rows below its own, the first of them
    in line `first`, and gives how many they were.

    A cell holds text, a number, a date, a moment or nothing."""
    style = _day_style(book)
    held = io.BytesIO()
    book.save(held)
    count = 0
    with zipfile.ZipFile(held) as frame, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in frame.namelist():
            content = frame.read(name)
            if name == _SHEET:
                count = _fill(archive, content, _chunks(rows, first, style))
            else:
                archive.writestr(name, content)
    return count


def _day_style(book: Workbook) -> int:
    cell = WriteOnlyCell(book.worksheets[0], date(2000, 1, 1))
    cell.number_format = "yyyy-mm-dd"
    return int(cell.style_id)


def _fill(archive: zipfile.ZipFile, content: bytes, chunks: Iterable[tuple[bytes, int]]) -> int:
    head, tail = content.split(_END)
    count = 0
    with archive.open(_SHEET, "w") as sheet:
        sheet.write(head)
        for chunk, number in chunks:
            sheet.write(chunk)
            count += number
        sheet.write(_END + tail)
    return count


def _chunks(rows: Iterable[Sequence[Any]], first: int, style: int) -> Iterator[tuple[bytes, int]]:
    numbered = enumerate(rows, start=first)
    while some := [_row(number, row, style) for number, row in _next(numbered)]:
        yield "".join(some).encode(), len(some)


def _next(numbered: Iterator[Any]) -> Iterator[Any]:
    return (each for _n, each in zip(range(_BATCH), numbered, strict=False))


def _row(number: int, row: Sequence[Any], style: int) -> str:
    cells = [
        _cell(f"{letter}{number}", value, style)
        for letter, value in zip(_letters(len(row)), row, strict=True)
        if value is not None and value != ""
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, value: Any, style: int) -> str:
    if isinstance(value, datetime):
        value = f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{_text(value)}</t></is></c>'
    if isinstance(value, int | float | Decimal):
        return f'<c r="{place}"><v>{int(value) if isinstance(value, bool) else value}</v></c>'
    if isinstance(value, date):
        return f'<c r="{place}" s="{style}"><v>{value.toordinal() - _DAY_ZERO}</v></c>'
    raise TypeError(type(value))


@lru_cache(maxsize=1024)
def _text(value: str) -> str:
    return escape(safe(value))


@lru_cache
def _letters(count: int) -> tuple[str, ...]:
    return tuple(get_column_letter(number) for number in range(1, count + 1))
