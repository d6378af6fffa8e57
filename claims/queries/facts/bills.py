"""The bills of a year as they stand, and what they have used up before another one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from claims.policy.decision import Decision
from claims.policy.facts import RANK, Used

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Share:
    """What one payer bears by one layer, in yuan."""

    layer: str
    payer: str
    amount: Decimal
    base: Decimal
    deductible: Decimal


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that a decision comes to: two bills with the same outcome differ for nobody, this year or later."""

    total: Decimal
    discount: Decimal
    compliant: Decimal
    patient: Decimal
    compliant_patient: Decimal
    shares: tuple[Share, ...]

    @property
    def paid(self) -> Decimal:
        return self.total - self.discount - self.patient

    @classmethod
    def of(cls, decision: Decision) -> "Outcome":
        shares = (
            Share(line.layer, line.payer, line.amount, line.base, line.deductible)
            for line in decision.lines
            if line.applied
        )
        return cls(
            decision.total,
            decision.discount,
            decision.compliant,
            decision.patient,
            decision.patient_compliant,
            tuple(shares),
        )


@dataclass(frozen=True, slots=True)
class Bill:
    """One settled bill that stands. Bills of a year count in the order of `key`: last day, then admission."""

    admission: int
    person: int
    household: int
    year: int
    last_day: date
    on: date
    """The day its policy takes; its month counts for monthly limits."""
    level: str
    outcome: Outcome
    is_stay: bool = False
    """Whether it is one of a stay in hospital."""
    settlement: int = 0
    row: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """The rest of its record, as read."""

    @property
    def key(self) -> tuple[date, int]:
        return self.last_day, self.admission


def used_before(
    bills: Iterable[Bill], key: tuple[date, int], *, year: int, on: date, person: int = 0, household: int = 0
) -> Used:
    """What the bills of a person, or of a household, before `key` have used up: year, and month of `on`."""
    paid: dict[str, Decimal] = {}
    base: dict[str, Decimal] = {}
    month_paid: dict[str, Decimal] = {}
    month_base: dict[str, Decimal] = {}
    patient = inside = ZERO
    highest, stays = "", 0
    for bill in bills:
        counts = bill.person == person if person else bill.household == household
        if not counts or bill.year != year or bill.key >= key:
            continue
        in_month = (bill.on.year, bill.on.month) == (on.year, on.month)
        for share in bill.outcome.shares:
            paid[share.layer] = paid.get(share.layer, ZERO) + share.amount
            base[share.layer] = base.get(share.layer, ZERO) + share.base
            if in_month:
                month_paid[share.layer] = month_paid.get(share.layer, ZERO) + share.amount
                month_base[share.layer] = month_base.get(share.layer, ZERO) + share.base
        patient += bill.outcome.patient
        inside += bill.outcome.compliant_patient
        stays += bill.is_stay
        highest = max(highest, bill.level, key=RANK.__getitem__)
    return Used(
        paid=paid,
        base=base,
        month_paid=month_paid,
        month_base=month_base,
        self_pay=patient,
        compliant_self_pay=inside,
        highest_level=highest,  # type: ignore[arg-type]
        stays=stays,
    )
