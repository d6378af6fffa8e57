"""The rows that were refused, as a sheet to correct and send in again."""

import io
from pathlib import Path
from typing import Any

import openpyxl
from django.core.files.storage import default_storage

from core.accounts.models import User
from core.accounts.permissions import check
from core.audit.models import AccessLog
from core.audit.services import record_access
from core.base.sheets import Sheet, open_sheets
from households.models import ImportRow, RegisterImport
from households.registerfile.cells import text_of
from households.services.imports.staging import restored

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def export_refused(*, register_import: RegisterImport, by: User, language: str, route: str) -> bytes:
    """This will make an .xlsx of the refused lines as they stood in the file, each with its problems,
    and record who took it out."""
    check(by, "import_register")
    problems = _problems(register_import, language)
    content = _workbook(_sheet(register_import), register_import.header, problems, language)
    record_access(
        kind=AccessLog.Kind.EXPORT,
        actor=by.get_username(),
        user=by,
        purpose="refused rows of a register import",
        route=route,
        count=len(problems),
        fields=["name", "id_number"],
    )
    return content


def _problems(register_import: RegisterImport, language: str) -> dict[int, str]:
    """Line number → what is wrong there; a household's problem stands on each of its lines."""
    refused = register_import.rows.filter(verdict=ImportRow.Verdict.REFUSED, row__isnull=False)
    households = dict(refused.filter(kind="household").values_list("household_no", "problems"))
    found: dict[int, str] = {}
    lines = refused.filter(kind="person").order_by("row").values_list("row", "household_no", "problems")
    for row, number, own in lines:
        texts = [restored(p).message(language) for p in [*own, *households.get(number, [])]]
        found[row or 0] = " ".join(dict.fromkeys(texts))
    return found


def _sheet(register_import: RegisterImport) -> Sheet:
    content = Path(default_storage.path(register_import.file_path)).read_bytes()
    sheets = open_sheets(content)
    return next((s for s in sheets if s.name == register_import.header["sheet"]), sheets[0])


def _workbook(sheet: Sheet, header: dict[str, Any], problems: dict[int, str], language: str) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("需要更正" if language.startswith("zh") else "To correct")
    title = "问题" if language.startswith("zh") else "Problem"
    first = header["row"] - 1
    for level, line in enumerate(sheet.rows[first : first + header["levels"]]):
        page.append([*(safe(value) for value in line), "" if level else title])
    for number, text in problems.items():
        page.append([*(safe(value) for value in sheet.rows[number - 1]), text])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def safe(value: Any) -> str:
    """Text that no spreadsheet takes for a formula; reading the sheet again takes the apostrophe off."""
    text = text_of(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
