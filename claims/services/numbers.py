"""Numbers of papers: county code, month, running number without gaps."""

from datetime import date

from claims.sql import statement
from core.base.sql import rows


def next_number(county_id: int, kind: str, on: date) -> str:
    """This will take a month's next number, such as 430304-202603-00017, inside the caller's transaction.

    Whoever wants the next one in the same county and month waits until this transaction has ended."""
    code, running = rows(statement("next_number"), {"county": county_id, "kind": kind, "on": on})[0]
    return f"{number_prefix(code, on)}{running:05d}"


def number_prefix(county_code: str, on: date) -> str:
    return f"{county_code}-{on:%Y%m}-"
