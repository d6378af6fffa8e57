"""The preview: who each row is, what it would change, and who of the register the file no longer names."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from households.models import ImportRow, RegisterImport
from households.registerfile import Problem
from households.services.imports.staging import stored
from households.services.imports.statements import statements

_KNOWN = (
    *("household_by_number", "household_by_old_number", "person_by_id_number", "person_by_person_number"),
    *("person_by_name_and_birth", "household_renumbered", "village_of_record", "keep_newer_number"),
)
_REFUSED_FOR = {
    "area_missing": "village",
    "household_elsewhere": "household_number",
    "person_elsewhere": "id_number",
}
_SETTLED = (
    *("households_without_headrow", "rows_of_refused_households", "rows_learn_their_household"),
    *("forget_foreign_persons", "households_seen_in_part"),
)
_COMPARED = (
    *("compare_households", "compare_persons", "the_rest_is_new"),
    *("gone_households", "gone_persons", "members_of_gone_households"),
)


def match_rows(register_import: RegisterImport, *, villages: list[int], places: Mapping[str, Any]) -> None:
    """This will point every staged row at whom it is, and refuse what the register forbids."""
    values = {"id": register_import.pk, "county": register_import.area.county_id, "villages": villages}
    sql = statements("matching")
    with connection.cursor() as cursor:
        for name in _KNOWN:
            cursor.execute(sql[name], values)
        for code, field in _REFUSED_FOR.items():
            place = places.get(field)
            where: dict[str, Any] = {"code": code, "field": field, "column": place.column if place else None}
            cursor.execute(
                sql[f"refuse_{code}"], {**values, **where, "header": place.header if place else ""}
            )
        _refuse_repeats(cursor, values, places)
        for name in _SETTLED:
            cursor.execute(sql[name], values)


def _refuse_repeats(cursor: Any, values: Mapping[str, Any], places: Mapping[str, Any]) -> None:
    """Two rows that are the same registered person: the one known by its ID number stays."""
    cursor.execute(statements("matching")["same_person_twice"], values)
    place = places.get("person_number") or places.get("id_number")
    column = place.column if place else None
    for _person, rows, lines in cursor.fetchall():
        for row in ImportRow.objects.filter(pk__in=rows[1:]):
            others = "、".join(str(line) for line in lines if line != row.row)
            problem = Problem("matched_twice", row.row, column, "", "id_number", values={"rows": others})
            row.problems.append(stored(problem))
            row.verdict, row.person = ImportRow.Verdict.REFUSED, None
            row.save(update_fields=["verdict", "problems", "person"])


def compare_rows(register_import: RegisterImport, *, villages: list[int], year: int) -> dict[str, Any]:
    """This will give every row its verdict; returns the counts by kind and verdict."""
    values: dict[str, Any] = {"id": register_import.pk, "villages": villages, "year": year}
    with connection.cursor() as cursor:
        for name in _COMPARED:
            cursor.execute(statements("comparing")[name], values)
    return counted(register_import)


def counted(register_import: RegisterImport) -> dict[str, Any]:
    counts: dict[str, dict[str, int]] = {"person": {}, "household": {}}
    with connection.cursor() as cursor:
        cursor.execute(statements("comparing")["counts"], {"id": register_import.pk})
        for kind, verdict, number in cursor.fetchall():
            counts[kind][verdict] = number
    return counts
