"""After a hospital stay: home care is owed to whoever was discharged, wherever that was learnt."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from core.accounts.models import User
from core.accounts.permissions import check
from core.base.sql import rows
from followups.models import Duty
from followups.rules import DischargeRule, rules_of
from followups.sql import statement
from households.models import Person


def owe_discharge_care(
    *, person: Person, discharged_on: date, by: User, on: date, ground: str = ""
) -> list[Duty]:
    """This will owe the home visits after a hospital stay; gives them all, those already owed included.

    `ground` says where it was learnt: a visit's or a need's number, a bill. Nothing is owed to those who have
    left, nor what could no longer be made. The same discharge again adds nothing.
    """
    check(by, "raise_need")
    return care_after(person=person, discharged_on=discharged_on, on=on, ground=ground)


def care_after(*, person: Person, discharged_on: date, on: date, ground: str = "") -> list[Duty]:
    """The same for a caller that has been checked already: a hospital's result brings the discharge."""
    shared = {"person": person.pk, "on": on, "ground": ground, "discharged_on": discharged_on}
    with transaction.atomic():
        made = [
            row[0]
            for owed in _owed(discharged_on, on)
            for row in rows(statement("owe_discharge"), shared | owed)
        ]
    return list(Duty.objects.filter(pk__in=made).order_by("starts_on"))


def _owed(discharged_on: date, on: date) -> Iterator[dict[str, Any]]:
    """Each visit's window: the first from the discharge, the others from the day after the one before."""
    for code, rule in rules_of(DischargeRule).items():
        first = 0
        for last in rule.by_days:
            if on <= discharged_on + timedelta(days=last + rule.late_days):
                start, end = (discharged_on + timedelta(days=days) for days in (first, last))
                yield {"rule": code, "form": rule.form, "risk": int(rule.risk), "start": start, "end": end}
            first = last + 1
