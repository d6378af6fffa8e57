"""Households at risk, by codes and days. What was found at a home is told in words, and those to health
offices only: they may name an illness that only health staff may know of."""

# ruff: noqa: S608 - statements are joined from constants of this package

from core.accounts.tokens import Scope
from healthaid.api.filters_monitoring import OVERDUE_MONITORING, MonitoringFilters
from healthaid.api.resources.base import Resource


def _words(column: str) -> str:
    return f"CASE WHEN %(sees_sensitive)s THEN {column} END"


CASE = f"""
    t.uuid AS id, (SELECT h.uuid FROM households_household h WHERE h.id = t.household_id) AS household,
    (SELECT v.code FROM accounts_area v WHERE v.id = t.village_id) AS village,
    t.kind, t.risk, t.source, t.state, t.holder, t.turn_since, t.due_on, {OVERDUE_MONITORING} AS overdue,
    t.found_on, t.verified_on, t.removable_from, t.asked_on, t.ended_on,
    (SELECT r.uuid FROM households_monitoringcase r WHERE r.id = t.relapse_of_id) AS relapse_of,
    t.updated_at AS changed_at"""
_MEASURES = f"""
    (SELECT coalesce(json_agg(row_to_json(x)), '[]') FROM (
        SELECT m.kind, {_words("m.what")} AS what, m.since, m.until, m.done_on,
               {_words("m.outcome")} AS outcome
          FROM households_monitoringmeasure m WHERE m.case_id = t.id ORDER BY m.since, m.id) x) AS measures"""
_STEPS = """
    (SELECT coalesce(json_agg(row_to_json(x)), '[]') FROM (
        SELECT s.state, s.holder, s.done_on AS "on" FROM households_monitoringstep s
         WHERE s.case_id = t.id ORDER BY s.id) x) AS steps"""
WHOLE = f"""{CASE}, {_words("t.grounds")} AS grounds, {_words("t.finding")} AS finding,
    {_words("t.removal_grounds")} AS removal_grounds, {_MEASURES}, {_STEPS}"""

MONITORING = Resource(
    name="monitoring",
    scope=Scope.MONITORING,
    table="households_monitoringcase",
    key="id",
    public_key="uuid",
    masked=CASE,
    revealed=CASE,
    whole=WHOLE,
    whole_revealed=WHOLE,
    filters=MonitoringFilters,
    kind="monitoring",
)
