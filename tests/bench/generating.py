"""The nightly duties against the bare statement: the same rows inserted from a table that already holds them."""

import time
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db import connection, transaction

from followups.services.generation import generate_duties


@dataclass(frozen=True)
class Generated:
    rows: int
    seconds: float
    bare_seconds: float
    again_seconds: float

    @property
    def ratio(self) -> float:
        return self.seconds / self.bare_seconds


def measure(on: date, *, rounds: int) -> Generated:
    """Everything owed on a day in a later quarter, made and taken back again; then the same rows copied."""
    found = [_round(on) for _n in range(rounds)]
    rows = found[0][0]
    return Generated(rows, *(median(each[position] for each in found) for position in (1, 2, 3)))


def _round(on: date) -> tuple[int, float, float, float]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM followups_duty")
        last = cursor.fetchone()[0] or 0
        start = time.perf_counter()
        rows = sum(generate_duties(on=on).values())
        made = time.perf_counter()
        generate_duties(on=on)
        again = time.perf_counter()
        columns = _columns()
        cursor.execute(
            f"CREATE TEMPORARY TABLE kept ON COMMIT DROP AS SELECT {columns} FROM followups_duty WHERE id > %s",
            [last],
        )
        cursor.execute("DELETE FROM followups_duty WHERE id > %s", [last])
        copying = time.perf_counter()
        cursor.execute(f"INSERT INTO followups_duty ({columns}) SELECT {columns} FROM kept")
        copied = time.perf_counter()
        transaction.set_rollback(True)
    return rows, made - start, copied - copying, again - made


def _columns() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT string_agg(attname, ', ') FROM pg_attribute
                WHERE attrelid = 'followups_duty'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'id'"""
        )
        return str(cursor.fetchone()[0])
