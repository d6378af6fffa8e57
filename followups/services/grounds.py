"""What is owed follows what is true: a duty that lost its ground is closed, opened again when it is back."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db import transaction

from core.base.periods import born_by
from core.base.sql import prepared
from followups.rules import (
    ChronicRule,
    FirstVisitRule,
    HouseholdRule,
    PersonRule,
    all_rules,
    rules_of,
)
from followups.sql import statement


@transaction.atomic
def close_groundless(*, on: date, county_ids: list[int] | None = None, by: Any = None) -> int:
    """This will cancel open duties that nothing asks for any more; gives how many.

    The disease has ended, the health class, standing or package has changed, or the exam is on record.
    """
    return _run("close_groundless", on, county_ids)


@transaction.atomic
def open_again(*, on: date, county_ids: list[int] | None = None, by: Any = None) -> int:
    """This will open again what a departure or a lost ground had cancelled; gives how many.

    Only where the ground is back and the window still runs; the duty says since when. The rest stays closed.
    """
    return _run("open_again", on, county_ids)


def _run(name: str, on: date, county_ids: list[int] | None) -> int:
    text = statement(name, ground=statement("ground"))
    return prepared(text, {"on": on, "counties": county_ids, **_grounds(on)}).rowcount


def _grounds(on: date) -> dict[str, Any]:
    people, homes = rules_of(PersonRule), rules_of(HouseholdRule)
    diseases = {**rules_of(ChronicRule), **rules_of(FirstVisitRule)}
    return {
        "of_disease": list(diseases),
        "of_declined": [code for code, rule in rules_of(ChronicRule).items() if rule.declined],
        **_pairs("of_class", "classes", people, lambda rule: rule.health_classes),
        **_pairs("of_type", "types", homes, lambda rule: rule.household_types),
        **_pairs("of_standing", "standings", homes, lambda rule: rule.standings),
        "of_age": [code for code, rule in people.items() if rule.minimum_age],
        "born_by": [born_by(rule.minimum_age, on) for rule in people.values() if rule.minimum_age],
        "of_exam": [code for code, rule in people.items() if rule.unless_examined],
        **_pairs("of_package", "packages", all_rules(), lambda rule: rule.packages),
    }


def _pairs(
    left: str, right: str, rules: dict[str, Any], values: Callable[[Any], Iterable[str]]
) -> dict[str, list[str]]:
    """Two lists of equal length: each rule beside each of its values."""
    pairs = [(code, str(value)) for code, rule in rules.items() for value in values(rule)]
    return {left: [code for code, _value in pairs], right: [value for _code, value in pairs]}
