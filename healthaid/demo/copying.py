"""Rows into the database by COPY: fast, with every trigger, check and foreign key of the tables in force."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, models

Row = Sequence[Any]
_CHUNK = 2000


def _text(value: str) -> str:
    if "\\" in value or "\t" in value or "\n" in value:
        return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    return value


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _json(value: dict[str, Any]) -> str:
    return _text(orjson.dumps(value, default=_number).decode())


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


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> int:
    """This will write rows of the named fields; fields not named get the model's default. Gives how many."""
    rest = _defaults(model, columns)
    fields = {field.name: field.column for field in model._meta.concrete_fields}
    names = [fields[name] for name in (*columns, *rest)]
    suffix = "".join(f"\t{as_text(value)}" for value in rest.values()) + "\n"
    listed = ", ".join(f'"{name}"' for name in names)
    statement = f'COPY "{model._meta.db_table}" ({listed}) FROM STDIN'
    return _copied(statement, rows, suffix)


def _copied(statement: str, rows: Iterable[Row], suffix: str) -> int:
    waiting, count = iter(rows), 0
    connection.ensure_connection()
    with connection.connection.cursor() as cursor, cursor.copy(statement) as copy:
        while chunk := list(islice(waiting, _CHUNK)):
            copy.write("".join([_line(row, suffix) for row in chunk]))
            count += len(chunk)
    return count


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


class Keys:
    """Primary keys handed out beforehand, so that rows can name each other before they are written."""

    def __init__(self) -> None:
        self._last: dict[type[models.Model], int] = {}

    def next(self, model: type[models.Model]) -> int:
        if model not in self._last:
            self._last[model] = model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0
        self._last[model] += 1
        return self._last[model]

    def hand_back(self) -> None:
        """Sets each table's sequence behind the last key given, so that the product can go on from there."""
        with connection.cursor() as cursor:
            for model, last in self._last.items():
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [model._meta.db_table, last]
                )
        self._last.clear()
