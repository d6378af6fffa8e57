"""Exports of many rows: seconds beside a bare COPY of the same rows, and the most memory a process held."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from claims.models import Admission, Settlement, SettlementLine
from core.accounts.models import Area, Level
from healthaid.reports.documents.model import Asked
from healthaid.reports.queries.tables.roster import roster
from households.models import Condition, Enrolment, Household, Person
from tests.bench.volume import multiply

SIZES = (10_000, 100_000)
MORE = 16  # MB that ten times the rows may take beyond what the few took
_MODELS = (Household, Person, Condition, Enrolment, Admission, Settlement, SettlementLine)


@dataclass(frozen=True)
class Export:
    """`bare` seconds only send the same rows from the server; `peak` is MB of the writing process."""

    name: str
    rows: int
    seconds: float
    bare: float
    peak: float
    megabytes: float


def measure(on: date) -> Iterator[Export]:
    """The demo is there; its rows are multiplied until the county's roster has as many as are asked for."""
    for size in SIZES:
        _grow(size, on)
        for name in ("roster", "list"):
            found = _apart(name, on)
            yield Export(name=name, bare=_apart(f"bare-{name}", on)["seconds"], **found)


def _apart(name: str, on: date) -> dict[str, Any]:
    """In a process of its own, so that its memory is only its own."""
    command = [sys.executable, "-m", "tests.bench.export_one", name, on.isoformat()]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return found


def _grow(size: int, on: date) -> None:
    times = 1
    while (found := _rows(on)) < size:
        times = max(times + 1, -(-times * size // found))
        multiply(times, light=_MODELS, heavy=())
    connection.close()


def county_asked(on: date) -> Asked:
    village = Area.objects.filter(level=Level.VILLAGE, households__isnull=False).order_by("code").first()
    assert village is not None
    assert village.county is not None
    return Asked(village.county, date(on.year, 1, 1), on, on, sees_sensitive=True)


def _rows(on: date) -> int:
    """How many rows the shorter of the two files will have."""
    asked = county_asked(on)
    with transaction.atomic():
        rows = sum(1 for _row in roster(asked))
    return min(rows, Person.objects.filter(village__county=asked.area, left_on=None).count())


def timed(work: Any) -> tuple[float, Any]:
    begun = time.perf_counter()
    found = work()
    return time.perf_counter() - begun, found
