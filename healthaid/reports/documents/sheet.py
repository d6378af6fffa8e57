"""A report as a workbook, as the office lays it out: title, merged headings, units, signatures."""

from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from core.base.cells import safe
from healthaid.reports.documents.table import Document, Table, Value

_THIN = Side(style="thin", color="857F6E")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="E2EEE5")
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_FIRST = 5  # the row of the group headings; above it title, office and period, edition and seal, table title


def sheet(document: Document) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for number, table in enumerate(document.tables, start=1):
        page = book.create_sheet(f"{number}")
        _write(page, document, table)
    _words(book.create_sheet(safe(document.notes_label)), document)
    book.properties.title = document.title
    book.properties.creator = "HealthAid"
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def _write(page: Any, document: Document, table: Table) -> None:
    width = len(table.names) + 1
    _top(page, document, table, width)
    _headings(page, table, document.unit_label)
    last = _FIRST + 3
    for row in table.rows:
        _row(page, last, row)
        last += 1
    if table.together:
        _row(page, last, table.together, bold=True)
    _signatures(page, document, last + 2, width)
    _paper(page, document, table)


def _top(page: Any, document: Document, table: Table, width: int) -> None:
    lines = [
        (document.title, Font(bold=True, size=16), _CENTRE),
        (f"{document.office}    {document.period}    {document.data_time}", Font(size=10), _LEFT),
        (f"{document.edition}    SHA-256 {document.seal}", Font(size=9, color="545F58"), _LEFT),
        (table.title, Font(bold=True, size=12), _LEFT),
    ]
    for number, (text, font, alignment) in enumerate(lines, start=1):
        cell = page.cell(number, 1, safe(text))
        cell.font, cell.alignment = font, alignment
        page.merge_cells(start_row=number, end_row=number, start_column=1, end_column=width)
    page.row_dimensions[1].height = 28


def _headings(page: Any, table: Table, unit_label: str) -> None:
    _head(page, _FIRST, 1, table.first_column)
    page.merge_cells(start_row=_FIRST, end_row=_FIRST + 1, start_column=1, end_column=1)
    _head(page, _FIRST + 2, 1, unit_label)
    column = 2
    for group in table.groups:
        for offset in range(group.span):
            _head(page, _FIRST, column + offset, group.text if not offset else None)
        page.merge_cells(
            start_row=_FIRST, end_row=_FIRST, start_column=column, end_column=column + group.span - 1
        )
        column += group.span
    for number, (name, unit) in enumerate(zip(table.names, table.units, strict=True), start=2):
        _head(page, _FIRST + 1, number, name)
        _head(page, _FIRST + 2, number, unit)
    _head(page, _FIRST + 1, 1, None)
    page.row_dimensions[_FIRST + 1].height = 44


def _head(page: Any, row: int, column: int, text: str | None) -> None:
    cell = page.cell(row, column)
    if text is not None:
        cell.value = safe(text)
    cell.font, cell.fill, cell.border, cell.alignment = Font(bold=True, size=10), _HEAD, _BOX, _CENTRE


def _row(page: Any, row: int, values: list[Value], *, bold: bool = False) -> None:
    for column, value in enumerate(values, start=1):
        cell = page.cell(row, column, _number(value))
        cell.font, cell.border = Font(bold=bold, size=10), _BOX
        cell.alignment = _LEFT if column == 1 else _CENTRE
        if isinstance(value, Decimal):
            cell.number_format = "0.0" if value.as_tuple().exponent == -1 else "#,##0.00"


def _number(value: Value) -> Any:
    return value if isinstance(value, int | Decimal) else safe(value)


def _signatures(page: Any, document: Document, row: int, width: int) -> None:
    step = max(1, width // len(document.signatures))
    for number, text in enumerate(document.signatures):
        page.cell(row, 1 + number * step, safe(text)).font = Font(size=10)


def _paper(page: Any, document: Document, table: Table) -> None:
    page.column_dimensions["A"].width = 22
    for number, weight in enumerate(table.weights, start=2):
        page.column_dimensions[get_column_letter(number)].width = weight + 1.5
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{_FIRST}:{_FIRST + 2}"
    page.freeze_panes = page.cell(_FIRST + 3, 2)
    page.oddFooter.left.text = f"SHA-256 {document.seal[:16]}"
    page.oddFooter.right.text = "&P / &N"


def _words(page: Any, document: Document) -> None:
    page.column_dimensions["A"].width = 30
    page.column_dimensions["B"].width = 110
    page.append([safe(document.notes_label)])
    for note in document.notes:
        page.append(["", safe(note)])
    page.append([])
    page.append([safe(document.definitions_label)])
    for name, text in document.definitions:
        page.append([safe(name), safe(text)])
    for row in page.iter_rows():
        for cell in row:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.font = Font(size=10, bold=cell.column == 1)
