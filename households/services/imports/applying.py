"""Writing a checked import into the register: one transaction, whole tables at a time, before-values kept.

Every statement takes %(id)s the import and %(day)s the day from which its changes hold."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection

from households.models import RegisterImport
from households.services.imports import facts
from households.services.imports.receiving import refuse

SHOWN_NAMES = 5
# The register may have moved on since the preview: then the rows seen are no longer the rows there are.
_STALE = """
    SELECT count(*) FROM households_importrow r
      LEFT JOIN households_household h ON r.kind = 'household' AND h.id = r.household_id
      LEFT JOIN households_person p ON r.kind = 'person' AND p.id = r.person_id
     WHERE r.register_import_id = %(id)s AND r.verdict IN ('same', 'changed', 'gone')
       AND (r.before->>'xid')::bigint IS DISTINCT FROM coalesce(h.changed_xid, p.changed_xid)
"""
_TAKEN = """
    SELECT count(*) FROM households_importrow r
     WHERE r.register_import_id = %(id)s AND r.verdict = 'new'
       AND CASE r.kind WHEN 'person' THEN EXISTS (SELECT 1 FROM households_person p WHERE p.id_index = r.id_index)
           ELSE EXISTS (SELECT 1 FROM households_household h
                         WHERE h.county_id = %(county)s AND h.register_no = r.household_no) END
"""
_TWO_HEADS = """
    SELECT p.name FROM households_importrow r
      JOIN households_person p ON p.household_id = r.household_id AND p.relation = '02' AND p.left_on IS NULL
     WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict IN ('new', 'changed')
       AND r.data->>'relation' = '02' AND p.id IS DISTINCT FROM r.person_id
       AND NOT EXISTS (SELECT 1 FROM households_importrow o
                        WHERE o.register_import_id = %(id)s AND o.kind = 'person' AND o.person_id = p.id
                          AND (o.verdict IN ('same', 'changed') OR o.verdict = 'gone' AND o.left_reason <> ''))
"""
_KEEP_HOUSEHOLDS = """
    UPDATE households_importrow r SET before = r.before || jsonb_build_object(
           'household', to_jsonb(h), 'statuses', coalesce((SELECT jsonb_agg(to_jsonb(s))
               FROM households_householdstatus s WHERE s.household_id = h.id), '[]'))
      FROM households_household h
     WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND h.id = r.household_id
       AND (r.verdict = 'changed' OR r.verdict = 'gone' AND r.left_reason <> '')
"""
_KEEP_PERSONS = """
    UPDATE households_importrow r SET before = r.before || jsonb_build_object('person', to_jsonb(p),
           'identities', coalesce((SELECT jsonb_agg(to_jsonb(i)) FROM households_identity i
                                    WHERE i.person_id = p.id), '[]'),
           'enrolments', coalesce((SELECT jsonb_agg(to_jsonb(e)) FROM households_enrolment e
                                    WHERE e.person_id = p.id), '[]'))
      FROM households_person p
     WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND p.id = r.person_id
       AND (r.verdict = 'changed' OR r.verdict = 'gone' AND r.left_reason <> '')
"""
_INHERIT_REASON = """
    UPDATE households_importrow r SET left_reason = h.left_reason
      FROM households_importrow h
     WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict = 'gone' AND r.left_reason = ''
       AND h.register_import_id = %(id)s AND h.kind = 'household' AND h.verdict = 'gone' AND h.left_reason <> ''
       AND h.household_id = r.household_id
"""
_PERSONS_LEAVE = """
    UPDATE households_person p SET left_on = %(day)s, left_reason = r.left_reason
      FROM households_importrow r
     WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict = 'gone' AND r.left_reason <> ''
       AND p.id = r.person_id
"""
_HOUSEHOLDS_LEAVE = """
    UPDATE households_household h SET left_on = %(day)s, left_reason = r.left_reason, standing = 'removed'
      FROM households_importrow r
     WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND r.verdict = 'gone' AND r.left_reason <> ''
       AND h.id = r.household_id
"""
_INSERT_HOUSEHOLDS = """
    INSERT INTO households_household (uuid, register_no, former_numbers, village_id, county_id, group_name, address,
           household_type, standing, registered_on, main_cause, other_causes, income_per_head, phone, phone_masked,
           phone_index, visit_order, left_reason)
    SELECT (d->'_'->>'uuid')::uuid, r.household_no, '{}', r.village_id, %(county)s, coalesce(d->>'group_name', ''), '',
           coalesce(d->>'household_type', 'ordinary'), coalesce(d->>'standing', 'registered'),
           (d->>'registered_on')::date, coalesce(d->>'main_cause', ''),
           coalesce(string_to_array(d->>'other_causes', ','), '{}'), (d->>'income_per_head')::numeric,
           decode(d->'_'->>'phone', 'base64'), coalesce(d->'_'->>'phone_masked', ''), decode(d->>'phone_index', 'hex'),
           0, ''
      FROM households_importrow r CROSS JOIN LATERAL (SELECT r.data AS d) x
     WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND r.verdict = 'new'
     ORDER BY r.row
