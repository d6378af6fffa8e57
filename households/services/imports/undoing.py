"""Putting back what an import found: exactly the kept before-values, and only while nobody has built on it.

Every statement takes %(id)s the import and %(xid)s the transaction that applied it."""

from collections.abc import Callable, Sequence
from typing import Any

import pghistory.models
from django.db import connection

from households.models import (
    Enrolment,
    Household,
    HouseholdCause,
    HouseholdStatus,
    Identity,
    ImportRow,
    Person,
    RegisterImport,
)
from households.services.imports.applying import SHOWN_NAMES, holds_from
from households.services.imports.receiving import refuse
from households.services.imports.statements import statements

# Rows the import wrote.
_WROTE = """
    r.register_import_id = %(id)s
    AND (r.verdict IN ('new', 'changed') OR r.verdict = 'gone' AND r.left_reason <> '')
"""
_OURS = {Person: (Identity, Enrolment), Household: (HouseholdCause, HouseholdStatus, Person)}


def _columns(model: Any) -> list[str]:
    stamps = {"id", "created_at", "updated_at", "changed_xid"}
    return [field.column for field in model._meta.concrete_fields if field.column not in stamps]


def _restore(model: Any, kept: str, kind: str) -> str:
    """Puts the kept rows of one table back; `kept` is the key under which the import row holds them."""
    table, columns = model._meta.db_table, _columns(model)
    single = kept in ("household", "person")
    source = (
        f"jsonb_populate_record(NULL::{table}, r.before->'{kept}')"
        if single
        else f"jsonb_populate_recordset(NULL::{table}, r.before->'{kept}')"
    )
    return f"""
        UPDATE {table} x SET ({", ".join(columns)}) = ROW({", ".join(f"k.{column}" for column in columns)})
          FROM households_importrow r CROSS JOIN LATERAL {source} k
         WHERE {_WROTE} AND r.kind = '{kind}' AND r.before ? '{kept}' AND x.id = k.id
           {"" if single else "AND x.changed_xid = %(xid)s"}
    """  # noqa: S608 - names of our own tables and columns


def _remove_facts(model: Any, kept: str, kind: str) -> str:
    """Takes out the dated facts the import opened for rows that were there before it."""
    return f"""
        DELETE FROM {model._meta.db_table} x USING households_importrow r
         WHERE {_WROTE} AND r.kind = '{kind}' AND x.{kind}_id = r.{kind}_id AND x.changed_xid = %(xid)s
           AND NOT coalesce(r.before->'{kept}', '[]') @> jsonb_build_array(jsonb_build_object('id', x.id))
    """  # noqa: S608 - names of our own tables


def _remove_new(model: Any, kind: str) -> str:
    """Takes out what the import registered anew; no staging row, of any import, points at it any more."""
    return f"""
        WITH removed AS (
            DELETE FROM {model._meta.db_table} WHERE id IN (
                SELECT r.{kind}_id FROM households_importrow r
                 WHERE r.register_import_id = %(id)s AND r.kind = '{kind}' AND r.verdict = 'new')
            RETURNING id
        )
        UPDATE households_importrow SET {kind}_id = NULL WHERE {kind}_id IN (SELECT id FROM removed)
    """  # noqa: S608 - names of our own tables


def _steps() -> tuple[str, ...]:
    return (
        _remove_facts(Identity, "identities", "person"),
        _remove_facts(Enrolment, "enrolments", "person"),
        _remove_facts(HouseholdStatus, "statuses", "household"),
        _remove_new(Person, "person"),
        _restore(HouseholdStatus, "statuses", "household"),
        _restore(Identity, "identities", "person"),
        _restore(Enrolment, "enrolments", "person"),
        _restore(Household, "household", "household"),
        statements("undoing")["heads_step_down"],
        _restore(Person, "person", "person"),
        _remove_new(Household, "household"),
        "SET CONSTRAINTS ALL IMMEDIATE",
        "SET CONSTRAINTS ALL DEFERRED",
    )


def check_undo(register_import: RegisterImport) -> None:
    """Raises ImportRefused naming who of the new already has other records, or whom later changes touched."""
    values = {"id": register_import.pk, "xid": register_import.counts["xid"]}
    with connection.cursor() as cursor:
        used = sorted({name for statement in _uses() for name in _found(cursor, statement, values)})
        if used:
            raise refuse("undo_in_use", names=_named(used))
        changed = sorted(_found(cursor, statements("undoing")["changed_later"], values))
    if changed:
        raise refuse("undo_changed_later", names=_named(changed))


def _named(names: Sequence[str]) -> str:
    more = f"…（{len(names)}）" if len(names) > SHOWN_NAMES else ""
    return "、".join(names[:SHOWN_NAMES]) + more


def _found(cursor: Any, statement: str, values: dict[str, Any]) -> list[str]:
    cursor.execute(statement, values)
    return [name for (name,) in cursor.fetchall()]


def _uses() -> list[str]:
    """One statement for each table of any app that points at the new persons or households."""
    found = []
    for model, key in ((Person, "person"), (Household, "household")):
        for relation in model._meta.related_objects:
            other = relation.related_model
            history = issubclass(other, pghistory.models.Event)
            if history or relation.many_to_many or other in (*_OURS[model], ImportRow):
                continue
            found.append(f"""
                SELECT DISTINCT coalesce(nullif(r.name, ''), r.household_no) FROM households_importrow r
                  JOIN {other._meta.db_table} o ON o.{relation.field.column} = r.{key}_id
                 WHERE r.register_import_id = %(id)s AND r.kind = '{key}' AND r.verdict = 'new'
            """)  # noqa: S608 - names of our own tables
    return found


def put_back(register_import: RegisterImport, *, report: Callable[[int, int], None]) -> None:
    """This will restore the register to what it was before the import, inside the caller's transaction."""
    values = {"id": register_import.pk, "xid": register_import.counts["xid"]}
    steps = _steps()
    with connection.cursor() as cursor:
        if register_import.effective_on:
            holds_from(cursor, register_import.effective_on)
        for done, statement in enumerate(steps):
            report(done, len(steps))
            cursor.execute(statement, values)
