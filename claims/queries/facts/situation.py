"""All that has to be known to settle one bill, read in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import orjson

from claims.choices import Care
from claims.policy.facts import Facts, Used, facts_from_json
from claims.queries.facts.bills import Bill, Outcome, Share, used_before
from claims.queries.facts.held import held_sql
from claims.queries.facts.policies import InForce, chosen
from claims.sql import statement
from core.base.sql import one

Key = tuple[date, int]


@dataclass(frozen=True)
class Situation:
    """One stay, its bill and its person as facts without the year; the bills of the year; what funds hold."""

    stay: Mapping[str, Any]
    facts: Facts
    in_force: InForce | None
    bills: tuple[Bill, ...]
    funds: Mapping[tuple[str, int], Decimal]
    """What is left in the funds that may not be overdrawn, by payer and year."""
    latest: Mapping[str, Any] | None
    """Number and revision of the stay's latest settlement, whether it stands or not."""
    persons: frozenset[int]
    month_is_closed: bool
    county_code: str

    @property
    def admission(self) -> int:
        return int(self.stay["id"])

    @property
    def key(self) -> Key:
        return self.facts.discharged_on, self.admission

    @property
    def standing(self) -> Bill | None:
        """This stay's own settlement, where one stands."""
        return next((bill for bill in self.bills if bill.admission == self.admission), None)

    @property
    def others(self) -> tuple[Bill, ...]:
        return tuple(bill for bill in self.bills if bill.admission != self.admission)


def read_situation(admission_id: int, *, on: date, locking: bool = False) -> Situation:
    """This will read the situation of one stay; `on` stands for its last day where it has none yet.

    `locking` also locks those funds that may not be overdrawn; the caller holds the year's lock then.
    """
    text = statement(
        "situation",
        linked=statement("linked"),
        held=held_sql("extract(year FROM a.admitted_on)", "extract(year FROM a.last_day)"),
        lock="FOR UPDATE OF f" if locking else "",
    )
    found = one(text, {"admission": admission_id, "on": on, "settled_on": on})
    if found is None:
        raise LookupError(admission_id)
    return _situation(orjson.loads(found[0]))


def with_year(
    facts: Facts, in_force: InForce, bills: tuple[Bill, ...], *, key: Key, person: int, household: int
) -> Facts:
    """The facts of a bill with what the bills before it have used up of its year.

    The household's sums are gathered only where a layer of the policy counts them."""
    year, on = in_force.policy.year_of(facts), in_force.policy.date_of(facts)
    mine = used_before(bills, key, year=year, on=on, person=person)
    if not in_force.is_by_household:
        return replace(facts, used=mine, household_used=Used())
    ours = used_before(bills, key, year=year, on=on, household=household)
    return replace(facts, used=mine, household_used=ours)


def _situation(read: Mapping[str, Any]) -> Situation:
    facts = facts_from_json(read["facts"])
    return Situation(
        stay=read["stay"],
        facts=facts,
        in_force=chosen(read["policies"], facts.admitted_on, facts.discharged_on),
        bills=tuple(_bill(row) for row in read["bills"]),
        funds={(fund["payer"], fund["year"]): Decimal(fund["left"]) for fund in read["funds"]},
        latest=read["latest"],
        persons=frozenset(read["persons"]),
        month_is_closed=read["month_is_closed"],
        county_code=read["county_code"],
    )


def _bill(row: Mapping[str, Any]) -> Bill:
    shares = (Share(layer, payer, *map(Decimal, amounts)) for layer, payer, *amounts in row["lines"])
    outcome = Outcome(
        total=Decimal(row["total"]),
        discount=Decimal(row["discount"]),
        compliant=Decimal(row["compliant"]),
        patient=Decimal(row["patient"]),
        compliant_patient=Decimal(row["compliant_patient"]),
        shares=tuple(shares),
    )
    return Bill(
        admission=row["admission"],
        person=row["person"],
        household=row["household"],
        year=row["year"],
        last_day=date.fromisoformat(row["last_day"]),
        on=date.fromisoformat(row["on"]),
        level=row["level"],
        outcome=outcome,
        is_stay=row["care"] == Care.INPATIENT,
        settlement=row["settlement"],
        row=row,
    )