"""
_NAME_HOUSEHOLDS = """
    UPDATE households_importrow r SET household_id = h.id
      FROM households_household h
     WHERE r.register_import_id = %(id)s AND r.household_id IS NULL AND r.verdict <> 'refused'
       AND h.county_id = %(county)s AND h.register_no = r.household_no
"""
_UPDATE_HOUSEHOLDS = """
    UPDATE households_household h
       SET register_no = coalesce(d->>'register_no', h.register_no),
           former_numbers = CASE WHEN d->>'register_no' <> h.register_no AND NOT h.register_no = ANY(h.former_numbers)
                            THEN h.former_numbers || h.register_no ELSE h.former_numbers END,
           village_id = coalesce((d->>'village')::bigint, h.village_id),
           group_name = coalesce(d->>'group_name', h.group_name),
           household_type = coalesce(d->>'household_type', h.household_type),
           standing = coalesce(d->>'standing', h.standing),
           registered_on = coalesce((d->>'registered_on')::date, h.registered_on),
           main_cause = coalesce(d->>'main_cause', h.main_cause),
           other_causes = coalesce(string_to_array(d->>'other_causes', ','), h.other_causes),
           income_per_head = coalesce((d->>'income_per_head')::numeric, h.income_per_head),
           phone = CASE WHEN decode(d->>'phone_index', 'hex') IS DISTINCT FROM h.phone_index AND d ? 'phone_index'
                   THEN decode(d->'_'->>'phone', 'base64') ELSE h.phone END,
           phone_masked = coalesce(d->'_'->>'phone_masked', h.phone_masked),
           phone_index = coalesce(decode(d->>'phone_index', 'hex'), h.phone_index),
           left_on = NULL, left_reason = ''
      FROM households_importrow r CROSS JOIN LATERAL (SELECT r.data AS d) x
     WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND r.verdict = 'changed' AND h.id = r.household_id
"""
# A household has one head at any moment, between two rows of one statement too: the old head steps down first.
_HEADS_STEP_DOWN = """
    UPDATE households_person p SET relation = CASE r.data->>'relation' WHEN '02' THEN '80' ELSE r.data->>'relation' END
      FROM households_importrow r
     WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict = 'changed' AND p.id = r.person_id
       AND p.relation = '02' AND p.left_on IS NULL
       AND (r.data->>'relation' <> '02' OR p.household_id <> r.household_id)
"""
_UPDATE_PERSONS = """
    UPDATE households_person p
       SET household_id = r.household_id,
           name = CASE WHEN p.name_folded = r.name_folded THEN p.name ELSE r.name END,
           name_folded = r.name_folded, name_pinyin = d->'_'->>'pinyin', name_initials = d->'_'->>'initials',
           name_grams = ARRAY(SELECT jsonb_array_elements_text(d->'_'->'grams')),
           id_number = CASE WHEN r.id_index IS DISTINCT FROM p.id_index AND r.id_index IS NOT NULL
                       THEN r.id_number ELSE p.id_number END,
           id_masked = CASE WHEN r.id_index IS NULL THEN p.id_masked ELSE r.id_masked END,
           id_index = coalesce(r.id_index, p.id_index),
           no_id_reason = CASE WHEN r.id_index IS NULL THEN p.no_id_reason ELSE '' END,
           person_no = coalesce(d->>'person_no', p.person_no), relation = d->>'relation', sex = d->>'sex',
           birth_date = (d->>'birth_date')::date, ethnicity = coalesce(d->>'ethnicity', p.ethnicity),
           education = coalesce(d->>'education', p.education),
           student_status = coalesce(d->>'student_status', p.student_status),
           labour = coalesce(d->>'labour', p.labour), health_status = coalesce(d->>'health_status', p.health_status),
           disability_kind = coalesce(d->>'disability_kind', p.disability_kind),
           disability_level = coalesce(d->>'disability_level', p.disability_level),
           phone = CASE WHEN decode(d->>'phone_index', 'hex') IS DISTINCT FROM p.phone_index AND d ? 'phone_index'
                   THEN decode(d->'_'->>'phone', 'base64') ELSE p.phone END,
           phone_masked = coalesce(d->'_'->>'phone_masked', p.phone_masked),
           phone_index = coalesce(decode(d->>'phone_index', 'hex'), p.phone_index),
           left_on = NULL, left_reason = ''
      FROM households_importrow r CROSS JOIN LATERAL (SELECT r.data AS d) x
     WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict = 'changed' AND p.id = r.person_id
