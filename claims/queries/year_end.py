"""Repayments at the year's end: which rules wait, whom they pay how much, and what was decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import orjson
from django.db.models import QuerySet
from django.http import Http404

from claims.models import Settlement, YearEndBatch, YearEndTopUp
from claims.policy.facts import facts_from_json
from claims.policy.taken import taken_on
from claims.policy.year_end import ToppedUp, YearEnd, YearOf
from claims.queries.counties import own_counties
from claims.queries.entitled import policy_on
from claims.queries.facts.held import held_sql
from claims.queries.facts.policies import InForce
from claims.sql import statement
from core.accounts.models import Area, User
from core.base.sql import rows

BACK = 2
"""Years before this one whose repayments are still offered."""


@dataclass(frozen=True, slots=True)
class Due:
    """One person's year under a rule; names stay with health staff where a bill of it is sensitive."""

    person: int
    household: int
    name: str
    village: str
    bills: int
    is_sensitive: bool
    found: ToppedUp


@dataclass(frozen=True, slots=True)
class Waiting:
    """A rule of a year that is over and was not decided yet."""

    county: Area
    year: int
    rule: YearEnd
    in_force: InForce


def waiting(user: User, on: date) -> list[Waiting]:
    """The rules of the last years that nobody has decided yet, in the user's counties."""
    return [
        each
        for county in own_counties(user)
        for year in range(on.year - BACK, on.year)
        for each in _rules(county, year)
    ]


def get_waiting(user: User, county: int, year: int, rule: str, on: date) -> Waiting:
    """:raises Http404: outside the user's counties, before the year is over, decided already, or unknown."""
    for each in waiting(user, on):
        if (each.county.pk, each.year, each.rule.code) == (county, year, rule):
            return each
    raise Http404


def _rules(county: Area, year: int) -> Iterator[Waiting]:
    if not Settlement.objects.filter(county=county, year=year).exists():
        return
    in_force = policy_on(county.pk, date(year, 12, 31))
    decided = set(YearEndBatch.objects.filter(county=county, year=year).values_list("rule", flat=True))
    for rule in in_force.policy.year_end if in_force else ():
        if in_force and rule.code not in decided:
            yield Waiting(county, year, rule, in_force)


def reckoned(county: int, year: int, rule: YearEnd) -> list[Due]:
    """Everybody to whom a rule pays something back for a year, by village; one statement."""
    text = statement("year_end", held=held_sql("%(year)s", "%(year)s"))
    found = (_due(row, rule, date(year, 12, 31)) for row in rows(text, {"county": county, "year": year}))
    return [due for due in found if due is not None]


def _due(row: Any, rule: YearEnd, on: date) -> Due | None:
    person, household, name, village, bills, *sums, is_sensitive, held = row
    found = rule.top_up(YearOf(*sums))
    if not found.amount or not _is_meant(rule, held, on):
        return None
    return Due(person, household, name, village, bills, is_sensitive, found)


def _is_meant(rule: YearEnd, held: Any, on: date) -> bool:
    """Whether the person meets the rule's condition; of a bill nothing is asked."""
    known = orjson.loads(held) if isinstance(held, str | bytes) else held
    bare = {"care": "inpatient", "level": "county", "admitted_on": on, "discharged_on": on, "lines": ()}
    return rule.eligible.holds(taken_on(on, facts_from_json(bare | known)))


def total_of(dues: list[Due]) -> Decimal:
    return sum((due.found.amount for due in dues), Decimal("0.00"))


def batches(user: User) -> QuerySet[Any]:
    """What was decided in the user's counties, the latest year first."""
    found: QuerySet[Any] = YearEndBatch.objects.filter(county__in=own_counties(user))
    return found.select_related("county", "policy", "made_by").order_by("-year", "county__code", "rule")


def get_batch(user: User, pk: int) -> YearEndBatch:
    """:raises Http404: outside the user's counties."""
    found: YearEndBatch | None = batches(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def top_ups_of(user: User, batch: YearEndBatch) -> QuerySet[Any]:
    """Those of a batch that the user may see, by village."""
    found: QuerySet[Any] = YearEndTopUp.objects.visible_to(user).filter(batch=batch)
    return found.select_related("person", "village").order_by("village__code", "person_id")


def get_top_up(user: User, pk: int) -> YearEndTopUp:
    """:raises Http404: outside the user's area, or sensitive to others than health staff."""
    found: YearEndTopUp = YearEndTopUp.objects.select_related(
        "person", "village", "batch__policy__document", "batch__county"
    ).get_visible(user, pk=pk)
    return found
