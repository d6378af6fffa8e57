"""The preview: what each row would change, and who of the register the file no longer names."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from households.models import ImportRow, RegisterImport
from households.services.imports import matching

# Today's values as flat text, under the names the staged data use.
_HOUSEHOLD_NOW = """
    jsonb_build_object(
        'register_no', h.register_no, 'village', h.village_id::text, 'group_name', h.group_name,
        'household_type', h.household_type, 'registered_on', coalesce(h.registered_on::text, ''),
        'main_cause', h.main_cause, 'other_causes', array_to_string(h.other_causes, ','),
        'income_per_head', coalesce(h.income_per_head::text, ''),
        'phone_index', coalesce(encode(h.phone_index, 'hex'), ''), 'left', coalesce(h.left_on::text, ''),
        'standing', h.standing, 'monitored_kind', coalesce(s.monitored_kind, ''), 'risk', coalesce(s.risk, ''))
"""
_PERSON_NOW = """
    jsonb_build_object(
        'name', CASE WHEN p.name_folded = r.name_folded THEN r.name ELSE p.name END,
        'relation', p.relation, 'sex', p.sex, 'birth_date', p.birth_date::text, 'person_no', p.person_no,
        'ethnicity', p.ethnicity, 'education', p.education, 'student_status', p.student_status,
        'labour', p.labour, 'health_status', p.health_status, 'disability_kind', p.disability_kind,
        'disability_level', p.disability_level, 'id_index', coalesce(encode(p.id_index, 'hex'), ''),
        'phone_index', coalesce(encode(p.phone_index, 'hex'), ''), 'left', coalesce(p.left_on::text, ''))
    || jsonb_build_object('identity_subsistence', '0', 'identity_destitute', '0')
    || coalesce(i.held, '{}') || coalesce(e.schemes, '{}')
"""
# The words a person sees for an encrypted value are its masks.
_CHANGES = """
    (SELECT coalesce(jsonb_agg(jsonb_build_object('field', d.key,
        'old', CASE d.key WHEN 'id_index' THEN {id_masked} WHEN 'phone_index' THEN c.phone_masked
               ELSE coalesce(c.now->>d.key, '') END,
        'new', CASE d.key WHEN 'id_index' THEN r.id_masked WHEN 'phone_index' THEN r.data->'_'->>'phone_masked'
               ELSE d.value END) ORDER BY d.key), '[]')
       FROM jsonb_each_text(r.data - '_') d WHERE c.now->>d.key IS DISTINCT FROM d.value)
"""
_COMPARE_HOUSEHOLDS = f"""
    WITH current AS (
        SELECT r.id, {_HOUSEHOLD_NOW} AS now, h.phone_masked, h.changed_xid
          FROM households_importrow r JOIN households_household h ON h.id = r.household_id
          LEFT JOIN households_householdstatus s ON s.household_id = h.id AND upper_inf(s.period)
         WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND r.verdict = ''
    )
    UPDATE households_importrow r
       SET verdict = CASE WHEN c.now @> (r.data - '_') THEN 'same' ELSE 'changed' END,
           before = jsonb_build_object('xid', c.changed_xid),
           changes = CASE WHEN c.now @> (r.data - '_') THEN '[]'::jsonb ELSE {_CHANGES.format(id_masked="''")} END
      FROM current c WHERE r.id = c.id
