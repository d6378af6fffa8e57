"""What is to be written when a bill is settled, corrected or taken back: a pure function of the situation."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from claims.choices import SettlementKind
from claims.policy.decision import Decision
from claims.policy.engine import assess
from claims.policy.facts import Facts, facts_from_json
from claims.queries.facts.bills import Bill, Outcome
from claims.queries.facts.policies import InForce, policy_of
from claims.queries.facts.situation import Situation, with_year

ZERO = Decimal("0.00")


@dataclass(frozen=True, kw_only=True)
class Revision:
    """One row to be written. `takes_back` is the settlement that a reversal reverses; it has no decision."""

    kind: str
    bill: Bill
    revision: int
    number: str | None
    """None takes the next number."""
    in_force: InForce
    facts: Facts | None = None
    decision: Decision | None = None
    takes_back: int | None = None
    is_adjustment: bool = False
    """Whether another bill's change has moved it."""


@dataclass(frozen=True)
class Plan:
    """`first` is the decision of the stay itself, None where it is only taken back."""

    revisions: tuple[Revision, ...]
    facts: Facts | None = None
    decision: Decision | None = None

    @property
    def moved(self) -> tuple[tuple[Bill, Bill], ...]:
        """The later bills that change: before and after."""
        written = [revision for revision in self.revisions if revision.is_adjustment]
        return tuple((back.bill, new.bill) for back, new in zip(written[::2], written[1::2], strict=True))


def plan_of(situation: Situation, kind: str) -> Plan:
    """This will decide a stay's bill in its place of the year, and again every later bill that rests on it.

    `kind` reversed only takes back what stands. Later bills keep the facts and the policy they were settled
    with; only what was used up before them is new. Those that come out the same are left alone.
    """
    year = _Year(situation)
    revisions = list(_taken_back(situation, year))
    facts = decision = None
    if kind != SettlementKind.REVERSED and situation.in_force:
        facts, decision = year.decide(situation.facts, situation.in_force, _bare(situation))
        bill = _settled(_bare(situation), decision)
        year.put(bill, decision)
        latest = situation.latest or {"number": None, "revision": 0}
        revisions.append(
            Revision(
                kind=kind,
                bill=bill,
                revision=latest["revision"] + len(revisions) + 1,
                number=latest["number"],
                in_force=situation.in_force,
                facts=facts,
                decision=decision,
            )
        )
    return Plan((*revisions, *_later(situation, year)), facts, decision)


class _Year:
    """The bills as they come to stand while the plan is made, and what is left in the funds."""

    def __init__(self, situation: Situation) -> None:
        self.bills = {bill.admission: bill for bill in situation.others}
        self.funds = dict(situation.funds)

    def decide(self, facts: Facts, in_force: InForce, bill: Bill) -> tuple[Facts, Decision]:
        bills = tuple(self.bills.values())
        keys = {"key": bill.key, "person": bill.person, "household": bill.household}
        dated = with_year(facts, in_force, bills, **keys)  # type: ignore[arg-type]
        year = in_force.policy.year_of(facts)
        left = {payer: max(amount, ZERO) for (payer, of), amount in self.funds.items() if of == year}
        dated = replace(dated, fund_left=left)
        return dated, assess(in_force.policy, dated)

    def put(self, bill: Bill, decision: Decision) -> None:
        self.bills[bill.admission] = bill
        for line in decision.lines:
            if (line.payer, bill.year) in self.funds:
                self.funds[line.payer, bill.year] -= line.amount

    def give_back(self, bill: Bill) -> None:
        for payer, amount in bill.row["drawn"].items():
            if (payer, bill.year) in self.funds:
                self.funds[payer, bill.year] += Decimal(amount)


def _bare(situation: Situation) -> Bill:
    """The stay as a bill whose outcome is not known yet."""
    stay, facts, in_force = situation.stay, situation.facts, situation.in_force
    policy = in_force.policy if in_force else None
    return Bill(
        admission=stay["id"],
        person=stay["person"],
        household=stay["household"],
        year=policy.year_of(facts) if policy else facts.discharged_on.year,
        last_day=facts.discharged_on,
        on=policy.date_of(facts) if policy else facts.discharged_on,
        level=facts.level,
        outcome=Outcome(ZERO, ZERO, ZERO, ZERO, ZERO, ()),
        is_stay=facts.care == "inpatient",
        row=stay,
    )


def _settled(bill: Bill, decision: Decision) -> Bill:
    return replace(bill, outcome=Outcome.of(decision), settlement=0)


def _taken_back(situation: Situation, year: _Year) -> Iterator[Revision]:
    standing = situation.standing
    if standing is not None:
        year.give_back(standing)
        yield _reversal(standing, is_adjustment=False)


def _reversal(bill: Bill, *, is_adjustment: bool) -> Revision:
    return Revision(
        kind=SettlementKind.REVERSED,
        bill=bill,
        revision=bill.row["revision"] + 1,
        number=bill.row["number"],
        in_force=policy_of(bill.row["policy"], bill.row["sha256"]),
        takes_back=bill.settlement,
        is_adjustment=is_adjustment,
    )


def _later(situation: Situation, year: _Year) -> Iterator[Revision]:
    """Goes through the later bills in their order; what moves one moves those after it."""
    persons, households = {situation.stay["person"]}, {situation.stay["household"]}
    for bill in sorted(situation.others, key=lambda bill: bill.key):
        in_force = policy_of(bill.row["policy"], bill.row["sha256"])
        touched = bill.person in persons or (in_force.is_by_household and bill.household in households)
        if bill.key <= situation.key or not touched:
            continue
        revisions = _again(bill, in_force, year)
        if revisions:
            persons.add(bill.person)
            households.add(bill.household)
            yield from revisions


def _again(bill: Bill, in_force: InForce, year: _Year) -> tuple[Revision, ...]:
    """A later bill's reversal and its new revision; nothing where it comes out the same."""
    before = facts_from_json(bill.row["facts"])
    funds = dict(year.funds)
    year.give_back(bill)
    facts, decision = year.decide(before, in_force, bill)
    is_same = (facts.used, facts.household_used) == (before.used, before.household_used)
    if is_same or Outcome.of(decision) == bill.outcome:
        year.funds = funds
        return ()
    moved = _settled(bill, decision)
    year.put(moved, decision)
    adjusted = Revision(
        kind=SettlementKind.ADJUSTED,
        bill=moved,
        revision=bill.row["revision"] + 2,
        number=bill.row["number"],
        in_force=in_force,
        facts=facts,
        decision=decision,
        is_adjustment=True,
    )
    return _reversal(bill, is_adjustment=True), adjusted


def seen(decision: Decision) -> str:
    """What somebody saw before settling, as a text that a page can carry and that tells what has changed."""
    shares = [f"{line.layer}.{line.payer}={line.amount}" for line in decision.lines if line.amount]
    return ";".join([*shares, f"patient={decision.patient}"])


def read_seen(text: str) -> dict[str, Any]:
    """The amounts of `seen` by their names; what cannot be read is left out."""
    pairs = (part.rpartition("=") for part in text.split(";"))
    return {name: amount for name, mark, amount in pairs if mark}
