"""Rows into the database by COPY: fast, with every trigger, check and foreign key of the tables in force."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from queue import Queue
from threading import Thread
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, models

Row = Sequence[Any]
Job = tuple[str, list[str]]
_CHUNK = 2000
_WAITING = 12


def _text(value: str) -> str:
    if "\\" in value or "\t" in value or "\n" in value:
        return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    return value


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _json(value: dict[str, Any]) -> str:
    return _text(orjson.dumps(value, default=_number).decode())


def analyse(*tables: str) -> None:
    """The planner has to know of what was just copied in; where it takes it for nothing it needs minutes.

    Without names: every table, but for what autovacuum is at."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tables)}" if tables else "ANALYZE (SKIP_LOCKED)")


class _Writers(dict[type, Callable[[Any], str]]):
    """Kinds that are not listed, such as the members of code tables, are written as their text."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        return str


_AS_TEXT = _Writers(
    {
        str: _text,
        int: str,
        bool: lambda value: "t" if value else "f",
        type(None): lambda value: "\\N",
        date: str,
        datetime: str,
        Decimal: str,
        float: str,
        UUID: str,
        bytes: lambda value: "\\\\x" + value.hex(),
        dict: _json,
        list: lambda value: "{" + ",".join(value) + "}",
    }
)


def as_text(value: Any) -> str:
    return _AS_TEXT[type(value)](value)


def _line(row: Row, suffix: str) -> str:
    return "\t".join([_AS_TEXT[type(value)](value) for value in row]) + suffix


class Store:
    """Hands out primary keys beforehand, so that rows can name each other, and writes rows by COPY.

    Inside `in_background` rows are written by a second thread while the next ones are made up; meanwhile the
    connection belongs to that thread."""

    def __init__(self) -> None:
        self._last: dict[type[models.Model], int] = {}
        self._jobs: Queue[Job | None] | None = None
        self._failures: list[BaseException] = []

    def next(self, model: type[models.Model]) -> int:
        if model not in self._last:
            self._last[model] = model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0
        self._last[model] += 1
        return self._last[model]

    def know(self, *tables: type[models.Model]) -> None:
        """Looks up the last keys now, for the connection may be busy later."""
        for model in tables:
            self.next(model)
            self._last[model] -= 1

    def copy(self, model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
        """This will write rows of the named fields; fields not named get the model's default."""
        job = _job(model, columns, rows)
        if self._failures:
            raise self._failures[0]
        if self._jobs is None:
            connection.ensure_connection()
            _send(connection.connection, job)
        else:
            self._jobs.put(job)

    @contextmanager
    def in_background(self) -> Iterator[None]:
        connection.ensure_connection()
        jobs: Queue[Job | None] = Queue(maxsize=_WAITING)
        thread = Thread(target=_work, args=(connection.connection, jobs, self._failures), daemon=True)
        thread.start()
        self._jobs = jobs
        try:
            yield
        finally:
            self._jobs = None
            jobs.put(None)
            thread.join()
        if self._failures:
            raise self._failures[0]

    def hand_back(self) -> None:
        """Sets each table's sequence behind the last key given, so that the product can go on from there."""
        with connection.cursor() as cursor:
            for model, last in self._last.items():
                if last:
                    cursor.execute(
                        "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [model._meta.db_table, last]
                    )
        self._last.clear()


def _job(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> Job:
    rest = _defaults(model, columns)
    fields = {field.name: field.column for field in model._meta.concrete_fields}
    suffix = "".join(f"\t{as_text(value)}" for value in rest.values()) + "\n"
    listed = ", ".join(f'"{fields[name]}"' for name in (*columns, *rest))
    chunks, waiting = [], iter(rows)
    while chunk := list(islice(waiting, _CHUNK)):
        chunks.append("".join([_line(row, suffix) for row in chunk]))
    return f'COPY "{model._meta.db_table}" ({listed}) FROM STDIN', chunks


def _send(raw: Any, job: Job) -> None:
    statement, chunks = job
    with raw.cursor() as cursor, cursor.copy(statement) as copy:
        for chunk in chunks:
            copy.write(chunk)


def _work(raw: Any, jobs: "Queue[Job | None]", failures: list[BaseException]) -> None:
    """Writes until there is nothing more; after a failure the rest is only taken off the queue."""
    while (job := jobs.get()) is not None:
        if failures:
            continue
        try:
            _send(raw, job)
        except Exception as error:
            failures.append(error)


def _defaults(model: type[models.Model], given: Sequence[str]) -> dict[str, Any]:
    return {
        field.name: _default(field)
        for field in model._meta.concrete_fields
        if field.name not in given
        and not field.primary_key
        and not field.generated
        and not field.has_db_default()
    }


def _default(field: Any) -> Any:
    value = field.get_default()
    return {} if value is None and isinstance(field, models.JSONField) else value
