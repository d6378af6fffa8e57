"""The demo is loaded once for these tests, inside a transaction that is rolled back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection, transaction

from healthaid.demo.loading import Wish, load
from healthaid.demo.shapes import Shape

ON = date(2026, 11, 22)
HAMLETS = Shape(households=44, persons=125, teams=30, ill=57, months=2)


@contextmanager
def undone() -> Iterator[None]:
    outermost = transaction.atomic()
    # As for Django's own test cases: services that commit by themselves may run inside.
    outermost._from_testcase = True
    with outermost:
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def database(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), undone():
        yield


@pytest.fixture(scope="package")
def demo(database: None) -> Wish:
    """The district at scale 1."""
    wish = Wish(scale=1, seed=2026, on=ON)
    load(wish)
    return wish


def one(sql: str, *values: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchone()[0]


def rows(sql: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchall()
