"""The two decisions of one bill: the one that stands, and the one the tried rules give in the same year."""

from dataclasses import dataclass

from claims.models import SimulatedBill
from claims.policy.decision import Decision, decision_from_json
from claims.policy.years import one_after_another
from claims.queries.policies.checking import known
from claims.queries.simulations.bills import ids_around, real_bills


@dataclass(frozen=True)
class Sides:
    before: Decision
    after: Decision


def sides_of(changed: SimulatedBill) -> Sides:
    """The year of the person and the household is settled again up to this bill; nothing is written."""
    settlement = changed.settlement
    policy = known(changed.simulation.text)
    bills = [real.bill for real in real_bills(ids_around(settlement))]
    *_earlier, after = one_after_another(policy, bills)
    return Sides(decision_from_json(settlement.decision), after)
