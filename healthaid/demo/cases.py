"""Cases of major disease, walked as far as each has come: the rows that the product's own steps leave.

Only the first `LIVED` cases of a county are lived beyond "assigned", so that a large county loads as fast."""

from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection

LIVED = 300
STATEMENTS = Path(__file__).with_suffix(".sql")


def walk_cases(*, county: int, officer: int, on: date) -> None:
    """This will open and walk the cases of a county as of a day; `officer` is a user of its health bureau."""
    values: dict[str, Any] = {"county": county, "officer": officer, "on": on, "lived": LIVED}
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS.read_text(encoding="utf-8"), values)
