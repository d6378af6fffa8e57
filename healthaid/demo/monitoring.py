"""Households at risk, each as far as it has come: the rows that the product's own steps leave."""

from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection

STATEMENTS = Path(__file__).with_suffix(".sql")


def watch(*, county: int, officer: int, second: int, on: date) -> None:
    """This will open and walk the cases of a county as of a day; `second` is the officer who decides."""
    values: dict[str, Any] = {"county": county, "officer": officer, "second": second, "on": on}
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS.read_text(encoding="utf-8"), values)
