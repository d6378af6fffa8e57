"""What is owed is written down: every rule in one set-based statement, safe to repeat on any day."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db import transaction

from core.base.periods import born_by
from core.base.sql import prepared, rows
from followups.protocols.library import needs_consent
from followups.rules import (
    AnyRule,
    ChronicRule,
    FirstVisitRule,
    HouseholdRule,
    PersonRule,
    VisitRule,
    Window,
    all_rules,
    window_of,
)
from followups.sql import statement

_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('followups.generation'))"
# Months after which the next visit is due at the latest, whatever the spread over the window says.
_APART = {"year": 12}
_NO_ROWS = f"SELECT {', '.join(['NULL'] * 17)} WHERE FALSE"


@transaction.atomic
def generate_duties(*, on: date, county_ids: list[int] | None = None, by: Any = None) -> dict[str, int]:
    """This will insert the duties that are owed on a day and not there yet.

    Without `county_ids` every county is served. Gives the number inserted by rule.
    """
    prepared(_ONE_AT_A_TIME)
    values: dict[str, Any] = {"on": on, "counties": county_ids}
    for code, rule in all_rules().items():
        if owed := _KINDS.get(type(rule)):
            values |= {f"{code}_{name}": value for name, value in owed[1](code, rule, on).items()}
    return dict.fromkeys(all_rules(), 0) | dict(rows(_owe(), values))


@transaction.atomic
def close_missed(*, on: date, county_ids: list[int] | None = None, by: Any = None) -> int:
    """This will close as missed every open duty that no visit can fulfil any more."""
    limits = {code: on - timedelta(days=rule.late_days) for code, rule in all_rules().items()}
    values = {"on": on, "rules": list(limits), "limits": list(limits.values()), "counties": county_ids}
    return prepared(statement("close_missed"), values).rowcount


@cache
def _owe() -> str:
    """One statement for all rules; each rule's own values go by its code."""
    owed = {code: rule for code, rule in all_rules().items() if type(rule) in _KINDS}
    windows = [_branch(code, rule) for code, rule in owed.items() if not isinstance(rule, VisitRule)]
    returns = [_branch(code, rule) for code, rule in owed.items() if isinstance(rule, VisitRule)]
    return statement("owe", owed_in_windows=_all_of(windows), owed_after_visits=_all_of(returns))


def _all_of(branches: list[str]) -> str:
    return statement("owe_all", rules="  UNION ALL\n".join(branches)) if branches else _NO_ROWS


def _branch(code: str, rule: AnyRule) -> str:
    asked = isinstance(rule, ChronicRule) and rule.last_visit is not None
    last_visit = statement("owe_chronic_asked") if asked else ""
    return statement(_KINDS[type(rule)][0], last_visit=last_visit).replace("%(r_", f"%({code}_")


def _common(code: str, rule: AnyRule) -> dict[str, Any]:
    modes = [str(mode) for mode in rule.modes]
    return {"rule": code, "modes": modes, "risk": int(rule.risk), "packages": list(rule.packages) or None}


def _windowed(window: Window, on: date) -> dict[str, Any]:
    """The window, and over which of its days the due days are spread."""
    start, end = window_of(window, on)
    days = (end - start).days
    margin = max(days // 9, 1)
    return {
        "start": start, "end": end, "spread_from": margin, "spread_days": max(days - 3 * margin, 1),
    }  # fmt: skip


def _of_disease(code: str, rule: ChronicRule | FirstVisitRule) -> dict[str, Any]:
    return _common(code, rule) | {"diseases": list(rule.forms), "forms": list(rule.forms.values())}


def _chronic(code: str, rule: ChronicRule, on: date) -> dict[str, Any]:
    window = _windowed(rule.window, on)
    confirmed_by = min(on, window["end"] - timedelta(days=rule.least_days))
    values = _of_disease(code, rule) | window | {"least": rule.least_days, "confirmed_by": confirmed_by}
    values |= {"managed": not rule.declined, "apart": _APART.get(rule.window, 3)}
    if asked := rule.last_visit:
        values |= {
            "last_forms": list(asked.forms),
            "last_answer": asked.answer,
            "last_values": list(asked.values),
            "last_month": asked.month,
            "months_at_most": asked.months_at_most,
        }
    return values


def _first_visit(code: str, rule: FirstVisitRule, on: date) -> dict[str, Any]:
    """Owed as long as it can still be made, late included."""
    since = on - timedelta(days=rule.within_days + rule.late_days)
    return _of_disease(code, rule) | {"since": since, "hours": rule.within_hours}


def _person(code: str, rule: PersonRule, on: date) -> dict[str, Any]:
    return (
        _common(code, rule)
        | _windowed(rule.window, on)
        | {
            "form": rule.form,
            "classes": [str(each) for each in rule.health_classes],
            "unless_examined": rule.unless_examined,
            "age": rule.minimum_age,
            "born_by": born_by(rule.minimum_age, on),
            "year": on.year,
        }
    )


def _household(code: str, rule: HouseholdRule, on: date) -> dict[str, Any]:
    whose = {
        "types": [str(kind) for kind in rule.household_types],
        "standings": [str(standing) for standing in rule.standings],
    }
    return _common(code, rule) | _windowed(rule.window, on) | {"form": rule.form, **whose}


def _visit(code: str, rule: VisitRule, on: date) -> dict[str, Any]:
    since = on - timedelta(days=rule.within_days)
    days = {"since": since, "within": rule.within_days, "over": rule.over_days}
    asked = needs_consent()
    consent = {"consent_forms": list(asked), "consent_to": list(asked.values())}
    return _common(code, rule) | days | consent | {"forms": list(rule.forms)}


_KINDS: dict[type, tuple[str, Callable[[str, Any, date], dict[str, Any]]]] = {
    ChronicRule: ("owe_chronic", _chronic),
    FirstVisitRule: ("owe_first_visit", _first_visit),
    PersonRule: ("owe_person", _person),
    HouseholdRule: ("owe_household", _household),
    VisitRule: ("owe_after_visit", _visit),
}
