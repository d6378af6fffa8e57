"""A list as a workbook: a watermark row, the headings, one row for each entry."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from core.base.cells import safe
from core.base.rows import write_rows

_WIDTHS = (14, 14, 24, 22, 18, 48, 14)


def listing(
    *,
    title: str,
    watermark: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    sheet: str,
    widths: Sequence[int] = _WIDTHS,
) -> bytes:
    """The file's bytes. `watermark` says who took the list out, and when."""
    held = BytesIO()
    write_listing(
        held, title=title, watermark=watermark, headings=headings, rows=rows, sheet=sheet, widths=widths
    )
    return held.getvalue()


def write_listing(
    file: BinaryIO,
    *,
    title: str,
    watermark: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    sheet: str,
    widths: Sequence[int] = _WIDTHS,
) -> int:
    """The same into a file, row by row: any number takes the memory of a few. Gives how many there were."""
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    for number, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.freeze_panes = "A4"
    page.append([_styled(page, title, Font(bold=True, size=14))])
    page.append([_styled(page, watermark, Font(italic=True, color="9A4A00"))])
    page.append([_heading(page, text) for text in headings])
    page.oddFooter.left.text = watermark.replace("&", "&&")
    return write_rows(file, book, rows, first=4)


def _styled(page: Any, text: str, font: Font) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, safe(text))
    cell.font = font
    return cell


def _heading(page: Any, text: str) -> WriteOnlyCell:
    cell = _styled(page, text, Font(bold=True))
    cell.fill = PatternFill("solid", fgColor="E2EEE5")
    cell.alignment = Alignment(vertical="center")
    return cell
