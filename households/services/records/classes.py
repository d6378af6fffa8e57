"""The health class: by the rule for a whole county at once, or set by hand with a reason and a last day."""

import json
from collections.abc import Collection
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from core.accounts.models import Area, Level, User
from core.accounts.permissions import check
from core.base.periods import add_months
from core.base.sql import bigints, rows
from households.choices import HealthClass
from households.health_classes import class_rules
from households.models import HealthClassPeriod, Person
from households.record_choices import Basis
from households.sql import statement

LONGEST_MONTHS = 12


@transaction.atomic
def classify(
    *, on: date, county_ids: Collection[int] | None = None, person_ids: Collection[int] | None = None
) -> dict[str, int]:
    """This will bring the health class of everybody present up to a day by the rules of health_classes.toml.

    Gives how many persons came into each class. The person's `health_class` follows by trigger. What was
    set by hand stays until its last day has passed. `person_ids` narrows it to some; a second run changes
    nothing.
    """
    counties = Area.objects.filter(level=Level.COUNTY, valid_to=None)
    chosen = counties.values_list("pk", flat=True) if county_ids is None else county_ids
    values = {
        "on": on,
        "counties": bigints(chosen),
        "persons": None if person_ids is None else bigints(person_ids),
        "rules": _rules_as_json(),
    }
    return dict(rows(statement("classify"), values))


@transaction.atomic
def set_class(
    *, person: Person, health_class: str, reason: str, holds_until: date, by: User, on: date
) -> HealthClassPeriod:
    """This will put a person into a class by hand, until a day at most a year ahead; then the rule again.

    :raises PermissionDenied: for whoever does not belong to the health side.
    :raises ValidationError: without a reason, or where the last day lies before today or too far ahead.
    """
    _check_may_judge(by)
    if not reason.strip():
        raise ValidationError({"reason": _("Write down why the rule does not fit.")})
    if not on <= holds_until <= add_months(on, LONGEST_MONTHS):
        raise ValidationError({"holds_until": _("Choose a day from today to a year ahead.")})
    _make_room(person, on)
    return HealthClassPeriod.objects.create(
        person=person,
        health_class=HealthClass(health_class),
        period=DateRange(on, None),
        basis=Basis.OVERRIDE,
        reason=reason.strip(),
        holds_until=holds_until,
        by=by,
    )


@transaction.atomic
def let_rule_decide(*, person: Person, by: User, on: date) -> None:
    """This will end what was set by hand before its day: the rule decides from now on."""
    _check_may_judge(by)
    held = HealthClassPeriod.objects.select_for_update().filter(person=person, basis=Basis.OVERRIDE)
    if held.filter(period__endswith=None).exists():
        _make_room(person, on)
        classify(on=on, county_ids=[person.county_id], person_ids=[person.pk])


def _check_may_judge(by: User) -> None:
    check(by, "set_health_class")
    if not by.sees_sensitive:
        raise PermissionDenied("set_health_class")


def _make_room(person: Person, on: date) -> None:
    """Ends what holds now; what began today leaves no trace but its history."""
    Person.objects.select_for_update().get(pk=person.pk)
    held = HealthClassPeriod.objects.filter(person=person, period__endswith=None)
    held.filter(period__startswith__gte=on).delete()
    for each in held:
        each.period = DateRange(each.period.lower, on)
        each.save(update_fields=["period"])


def _rules_as_json() -> str:
    listed = [
        {
            "position": position,
            "code": rule.code,
            "class": str(rule.health_class),
            "kind": rule.kind,
            "groups": [str(group) for group in rule.groups],
            "months": rule.months,
            "abnormal": rule.abnormal,
            "readings": {code: str(mark) for code, mark in rule.readings.items()},
        }
        for position, rule in enumerate(class_rules())
    ]
    return json.dumps(listed)
