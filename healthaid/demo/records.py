"""Health records, classes and their history, the campaign, early intervention, benefits: by set."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import connection

from households.services.records.classes import classify

_NAMED = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)
# The rule as it would have run: what a class was a year ago, and since when it is what it is.
_RUN_BEFORE = (365, 180, 90, 30, 0)


def keep_records(county: int, officer: int, on: date) -> None:
    """This will write what the health centres keep of people, and let the class rule run as of then."""
    statements = _statements()
    values: dict[str, Any] = {"county": county, "officer": officer, "on": on}
    for days in _RUN_BEFORE:
        classify(on=on - timedelta(days=days), county_ids=[county])
    with connection.cursor() as cursor:
        for name in ("records", "forms", "premiums", "campaign", "early", "by_hand", "benefits"):
            cursor.execute(statements[name], values)


def _statements() -> dict[str, str]:
    text = (Path(__file__).parent / "records.sql").read_text(encoding="utf-8")
    _head, *parts = _NAMED.split(text)
    return dict(zip(parts[::2], parts[1::2], strict=True))
