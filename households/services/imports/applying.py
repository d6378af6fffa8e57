"""Writing a checked import into the register: one transaction, whole tables at a time."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection

from households.models import RegisterImport
from households.models.triggers import EFFECTIVE_ON
from households.services.imports.receiving import refuse
from households.services.imports.statements import statements

SHOWN_NAMES = 5
STEPS = (
    *("inherit_reason", "keep_households", "keep_persons", "persons_leave", "households_leave"),
    *("insert_households", "households_known", "name_new_households"),
    *("heads_step_down", "update_households", "update_persons"),
    *("insert_persons", "persons_known", "name_new_persons"),
    *("status_corrected", "status_closed", "status_opened"),
    *("identity_closed", "identity_opened", "enrolments"),
)


def is_stale(register_import: RegisterImport) -> bool:
    """Whether anything the preview looked at has changed since."""
    values = {"id": register_import.pk, "county": register_import.area.county_id}
    with connection.cursor() as cursor:
        for name in ("stale_rows", "new_rows_taken"):
            cursor.execute(statements("applying")[name], values)
            if cursor.fetchone()[0]:
                return True
    return False


def check_heads(register_import: RegisterImport) -> None:
    """Raises ImportRefused when a household has a new head while the old one is not accounted for."""
    with connection.cursor() as cursor:
        cursor.execute(statements("applying")["two_heads"], {"id": register_import.pk})
        names = [name for (name,) in cursor.fetchall()]
    if names:
        raise refuse("head_undecided", names="、".join(names[:SHOWN_NAMES]))


def check_date(register_import: RegisterImport, day: date) -> None:
    """Raises ImportRefused when a household or person already has a record that starts after `day`."""
    with connection.cursor() as cursor:
        cursor.execute(statements("applying")["later_facts"], {"id": register_import.pk, "day": day})
        found = cursor.fetchall()
    if found:
        names = "、".join(number for number, _start in found[:SHOWN_NAMES])
        raise refuse(
            "effective_too_early", names=names, day=max(start for _number, start in found).isoformat()
        )


def holds_from(cursor: Any, day: date) -> None:
    """Dated facts that the database keeps by itself begin and end on this day, until the transaction ends."""
    cursor.execute("SELECT set_config(%s, %s, TRUE)", [EFFECTIVE_ON, day.isoformat()])


def write_changes(
    register_import: RegisterImport, *, day: date, year: int, report: Callable[[int, int], None]
) -> dict[str, Any]:
    """This will carry out the import inside the caller's transaction; returns the transaction's number."""
    values = {"id": register_import.pk, "county": register_import.area.county_id, "day": day, "year": year}
    with connection.cursor() as cursor:
        holds_from(cursor, day)
        for done, name in enumerate(STEPS):
            report(done, len(STEPS))
            cursor.execute(statements("applying")[name], values)
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return {"xid": cursor.fetchone()[0]}
