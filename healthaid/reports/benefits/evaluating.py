"""Who is entitled to which benefit of a year, who has used it, and why somebody has not."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from core.accounts.models import User
from core.base.sql import rows, statements_in
from healthaid.reports.benefits.catalogue import benefits
from households.models import BenefitUse, Person

statement = statements_in(Path(__file__).parent)
STATES = ("used", "missed", "not_due", "no_occasion")
_COUNT = "SELECT code, village_id, state, count(*), sum(amount) FROM listed GROUP BY 1, 2, 3"
_PAGE = """
SELECT person_id, state, times, amount, last_on FROM listed
 WHERE code = %(code)s AND (%(state)s = '' OR state = %(state)s)
 ORDER BY array_position(ARRAY['missed', 'used', 'not_due', 'no_occasion'], state),
          village_id, household_id, person_id
 LIMIT %(limit)s OFFSET %(offset)s
"""
_ONE = """
SELECT code, state, times, amount, last_on FROM listed
 WHERE person_id = %(person)s OR code = ANY(%(of_household)s::text[])
"""


@dataclass(frozen=True)
class Tally:
    """Persons (or households) by state, and the yuan of all uses."""

    counts: Mapping[str, int]
    amount: Decimal

    @property
    def entitled(self) -> int:
        return sum(self.counts.values())

    def count(self, state: str) -> int:
        return self.counts.get(state, 0) if state else self.entitled


@dataclass(frozen=True)
class Standing:
    """How one person stands to one benefit; `times`, `amount` (yuan), `last_on` of its uses."""

    code: str
    state: str
    times: int | None
    amount: Decimal | None
    last_on: date | None


def tallies(
    user: User, child_of: Mapping[int, int], *, year: int, on: date, code: str = ""
) -> dict[str, dict[int, Tally]]:
    """Benefit → child area → tally; `child_of` says to which part a village belongs.

    `code` narrows it to one benefit."""
    found: dict[tuple[str, int], dict[str, int]] = {}
    sums: dict[tuple[str, int], Decimal] = {}
    values = _values(user, list(child_of), year, on, code)
    for benefit, village, state, count, amount in rows(f"{statement('benefits')} {_COUNT}", values):
        key = benefit, child_of[village]
        counts = found.setdefault(key, {})
        counts[state] = counts.get(state, 0) + count
        sums[key] = sums.get(key, Decimal(0)) + (amount or 0)
    made: dict[str, dict[int, Tally]] = {code: {} for code in benefits()}
    for (benefit, child), counts in found.items():
        made[benefit][child] = Tally(counts, sums[benefit, child])
    return made


def total(parts: Mapping[int, Tally]) -> Tally:
    """Sums of parts are the whole: nobody stands in two villages."""
    counts = {state: sum(part.count(state) for part in parts.values()) for state in STATES}
    return Tally(counts, sum((part.amount for part in parts.values()), Decimal(0)))


def entitled_page(
    user: User,
    villages: Sequence[int],
    *,
    code: str,
    state: str,
    year: int,
    on: date,
    limit: int,
    offset: int,
) -> list[tuple[Person, Standing]]:
    """Some of those entitled to one benefit, those who missed it first."""
    values = _values(user, villages, year, on, code)
    asked = {**values, "code": code, "state": state, "limit": limit, "offset": offset}
    listed = rows(f"{statement('benefits')} {_PAGE}", asked)
    known = Person.objects.select_related("household", "village").in_bulk([pk for pk, *_more in listed])
    return [(known[pk], Standing(code, *more)) for pk, *more in listed]


def standings(user: User, person: Person, *, year: int, on: date) -> list[Standing]:
    """Every benefit that one person is entitled to, in the order of the catalogue.

    What the household is entitled to stands with each of its members."""
    values = _values(user, [person.village_id], year, on) | {"household": person.household_id}
    of_household = [code for code, each in benefits().items() if each.unit == "household"]
    asked = {**values, "person": person.pk, "of_household": of_household}
    found = rows(f"{statement('benefits')} {_ONE}", asked)
    by_code = {code: Standing(code, *more) for code, *more in found}
    return [by_code[code] for code in benefits() if code in by_code]


def hand_written(person: Person, year: int) -> list[BenefitUse]:
    """Uses that were written down by hand, the newest first."""
    found = BenefitUse.objects.filter(person=person, used_on__year=year).select_related("by")
    return list(found.order_by("-used_on", "-pk"))


def _values(user: User, villages: Sequence[int], year: int, on: date, code: str = "") -> dict[str, Any]:
    return {
        "villages": list(villages),
        "year": year,
        "on": min(on, date(year, 12, 31)),
        "sensitive": user.sees_sensitive,
        "household": None,
        "catalogue": _catalogue(code),
    }


def _catalogue(code: str) -> str:
    """The benefits as the statement reads them; only one where only one is asked for."""
    chosen = [each for each in benefits().values() if code in ("", each.code)]
    return json.dumps([each.model_dump(mode="json", exclude={"title", "clause", "group"}) for each in chosen])
