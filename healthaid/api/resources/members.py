"""The members of a household inside its record, each with conditions, insurance and contract."""

# ruff: noqa: S608 - statements are joined from constants of this package

from healthaid.api.resources.base import personal


def conditions(person: str) -> str:
    """Open conditions of a person; sensitive ones only for callers who may see them."""
    return f"""
        (SELECT coalesce(json_agg(row_to_json(x) ORDER BY x.confirmed_on, x.disease), '[]') FROM (
            SELECT d.code AS disease, d.name_zh, d.name_en, c.icd10, c.confirmed_on, c.is_managed AS managed
              FROM households_condition c JOIN households_disease d ON d.id = c.disease_id
             WHERE c.person_id = {person}.id AND c.ended_on IS NULL
               AND (%(sees_sensitive)s OR NOT c.is_sensitive)) x) AS conditions"""


def enrolments(person: str) -> str:
    return f"""
        (SELECT coalesce(json_agg(row_to_json(x) ORDER BY x.year DESC, x.scheme), '[]') FROM (
            SELECT e.year, e.scheme, e.is_enrolled AS enrolled, e.paid_by, e.amount, e.why_not
              FROM households_enrolment e
             WHERE e.person_id = {person}.id
               AND e.year >= extract(year FROM %(on_day)s::date) - 1) x) AS enrolments"""


def contract(person: str) -> str:
    """The contract in force, or null."""
    return f"""
        (SELECT row_to_json(x) FROM (
            SELECT m.name AS team, k.package, lower(k.period) AS since, upper(k.period) AS until, k.promised
              FROM followups_contract k JOIN followups_team m ON m.id = k.team_id
             WHERE k.person_id = {person}.id AND k.state = 'signed' AND k.period @> %(on_day)s::date
             ORDER BY lower(k.period) DESC LIMIT 1) x) AS contract"""


def identities(person: str) -> str:
    return f"""
        (SELECT coalesce(json_agg(row_to_json(x) ORDER BY x.since), '[]') FROM (
            SELECT i.kind, lower(i.period) AS since, upper(i.period) AS until
              FROM households_identity i WHERE i.person_id = {person}.id) x) AS identities"""


def person_fields(alias: str, *, revealed: bool) -> str:
    return f"""
        {alias}.person_no, {personal("name", alias, revealed=revealed)} AS name,
        {alias}.relation, {alias}.sex,
        extract(year FROM {alias}.birth_date)::int AS birth_year,
        {personal("birth_date", alias, revealed=revealed)} AS birth_date,
        {alias}.ethnicity, {alias}.education, {alias}.labour, {alias}.health_status, {alias}.health_class,
        {personal("id_number", alias, revealed=revealed)} AS id_number,
        {personal("phone", alias, revealed=revealed)} AS phone,
        {alias}.disability_kind, {alias}.disability_level, {alias}.left_on, {alias}.left_reason,
        {alias}.updated_at AS changed_at"""


def care(person: str) -> str:
    """What a person's record tells beyond the row."""
    return f"{conditions(person)}, {identities(person)}, {enrolments(person)}, {contract(person)}"


def members(*, revealed: bool) -> str:
    return f"""
    (SELECT coalesce(json_agg(row_to_json(m) ORDER BY m.relation, m.person_no, m.id), '[]') FROM (
        SELECT p.uuid AS id, {person_fields("p", revealed=revealed)}, {care("p")}
          FROM households_person p WHERE p.household_id = t.id) m) AS members"""
