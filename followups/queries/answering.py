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


def month_rules() -> dict[str, list[str]]:
    """Codes of those rules, and of those that ask for all three named, or for a plan in force, as well."""
    rules = three_levels()
    return {
        "rules": list(rules),
        "named": [code for code, rule in rules.items() if "named" in rule.kept_when],
        "planned": [code for code, rule in rules.items() if "planned" in rule.kept_when],
    }


# One row for each monthly visit of `rules` that was due from `since` to `on`: the visit made by then, how
# many levels were answered for on its day, and whether the month is kept, as `month_of_visits` says it.
MONTHS_SQL = f"""
WITH asked AS (
  SELECT d.id, d.person_id AS person, v.visited_on AS day, d.household_id, d.village_id, d.team_id, d.rule,
         d.starts_on, d.ends_on
    FROM followups_duty d
    LEFT JOIN followups_visit v ON v.uuid = d.visit_id AND v.visited_on <= %(on)s
   WHERE d.village_id = ANY(%(villages)s) AND d.rule = ANY(%(rules)s)
     AND d.due_on BETWEEN %(since)s AND %(on)s AND (%(sensitive)s OR NOT d.is_sensitive)
     AND (d.state <> 'cancelled' OR %(past)s AND d.closed_on > %(on)s)
), seats AS (
{statement("seats")}
)
SELECT k.id AS key, k.person AS person_id, k.household_id, k.village_id, k.team_id, k.starts_on, k.ends_on,
       k.day AS visited_on, seated.levels, k.day <= k.ends_on AS is_in_time,
       coalesce(k.day <= k.ends_on, FALSE) AND (NOT k.rule = ANY(%(named)s) OR seated.levels = 3)
       AND (NOT k.rule = ANY(%(planned)s) OR EXISTS (
              SELECT 1 FROM followups_majorcase m JOIN followups_careplan f ON f.case_id = m.id
               WHERE m.person_id = k.person AND f.effective_on <= k.day
                 AND (%(sensitive)s OR NOT m.is_sensitive)
                 AND (f.superseded_on IS NULL OR f.superseded_on > k.day))) AS is_kept
  FROM asked k
  LEFT JOIN LATERAL (SELECT count(*) AS levels FROM seats s WHERE s.id = k.id) seated ON TRUE
"""  # noqa: S608 - our own texts


def month_of_visits(
    user: User, on: date, month: date, *, missing: bool, limit: int, offset: int = 0
) -> Month:
    """The monthly visits of a month that begins on `month`: those a doctor answers for, all of an officer's
    area. `missing` leaves out those that are kept; the figures are of all."""
    values = {
        "on": on,
        "month": month,
        "month_end": month_end(month),
        "villages": village_ids(user),
        "users": acts_as(user),
        "every": user.role not in DOCTORS,
        "sensitive": user.sees_sensitive,
        "missing": missing,
        "limit": limit,
        "offset": offset,
    } | month_rules()
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