"""
_COMPARE_PERSONS = f"""
    WITH held AS (
        SELECT person_id, jsonb_object_agg('identity_' || kind, '1') AS held
          FROM households_identity WHERE upper_inf(period) GROUP BY person_id
    ), enrolled AS (
        SELECT person_id, jsonb_object_agg('scheme_' || scheme, CASE WHEN is_enrolled THEN '1' ELSE '0' END) AS schemes
          FROM households_enrolment WHERE year = %(year)s GROUP BY person_id
    ), current AS (
        SELECT r.id, {_PERSON_NOW} AS now, p.phone_masked, p.id_masked, p.changed_xid, h.register_no,
               p.household_id IS DISTINCT FROM r.household_id AS moved
          FROM households_importrow r JOIN households_person p ON p.id = r.person_id
          JOIN households_household h ON h.id = p.household_id
          LEFT JOIN held i ON i.person_id = p.id LEFT JOIN enrolled e ON e.person_id = p.id
         WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict IN ('', 'ask')
    ), compared AS (
        SELECT c.*, NOT c.moved AND c.now @> (r.data - '_') AS same
          FROM current c JOIN households_importrow r ON r.id = c.id
    )
    UPDATE households_importrow r
       SET verdict = CASE WHEN r.verdict = 'ask' THEN 'ask' WHEN c.same THEN 'same' ELSE 'changed' END,
           before = jsonb_build_object('xid', c.changed_xid),
           changes = CASE WHEN c.same THEN '[]'::jsonb ELSE {_CHANGES.format(id_masked="c.id_masked")}
               || CASE WHEN c.moved THEN jsonb_build_array(jsonb_build_object(
                      'field', 'household_no', 'old', c.register_no, 'new', r.household_no)) ELSE '[]'::jsonb END END
      FROM compared c WHERE r.id = c.id
"""
_NEW = "UPDATE households_importrow SET verdict = 'new' WHERE register_import_id = %(id)s AND verdict = ''"
# The file speaks for the villages it names: a household or member of those that it leaves out is gone.
_GONE_HOUSEHOLDS = """
    INSERT INTO households_importrow (register_import_id, kind, verdict, household_no, village_id, household_id,
                                      before, matched_by, person_no, name, name_folded, id_masked, data, changes,
                                      problems, left_reason)
    SELECT %(id)s, 'household', 'gone', h.register_no, h.village_id, h.id,
           jsonb_build_object('xid', h.changed_xid), '', '', coalesce(p.name, ''), '', '', '{}', '[]', '[]', ''
      FROM households_household h
      LEFT JOIN households_person p ON p.household_id = h.id AND p.relation = '02' AND p.left_on IS NULL
     WHERE h.left_on IS NULL AND h.village_id = ANY(%(villages)s)
       AND h.village_id IN (SELECT village_id FROM households_importrow
                             WHERE register_import_id = %(id)s AND kind = 'household' AND verdict <> 'refused')
       AND NOT EXISTS (SELECT 1 FROM households_importrow r
                        WHERE r.register_import_id = %(id)s AND r.kind = 'household'
                          AND (r.household_id = h.id OR r.household_no = h.register_no))
       AND NOT EXISTS (SELECT 1 FROM households_importrow r JOIN households_person m ON m.id = r.person_id
                        WHERE r.register_import_id = %(id)s AND r.verdict IN ('refused', 'ask')
                          AND m.household_id = h.id)
"""
_GONE_PERSONS = """
    INSERT INTO households_importrow (register_import_id, kind, verdict, household_no, village_id, household_id,
                                      person_id, person_no, name, name_folded, birth_date, id_masked, before,
                                      matched_by, data, changes, problems, left_reason)
    SELECT %(id)s, 'person', 'gone', h.register_no, p.village_id, p.household_id, p.id, p.person_no, p.name,
           p.name_folded, p.birth_date, p.id_masked, jsonb_build_object('xid', p.changed_xid), '', '{}', '[]', '[]', ''
      FROM households_importrow r
      JOIN households_household h ON h.id = r.household_id
      JOIN households_person p ON p.household_id = h.id AND p.left_on IS NULL
     WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND r.verdict <> 'refused'
       AND NOT coalesce((r.data->'_'->>'partial')::boolean, false)
       AND NOT EXISTS (SELECT 1 FROM households_importrow o
                        WHERE o.register_import_id = %(id)s AND o.kind = 'person' AND o.person_id = p.id)
