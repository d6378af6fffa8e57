"""A list as a workbook: a watermark row, the headings, one row for each entry."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from core.base.cells import safe

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
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    for number, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.freeze_panes = "A4"
    page.append([_styled(page, title, Font(bold=True, size=14))])
    page.append([_styled(page, watermark, Font(italic=True, color="9A4A00"))])
    page.append([_heading(page, text) for text in headings])
    for row in rows:
        page.append([safe(value) for value in row])
    page.oddFooter.left.text = watermark.replace("&", "&&")
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def _styled(page: Any, text: str, font: Font) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, safe(text))
    cell.font = font
    return cell


def _heading(page: Any, text: str) -> WriteOnlyCell:
    cell = _styled(page, text, Font(bold=True))
    cell.fill = PatternFill("solid", fgColor="E2EEE5")
    cell.alignment = Alignment(vertical="center")
    return cell
