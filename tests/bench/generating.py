"""The nightly duties against the bare statement: the same rows inserted from a table that already holds them.

Both meet the table as it was on the day: what was inserted is taken back and the table vacuumed before each."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db import connection

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
    """Everything owed on a day in a later quarter, made and taken back again; then the same rows copied.

    Who goes first changes from round to round. It commits: for a database of its own."""
    last = _last()
    rows = sum(generate_duties(on=on).values())
    columns = _columns()
    _run(f"CREATE UNLOGGED TABLE kept_duties AS SELECT {columns} FROM followups_duty WHERE id > {last}")
    copied = f"INSERT INTO followups_duty ({columns}) SELECT {columns} FROM kept_duties"
    ours, bare, again = [], [], []
    for number in range(rounds):
        for is_ours in (number % 2 == 0, number % 2 == 1):
            _take_back(last)
            if is_ours:
                ours.append(_timed(lambda: generate_duties(on=on)))
                again.append(_timed(lambda: generate_duties(on=on)))
            else:
                bare.append(_timed(lambda: _run(copied)))
    _take_back(last)
    _run("DROP TABLE kept_duties")
    return Generated(rows, median(ours), median(bare), median(again))


def _last() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(max(id), 0) FROM followups_duty")
        return int(cursor.fetchone()[0])


def _take_back(last: int) -> None:
    _run(f"DELETE FROM followups_duty WHERE id > {last}")
    _run("VACUUM ANALYZE followups_duty")


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _run(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text)


def _columns() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT string_agg(attname, ', ') FROM pg_attribute
                WHERE attrelid = 'followups_duty'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'id'"""
        )
        return str(cursor.fetchone()[0])
