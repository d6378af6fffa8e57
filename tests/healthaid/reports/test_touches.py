"""No indicator reads a table whose changes nobody would notice."""

import re

import pytest
from django.db import connection

from healthaid.reports.indicators import INDICATORS, STATEMENTS
from healthaid.reports.touches import CHANGED, FEEDS

# Areas are watched as a whole; users and practitioners only lend their names.
TREE = {"accounts_area"}
TABLE = re.compile(r"(?:FROM|JOIN)\s+((?:accounts|clinics|households|followups|claims|outreach|reports)_\w+)")


def read() -> set[str]:
    conditions = (str(vars(indicator)) for indicator in INDICATORS.values())
    found = {table for text in [*STATEMENTS.values(), *conditions] for table in TABLE.findall(text)} - TREE
    # The history of a table is written with it.
    return found - {f"{table}event" for table in found}


def triggers(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass", [table])
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.parametrize("table", sorted(read()))
def test_a_change_of_every_table_that_an_indicator_reads_is_noticed(db, table):
    found = triggers(table)
    touches_person = {f"touch_person_on_{event}" for event in ("insert", "update", "delete")}
    touches_area = {"touch_on_insert", "touch_on_delete", "touch_before_update", "touch_after_update"}
    assert table in FEEDS or touches_person <= found or touches_area <= found, (
        f"{table}: add touch(...) of healthaid/reports/touches.py in a migration of healthaid.reports"
    )


@pytest.mark.parametrize("table", FEEDS)
def test_a_row_of_a_feed_that_is_removed_leaves_a_tombstone(db, table):
    assert any(name.startswith("pgtrigger_tombstone") for name in triggers(table))


def test_the_function_in_the_database_is_the_one_in_the_code(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'reports_changed'")
        [(body,)] = cursor.fetchall()
    assert body.strip() in CHANGED


def watched() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'touch_on_insert' ORDER BY 1"
        )
        return [table for (table,) in cursor.fetchall()]


def test_every_mark_can_be_made(db):
    """A statement trigger runs for no row as well: a column that is not there would be met."""
    assert watched()
    with connection.cursor() as cursor:
        for table in watched():
            cursor.execute(f"UPDATE {table} SET id = id WHERE FALSE")  # noqa: S608 - names of the database
            cursor.execute(f"DELETE FROM {table} WHERE FALSE")  # noqa: S608 - names of the database
