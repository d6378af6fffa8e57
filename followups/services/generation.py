"""What is owed is written down: one INSERT … SELECT per rule, safe to repeat on any day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from followups.rules import ChronicRule, HouseholdRule, Rule, VisitRule, all_rules, window_of
from followups.sql import statement


def generate_duties(*, on: date, county_ids: list[int] | None = None, by: Any = None) -> dict[str, int]:
    """This will insert the duties that are owed on a day and not there yet.

    Without `county_ids` every county is served. Gives the number inserted by rule.
    """
    return {code: _insert(code, rule, on=on, county_ids=county_ids) for code, rule in all_rules().items()}


def close_missed(*, on: date, county_ids: list[int] | None = None, by: Any = None) -> int:
    """This will close as missed every open duty that no visit can fulfil any more."""
    limits = {code: on - timedelta(days=rule.late_days) for code, rule in all_rules().items()}
    values = {"on": on, "rules": list(limits), "limits": list(limits.values()), "counties": county_ids}
    return _run(statement("close_missed"), values)


def _insert(code: str, rule: Rule, *, on: date, county_ids: list[int] | None) -> int:
    text, values = _STATEMENTS[type(rule)](rule, on)
    return _run(text, {"rule": code, "on": on, "counties": county_ids, **values})


def _chronic(rule: ChronicRule, on: date) -> tuple[str, dict[str, Any]]:
    start, end = window_of(rule.window, on)
    return statement("owe_chronic"), {
        "start": start,
        "end": end,
        "modes": list(rule.modes),
        "confirmed_by": min(on, end - timedelta(days=rule.least_days)),
        "diseases": list(rule.forms),
        "forms": list(rule.forms.values()),
    }


def _household(rule: HouseholdRule, on: date) -> tuple[str, dict[str, Any]]:
    start, end = window_of(rule.window, on)
    return statement("owe_household"), {
        "start": start,
        "end": end,
        "modes": list(rule.modes),
        "form": rule.form,
        "types": list(rule.household_types),
        "standings": list(rule.standings),
    }


def _visit(rule: VisitRule, on: date) -> tuple[str, dict[str, Any]]:
    since = on - timedelta(days=rule.within_days)
    return statement("owe_after_visit"), {
        "since": since,
        "within": rule.within_days,
        "forms": list(rule.forms),
        "modes": list(rule.modes),
    }


_STATEMENTS: dict[type, Callable[[Any, date], tuple[str, dict[str, Any]]]] = {
    ChronicRule: _chronic,
    HouseholdRule: _household,
    VisitRule: _visit,
}


def _run(text: str, values: dict[str, Any]) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text, values)
        return int(cursor.rowcount)
