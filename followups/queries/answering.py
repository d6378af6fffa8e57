"""Who answers for a person at each level, and the monthly visits that three levels answer for (A67)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from core.accounts.models import User
from core.accounts.roles import DOCTORS
from core.accounts.scope import acts_as, village_ids
from core.base.periods import month_end
from core.base.sql import rows
from followups.choices import DutyState, Tier
from followups.models import Duty
from followups.rules import PersonRule, rules_of
from followups.sql import statement


@dataclass(frozen=True)
class Seat:
    """A doctor who answers, and where they work."""

    name: str
    institution: str


@dataclass(frozen=True)
class MonthlyVisit:
    """`doctors` by level; `in_time`: made within the month; `kept`: and whatever else the rule asks for."""

    duty: int
    person_uuid: UUID
    person: str
    place: str
    state: str
    visited_on: date | None
    by: str | None
    doctors: dict[str, str]
    in_time: bool
    planned: bool
    kept: bool


@dataclass(frozen=True)
class Month:
    """Of the whole month: how many visits are owed, made within it, kept; and one page of them."""

    owed: int
    made: int
    kept: int
    visits: list[MonthlyVisit] = field(default_factory=list)


def who_answers(person: int, on: date) -> dict[str, Seat]:
    """The doctors of a person on a day by level; a level where nobody answers is absent."""
    found = rows(statement("who_answers", seats=statement("seats")), {"person": person, "on": on})
    return {level: Seat(name, institution) for level, name, institution in found}


def three_levels() -> dict[str, PersonRule]:
    """The rules whose monthly visit the doctors of all three levels answer for."""
    people = rules_of(PersonRule).items()
    return {code: rule for code, rule in people if rule.window == "month" and Tier.COUNTY in rule.responsible}


def month_of_visits(
    user: User, on: date, month: date, *, missing: bool, limit: int, offset: int = 0
) -> Month:
    """The monthly visits of a month that begins on `month`: those a doctor answers for, all of an officer's
    area. `missing` leaves out those that are kept; the figures are of all."""
    rules = three_levels()
    values = {
        "on": on,
        "month": month,
        "month_end": month_end(month),
        "villages": village_ids(user),
        "users": acts_as(user),
        "every": user.role not in DOCTORS,
        "sensitive": user.sees_sensitive,
        "rules": list(rules),
        "named": [code for code, rule in rules.items() if "named" in rule.kept_when],
        "planned": [code for code, rule in rules.items() if "planned" in rule.kept_when],
        "missing": missing,
        "limit": limit,
        "offset": offset,
    }
    found = rows(statement("monthly_visits", seats=statement("seats")), values)
    owed, made, kept = found[0][-3:]
    return Month(owed, made, kept, [MonthlyVisit(*row[:-3]) for row in found if row[0]])


def count_waiting(user: User, on: date) -> int:
    """Monthly visits of this month, not made yet, of persons whom the user was named for at the township or
    the county; to the village doctor they are visits like others."""
    named: Any = Duty.objects.visible_to(user).filter(
        person__case_doctors__practitioner__user__in=acts_as(user),
        person__case_doctors__period__contains=on,
        person__case_doctors__level__in=[Tier.TOWNSHIP, Tier.COUNTY],
        rule__in=list(three_levels()),
        starts_on=on.replace(day=1),
        state=DutyState.OPEN,
    )
    return int(named.distinct().count())
