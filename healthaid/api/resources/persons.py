"""Persons: the row of the list, and the whole record with conditions, insurance, contract and last visits."""

# ruff: noqa: S608 - statements are joined from constants of this package

from core.accounts.tokens import Scope
from followups.queries.fulfilment import promises_sql
from healthaid.api.filters import PersonFilters
from healthaid.api.resources.base import Resource
from healthaid.api.resources.classes import class_label
from healthaid.api.resources.members import care, person_fields


def _row(*, revealed: bool) -> str:
    return f"""
        t.uuid AS id, (SELECT h.uuid FROM households_household h WHERE h.id = t.household_id) AS household,
        (SELECT v.code FROM accounts_area v WHERE v.id = t.village_id) AS village,
        {person_fields("t", revealed=revealed)}"""


VISITS = f"""
    (SELECT coalesce(json_agg(row_to_json(x)), '[]') FROM (
        SELECT w.uuid AS id, w.protocol, w.visited_on, w.mode, w.visit_class,
               {class_label("w")}, w.is_controlled AS controlled, w.sbp, w.dbp, w.fpg
          FROM followups_visit w
         WHERE w.person_id = t.id AND w.is_current AND (%(sees_sensitive)s OR NOT w.is_sensitive)
         ORDER BY w.visited_on DESC, w.uuid DESC LIMIT 10) x) AS last_visits"""


PROMISES = f"""
    (SELECT coalesce(json_agg(row_to_json(x)), '[]') FROM (
        {promises_sql("c.person_id = t.id", on="%(on_day)s", sensitive="%(sees_sensitive)s")}
        SELECT item, promised, due, done FROM counted ORDER BY item) x) AS promises"""


def _whole(*, revealed: bool) -> str:
    return f"{_row(revealed=revealed)}, {care('t')}, {PROMISES}, {VISITS}"


PERSONS = Resource(
    name="persons",
    scope=Scope.PERSONS,
    table="households_person",
    key="id",
    public_key="uuid",
    masked=_row(revealed=False),
    revealed=_row(revealed=True),
    whole=_whole(revealed=False),
    whole_revealed=_whole(revealed=True),
    filters=PersonFilters,
    kind="person",
)