"""
_INSERT_PERSONS = """
    INSERT INTO households_person (uuid, household_id, village_id, county_id, person_no, name, name_folded,
           name_pinyin, name_initials, name_grams, id_number, id_index, id_masked, no_id_reason, relation, sex,
           birth_date, ethnicity, education, student_status, labour, health_status, health_class, disability_kind,
           disability_level, phone, phone_masked, phone_index, left_reason)
    SELECT (d->'_'->>'uuid')::uuid, r.household_id, r.village_id, %(county)s, coalesce(d->>'person_no', ''), r.name,
           r.name_folded, d->'_'->>'pinyin', d->'_'->>'initials',
           ARRAY(SELECT jsonb_array_elements_text(d->'_'->'grams')), r.id_number, r.id_index, r.id_masked,
           CASE WHEN r.id_index IS NULL THEN '登记表未填证件号码' ELSE '' END, d->>'relation', d->>'sex',
           (d->>'birth_date')::date, coalesce(d->>'ethnicity', ''), coalesce(d->>'education', ''),
           coalesce(d->>'student_status', ''), coalesce(d->>'labour', ''), coalesce(d->>'health_status', ''),
           CASE WHEN d->>'health_status' LIKE '%%大病%%' THEN 'major'
                WHEN d->>'health_status' LIKE '%%慢性病%%' THEN 'general' ELSE 'healthy' END,
           coalesce(d->>'disability_kind', ''), coalesce(d->>'disability_level', ''),
           decode(d->'_'->>'phone', 'base64'), coalesce(d->'_'->>'phone_masked', ''), decode(d->>'phone_index', 'hex'),
           ''
      FROM households_importrow r CROSS JOIN LATERAL (SELECT r.data AS d) x
     WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict = 'new'
     ORDER BY r.row
"""
_NAME_PERSONS = """
    UPDATE households_importrow r SET person_id = p.id
      FROM households_person p
     WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict = 'new'
       AND p.uuid = (r.data->'_'->>'uuid')::uuid
"""
STEPS = (
    *(
        _INHERIT_REASON,
        _KEEP_HOUSEHOLDS,
        _KEEP_PERSONS,
        _PERSONS_LEAVE,
        _HOUSEHOLDS_LEAVE,
        _INSERT_HOUSEHOLDS,
    ),
    *(
        _NAME_HOUSEHOLDS,
        _HEADS_STEP_DOWN,
        _UPDATE_HOUSEHOLDS,
        _UPDATE_PERSONS,
        _INSERT_PERSONS,
        _NAME_PERSONS,
    ),
    *facts.STEPS,
)


def is_stale(register_import: RegisterImport) -> bool:
    """Whether anything the preview looked at has changed since."""
    values = {"id": register_import.pk, "county": register_import.area.county_id}
    with connection.cursor() as cursor:
        for statement in (_STALE, _TAKEN):
            cursor.execute(statement, values)
            if cursor.fetchone()[0]:
                return True
    return False


def check_heads(register_import: RegisterImport) -> None:
    """Raises ImportRefused when a household would have two heads: the old one is neither in the file nor leaving."""
    with connection.cursor() as cursor:
        cursor.execute(_TWO_HEADS, {"id": register_import.pk})
        names = [name for (name,) in cursor.fetchall()]
    if names:
        raise refuse("head_undecided", names="、".join(names[:SHOWN_NAMES]))


def check_date(register_import: RegisterImport, day: date) -> None:
    """Raises ImportRefused when a household or person already has a record that starts after `day`."""
    with connection.cursor() as cursor:
        cursor.execute(facts.LATER, {"id": register_import.pk, "day": day})
        found = cursor.fetchall()
    if found:
        names = "、".join(number for number, _start in found[:SHOWN_NAMES])
        raise refuse(
            "effective_too_early", names=names, day=max(start for _number, start in found).isoformat()
        )


def write_changes(
    register_import: RegisterImport, *, day: date, year: int, report: Callable[[int, int], None]
) -> dict[str, Any]:
    """This will carry out the whole import inside the caller's transaction; returns the transaction's number."""
    values = {"id": register_import.pk, "county": register_import.area.county_id, "day": day, "year": year}
    with connection.cursor() as cursor:
        for done, statement in enumerate(STEPS):
            report(done, len(STEPS))
            cursor.execute(statement, values)
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return {"xid": cursor.fetchone()[0]}
