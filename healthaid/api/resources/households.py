"""Households: the row of the list, and the whole record with its members."""

# ruff: noqa: S608 - statements are joined from constants of this package

from core.accounts.tokens import Scope
from healthaid.api.filters import HouseholdFilters
from healthaid.api.resources.base import Resource, personal
from healthaid.api.resources.classes import class_label
from healthaid.api.resources.members import members


def _row(*, revealed: bool) -> str:
    return f"""
        t.uuid AS id, t.register_no,
        (SELECT v.code FROM accounts_area v WHERE v.id = t.village_id) AS village,
        t.group_name, t.household_type, t.standing, t.registered_on, t.main_cause, t.other_causes,
        t.income_per_head,
        {personal("address", "t", revealed=revealed)} AS address,
        {personal("phone", "t", revealed=revealed)} AS phone,
        {personal("latitude", "t", revealed=revealed)} AS latitude,
        {personal("longitude", "t", revealed=revealed)} AS longitude,
        t.left_on, t.left_reason, t.updated_at AS changed_at"""


STATUSES = """
    (SELECT coalesce(json_agg(row_to_json(x) ORDER BY x.since), '[]') FROM (
        SELECT s.standing, s.monitored_kind, s.risk, lower(s.period) AS since, upper(s.period) AS until
          FROM households_householdstatus s WHERE s.household_id = t.id) x) AS statuses"""
VISITS = f"""
    (SELECT coalesce(json_agg(row_to_json(x)), '[]') FROM (
        SELECT w.uuid AS id, (SELECT p.uuid FROM households_person p WHERE p.id = w.person_id) AS person,
               w.protocol, w.visited_on, w.mode, w.visit_class,
               {class_label("w")}, w.is_controlled AS controlled, w.sbp, w.dbp, w.fpg
          FROM followups_visit w
         WHERE w.household_id = t.id AND w.is_current AND (%(sees_sensitive)s OR NOT w.is_sensitive)
         ORDER BY w.visited_on DESC, w.uuid DESC LIMIT 5) x) AS last_visits"""


def _whole(*, revealed: bool) -> str:
    return f"{_row(revealed=revealed)}, {STATUSES}, {members(revealed=revealed)}, {VISITS}"


HOUSEHOLDS = Resource(
    name="households",
    scope=Scope.HOUSEHOLDS,
    table="households_household",
    key="id",
    public_key="uuid",
    masked=_row(revealed=False),
    revealed=_row(revealed=True),
    whole=_whole(revealed=False),
    whole_revealed=_whole(revealed=True),
    filters=HouseholdFilters,
    kind="household",
)
