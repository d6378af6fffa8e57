"""How long a county's register takes, as ratios: the preview against a bare parse of the same file,
the apply against a bare COPY of the same rows."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from core.accounts.models import Role, User
from households.models import RegisterImport
from households.services import imports
from tests.factories.ground import a_county, a_user
from tests.factories.registers import HEADERS, household, table, xlsx_bytes

HOUSEHOLDS = 20_000
TODAY, DAY = date(2020, 12, 12), date(2020, 11, 30)


@dataclass(frozen=True)
class Result:
    """seconds, and how many times the bare work (its own seconds beside it)."""

    name: str
    seconds: float
    bare_name: str
    bare_seconds: float

    @property
    def ratio(self) -> float:
        return self.seconds / self.bare_seconds


def clocked(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def _file(households: int) -> tuple[list[list[Any]], bytes]:
    lines = table([row for number in range(1, households + 1) for row in household(number)])
    return lines, xlsx_bytes(lines)


def _bare_parse(content: bytes) -> None:
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(content)
        file.flush()
        python_calamine.load_workbook(file.name).get_sheet_by_index(0).to_python()


def _bare_copy(lines: list[list[Any]]) -> None:
    columns = ", ".join(f"c{number} text" for number in range(len(HEADERS)))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE bare_rows ({columns})")
        with cursor.copy("COPY bare_rows FROM STDIN") as copy:
            for line in lines:
                copy.write_row(line)
        cursor.execute("DROP TABLE bare_rows")


def _preview(content: bytes, officer: User) -> RegisterImport:
    found = imports.receive_register(file=SimpleUploadedFile("county.xlsx", content), by=officer)
    imports.run_preview(import_id=found.pk, on=TODAY)
    found.refresh_from_db()
    return found


def _apply(found: RegisterImport, officer: User) -> RegisterImport:
    imports.order_apply(register_import=found, effective_on=DAY, by=officer, on=TODAY)
    imports.run_apply(import_id=found.pk, on=TODAY)
    found.refresh_from_db()
    return found


def run(households: int = HOUSEHOLDS) -> list[Result]:
    """Needs an empty register; leaves it full."""
    officer = a_user(Role.COUNTY_STAFF, a_county().county)
    lines, content = _file(households)
    parse, _none = clocked(lambda: _bare_parse(content))
    copy, _none = clocked(lambda: _bare_copy(lines))
    preview, found = clocked(lambda: _preview(content, officer))
    apply, done = clocked(lambda: _apply(found, officer))
    again, same = clocked(lambda: _preview(content, officer))
    if done.state != "applied" or set(same.counts["person"]) != {"same"}:
        raise RuntimeError(f"the import went wrong: {done.state} {done.problem} {same.counts}")
    people = households * 3
    return [
        Result(f"preview of {people} new rows", preview, "bare parse", parse),
        Result(f"apply of {people} new rows", apply, "bare COPY", copy),
        Result(f"preview of {people} known rows", again, "bare parse", parse),
    ]
