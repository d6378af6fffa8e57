"""The sheet a payer is claimed from (医疗费用申报表): as a workbook and as PDF, with the same figures."""

from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from core.base.cells import safe
from core.base.typesetting import typeset

_HERE = Path(__file__).parent
_THIN = Side(style="thin", color="857F6E")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="E2EEE5")
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_RIGHT = Alignment(horizontal="right", vertical="center")
_WIDTHS = (6, 24, 16, 12, 22, 13, 13, 15, 15, 16)
_MONEY = "#,##0.00"
_HEAD_ROW = 4


@dataclass(frozen=True)
class ClaimSheet:
    """Words come in ready; amounts are yuan. `rows` and their sums `together` have a cell for each of
    `heads`."""

    language: str
    title: str
    facts: tuple[str, ...]
    unit: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    together: tuple[Any, ...]
    signatures: tuple[str, ...]
    note: str
    trace: str
    sheet: str


def claim_pdf(sheet: ClaimSheet) -> bytes:
    return typeset(_HERE / "claim_sheet.typ", _written(sheet))


def claim_workbook(sheet: ClaimSheet) -> bytes:
    """The office's layout: title, whom, unit, headings, one row a bill, total, signatures, watermark."""
    book = Workbook()
    page = book.active
    page.title = safe(sheet.sheet)
    width = len(sheet.heads)
    _line(page, 1, sheet.title, width, Font(bold=True, size=16), _CENTRE)
    _line(page, 2, "    ".join(sheet.facts), width, Font(size=10), _LEFT)
    _line(page, 3, sheet.unit, width, Font(size=10), _RIGHT)
    for column, (head, size) in enumerate(zip(sheet.heads, _WIDTHS, strict=True), start=1):
        _cell(page, _HEAD_ROW, column, head, bold=True).fill = _HEAD
        page.column_dimensions[get_column_letter(column)].width = size
    last = _HEAD_ROW + 1
    for row in sheet.rows:
        _row(page, last, row)
        last += 1
    _row(page, last, sheet.together, bold=True)
    _line(page, last + 1, sheet.note, width, Font(size=9, color="545F58"), _LEFT)
    _line(page, last + 3, "          ".join(sheet.signatures), width, Font(size=11), _LEFT)
    _line(page, last + 5, sheet.trace, width, Font(italic=True, size=9, color="9A4A00"), _LEFT)
    _paper(page, sheet)
    return _bytes(book, sheet)


def _row(page: Any, number: int, values: tuple[Any, ...], *, bold: bool = False) -> None:
    for column, value in enumerate(values, start=1):
        _cell(page, number, column, value, bold=bold)


def _cell(page: Any, row: int, column: int, value: Any, *, bold: bool) -> Any:
    cell = page.cell(row, column, safe(value))
    cell.border, cell.font = _BOX, Font(bold=bold)
    cell.alignment = _RIGHT if isinstance(value, Decimal) else _CENTRE
    if isinstance(value, Decimal):
        cell.number_format = _MONEY
    return cell


def _line(page: Any, row: int, text: str, width: int, font: Font, alignment: Alignment) -> None:
    cell = page.cell(row, 1, safe(text))
    cell.font, cell.alignment = font, alignment
    page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)


def _paper(page: Any, sheet: ClaimSheet) -> None:
    page.freeze_panes = f"A{_HEAD_ROW + 1}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    page.oddFooter.left.text = sheet.trace.replace("&", "&&")
    page.oddFooter.right.text = "&P / &N"


def _bytes(book: Workbook, sheet: ClaimSheet) -> bytes:
    book.properties.title, book.properties.creator = sheet.title, "HealthAid"
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def _written(sheet: ClaimSheet) -> ClaimSheet:
    """Amounts as they are read: 1,234.50, with a true minus."""

    def told(value: Any) -> str:
        return f"{value:,.2f}".replace("-", "−") if isinstance(value, Decimal) else str(value)

    return ClaimSheet(
        **{
            **{name: getattr(sheet, name) for name in sheet.__dataclass_fields__},
            "rows": tuple(tuple(told(value) for value in row) for row in sheet.rows),
            "together": tuple(told(value) for value in sheet.together),
        }
    )