"""
_COUNTS = """
    SELECT kind, verdict, count(*) FROM households_importrow WHERE register_import_id = %(id)s GROUP BY 1, 2
"""
_TWICE = """
    SELECT person_id, array_agg(id ORDER BY matched_by <> 'id_number', id), array_agg(row ORDER BY row)
      FROM households_importrow
     WHERE register_import_id = %(id)s AND kind = 'person' AND person_id IS NOT NULL AND verdict <> 'refused'
     GROUP BY person_id HAVING count(*) > 1
"""


def match_rows(register_import: RegisterImport, *, villages: list[int], places: Mapping[str, Any]) -> None:
    """This will point every staged row at the household and person it is, and refuse what the register forbids."""
    values = {"id": register_import.pk, "county": register_import.area.county_id, "villages": villages}
    with connection.cursor() as cursor:
        for statement in (*matching.HOUSEHOLDS, *matching.PERSONS, matching.RENUMBERED):
            cursor.execute(statement, values)
        for statement in (matching.VILLAGE_OF_RECORD, matching.KEEP_NEWER_NUMBER):
            cursor.execute(statement, values)
        for code, condition in matching.REFUSALS:
            _refuse(cursor, code, condition, values, places)
        _refuse_repeats(cursor, values, places)
        for statement in (
            matching.HEADLESS,
            matching.FALLEN,
            matching.LINKED,
            matching.FORGET_FOREIGN,
            matching.PARTIAL,
        ):
            cursor.execute(statement, values)


def _refuse(
    cursor: Any, code: str, condition: str, values: Mapping[str, Any], places: Mapping[str, Any]
) -> None:
    field = {"area_missing": "village", "household_elsewhere": "household_number"}.get(code, "id_number")
    place = places.get(field)
    where = {"code": code, "field": field, "column": place.column if place else None}
    statement = matching.REFUSE.replace("{condition}", condition)
    cursor.execute(statement, {**values, **where, "header": place.header if place else ""})


def _refuse_repeats(cursor: Any, values: Mapping[str, Any], places: Mapping[str, Any]) -> None:
    """Two rows that are the same registered person: the one known by its ID number stays."""
    cursor.execute(_TWICE, values)
    place = places.get("person_number") or places.get("id_number")
    for _person, rows, lines in cursor.fetchall():
        for row in ImportRow.objects.filter(pk__in=rows[1:]):
            others = "、".join(str(line) for line in lines if line != row.row)
            row.problems.append(
                {"code": "matched_twice", "row": row.row, "column": place.column if place else None, "header": "",
                 "field": "id_number", "scope": "row", "values": {"rows": others}}
            )  # fmt: skip
            row.verdict, row.person = ImportRow.Verdict.REFUSED, None
            row.save(update_fields=["verdict", "problems", "person"])


def compare_rows(register_import: RegisterImport, *, villages: list[int], year: int) -> dict[str, Any]:
    """This will give every row its verdict; returns the counts by kind and verdict."""
    values = {"id": register_import.pk, "villages": villages, "year": year}
    with connection.cursor() as cursor:
        for statement in (_COMPARE_HOUSEHOLDS, _COMPARE_PERSONS, _NEW, _GONE_HOUSEHOLDS, _GONE_PERSONS):
            cursor.execute(statement, values)
        cursor.execute(_GONE_WITH_HOUSEHOLD, values)
        return counted(register_import)


# Members of a gone household are listed beside it and follow its reason unless they get their own.
_GONE_WITH_HOUSEHOLD = _GONE_PERSONS.replace("r.verdict <> 'refused'", "r.verdict = 'gone'")


def counted(register_import: RegisterImport) -> dict[str, Any]:
    counts: dict[str, dict[str, int]] = {"person": {}, "household": {}}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"id": register_import.pk})
        for kind, verdict, number in cursor.fetchall():
            counts[kind][verdict] = number
    return counts


__all__ = ["compare_rows", "counted", "match_rows"]
