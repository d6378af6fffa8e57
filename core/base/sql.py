"""Hand-written SQL for the hot roads: bound on the server and prepared, so that PostgreSQL plans it once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import psycopg.rows
from django.db import connection

Parameters = Sequence[Any] | Mapping[str, Any]


def prepared(statement: str, parameters: Parameters = ()) -> psycopg.Cursor[Any]:
    """Runs one statement inside Django's current transaction and gives the cursor.

    Errors are Django's, and a lost connection is replaced for the next request as for any other query."""
    connection.ensure_connection()
    if connection.queries_logged:
        connection.queries_log.append({"sql": statement, "time": "0.000"})
    with connection.wrap_database_errors:
        cursor = psycopg.Cursor(connection.connection)
        cursor.execute(statement, parameters, prepare=True)  # type: ignore[call-overload]
    # It has just answered: Django need not ask it once more in this request.
    connection.health_check_done = True  # type: ignore[attr-defined]
    return cursor


def bigints(numbers: Iterable[int]) -> str:
    """An array as PostgreSQL writes it, for a parameter cast to bigint[]: bound as one text."""
    return f"{{{','.join(map(str, numbers))}}}"


def rows(statement: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
    return prepared(statement, parameters).fetchall()


def one(statement: str, parameters: Parameters = ()) -> tuple[Any, ...] | None:
    return prepared(statement, parameters).fetchone()


def streamed(statement: str, parameters: Parameters = (), *, size: int = 2000) -> Iterator[tuple[Any, ...]]:
    """Rows through a server-side cursor: memory stays the same for any number. Needs a transaction."""
    connection.ensure_connection()
    with psycopg.ServerCursor(connection.connection, name="streamed_rows") as cursor:
        cursor.itersize = size
        cursor.execute(statement, parameters)  # type: ignore[call-overload]
        yield from cursor


def streamed_dicts(
    statement: str, parameters: Parameters = (), *, size: int = 2000
) -> Iterator[dict[str, Any]]:
    """The same by the names of the columns."""
    connection.ensure_connection()
    with psycopg.ServerCursor(
        connection.connection, name="streamed_dicts", row_factory=psycopg.rows.dict_row
    ) as cursor:
        cursor.itersize = size
        cursor.execute(statement, parameters)  # type: ignore[call-overload]
        yield from cursor


def statements_in(folder: Path) -> Callable[..., str]:
    """A reader of the statements too long for a line of Python, one file each in the folder.

    `statement("today", people=PEOPLE)` gives today.sql with `people` in its /*people*/ gaps."""

    @cache
    def statement(name: str, **parts: str) -> str:
        text = (folder / f"{name}.sql").read_text(encoding="utf-8")
        for gap, words in parts.items():
            text = text.replace(f"/*{gap}*/", words)
        return text

    return statement
