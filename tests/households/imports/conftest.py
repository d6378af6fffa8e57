"""An officer, a file, and what the register holds afterwards."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from core.accounts.models import User
from households.models import RegisterImport
from households.services import imports
from tests.factories.registers import csv_register

TODAY = date(2020, 12, 12)
DAY = date(2020, 11, 30)


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    yield


@pytest.fixture
def upload() -> Callable[..., RegisterImport]:
    """Receives and previews a file: `upload(rows, by=officer)` or `upload(bytes, by=officer)`."""

    def send(content: Any, *, by: User, name: str = "岳塘区.csv") -> RegisterImport:
        data = content if isinstance(content, bytes) else csv_register(content)
        received = imports.receive_register(file=SimpleUploadedFile(name, data), by=by)
        imports.run_preview(import_id=received.pk, on=TODAY)
        received.refresh_from_db()
        return received

    return send


@pytest.fixture
def apply_import() -> Callable[..., RegisterImport]:
    def do(register_import: RegisterImport, *, by: User, day: date = DAY) -> RegisterImport:
        imports.order_apply(register_import=register_import, effective_on=day, by=by, on=TODAY)
        imports.run_apply(import_id=register_import.pk, on=TODAY)
        register_import.refresh_from_db()
        return register_import

    return do


TABLES = (
    *("households_household", "households_person", "households_householdstatus"),
    *("households_identity", "households_enrolment", "households_householdcause"),
)


def contents() -> dict[str, list[Any]]:
    """Every row of the register, without the stamps that any write moves."""
    found: dict[str, list[Any]] = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT to_jsonb(t) - 'updated_at' - 'changed_xid' FROM {table} t ORDER BY id")
            found[table] = [row for (row,) in cursor.fetchall()]
    return found


def events() -> int:
    """How many history rows the register has written."""
    with connection.cursor() as cursor:
        cursor.execute(
            " + ".join(["SELECT 0", *(f"(SELECT count(*) FROM {table}event)" for table in TABLES)])
        )
        return int(cursor.fetchone()[0])
