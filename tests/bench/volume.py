"""Many times the demo's rows in the same villages: made by SQL from the rows that are there, in minutes.

Each copy is shifted: other keys, otherwise the same facts. Triggers and foreign keys are off meanwhile
(`session_replication_role`), so there is no history of the copies and nothing follows from them."""

from typing import Any

from django.db import connection, transaction

from claims.models import Admission, Settlement, SettlementLine
from followups.models import Contract, Duty, Visit
from households.models import Condition, Enrolment, Exam, Household, Person

SHIFT = 100_000_000
# The demo writes more visits, duties and papers for a person at scale 1 than there are in a county's years.
LIGHT = (Household, Person, Condition, Admission, Settlement)
HEAVY = (Exam, Enrolment, Contract, Duty, Visit)
COPIED = (*LIGHT, SettlementLine, *HEAVY)
Models = tuple[Any, ...]
_SUFFIXED = {"register_no", "number", "hospital_no"}


def multiply(times: int, light: Models = LIGHT, heavy: Models = HEAVY) -> None:
    """This will bring persons and bills to so many times the demo's, what is done for them to about half."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for model in light:
            _copy(cursor, model, times)
        for model in heavy:
            _copy(cursor, model, max(times * 7 // 15, 1))
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")


def _copy(cursor: Any, model: Any, times: int) -> None:
    """Copies that are already there stay: from 15 times to 150 only the rest is made."""
    table, fields = model._meta.db_table, [f for f in model._meta.local_fields if not f.generated]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(field) for field in fields)
    for number in range(_made(cursor, model) + 1, times):
        with transaction.atomic():
            cursor.execute(
                f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} t WHERE {_first(model)}",  # noqa: S608
                {"number": number, "shift": number * SHIFT},
            )


def _first(model: Any) -> str:
    return f"t.household_id < {SHIFT}" if model is Visit else f"t.id < {SHIFT}"


def _made(cursor: Any, model: Any) -> int:
    key = "household_id" if model is Visit else "id"
    cursor.execute(f"SELECT coalesce(max({key}), 0) / {SHIFT} FROM {model._meta.db_table}")  # noqa: S608
    return int(cursor.fetchone()[0])


def _value(field: Any) -> str:
    column = f't."{field.column}"'
    if (field.related_model or (field.model if field.primary_key else None)) in COPIED:
        return _shifted(column, is_uuid=field.column in ("uuid", "visit_id", "supersedes_id"))
    if field.column == "uuid":
        return _shifted(column, is_uuid=True)
    if field.column in _SUFFIXED:
        return f"CASE WHEN {column} = '' THEN '' ELSE {column} || '-' || %(number)s::text END"
    if field.column == "id_index":
        return f"sha256({column} || %(number)s::text::bytea)"
    return "''" if field.column == "device_id" else column


def _shifted(column: str, *, is_uuid: bool) -> str:
    return f"md5({column}::text || %(number)s::text)::uuid" if is_uuid else f"{column} + %(shift)s"
