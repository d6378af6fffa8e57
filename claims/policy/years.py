"""Bills one after another: each is settled with what the same person and household used up before it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from claims.policy.decision import Decision
from claims.policy.engine import assess
from claims.policy.facts import Facts, Used
from claims.policy.parting import divided
from claims.policy.schema import Policy


@dataclass(frozen=True, slots=True)
class PersonsBill:
    """A bill with whose it is; what its facts say of sums used up does not count."""

    person: int
    household: int
    facts: Facts


def in_years(policy: Policy, bill: PersonsBill) -> tuple[PersonsBill, ...]:
    """This will give the bills that a stay is settled as: several where the policy divides it at New Year."""
    if not policy.is_divided(bill.facts):
        return (bill,)
    return tuple(replace(bill, facts=part) for part in divided(bill.facts))


@dataclass(slots=True)
class _Sums:
    """Sums of years, and of the months in them, by whose they are."""

    years: dict[Any, Used] = field(default_factory=dict)
    months: dict[Any, Used] = field(default_factory=dict)

    def before(self, whose: int, year: int, month: int) -> Used:
        of_month = self.months.get((whose, year, month), Used())
        of_year = self.years.get((whose, year), Used())
        return replace(of_year, month_paid=of_month.month_paid, month_base=of_month.month_base)

    def after(self, whose: int, year: int, month: int, used: Used) -> None:
        self.years[whose, year] = self.months[whose, year, month] = used


def one_after_another(policy: Policy, bills: Iterable[PersonsBill]) -> Iterator[Decision]:
    """This will settle bills in the order given; sums begin at nothing with each calendar year.

    Funds are taken to hold enough: what a rule costs is asked, not what can be paid today."""
    persons, households = _Sums(), _Sums()
    for bill in bills:
        year, month = policy.year_of(bill.facts), policy.date_of(bill.facts).month
        decision = assess(
            policy,
            replace(
                bill.facts,
                used=persons.before(bill.person, year, month),
                household_used=households.before(bill.household, year, month),
                fund_left={},
            ),
        )
        persons.after(bill.person, year, month, decision.used_after)
        households.after(bill.household, year, month, decision.household_used_after)
        yield decision
