"""What outside payers have to tell before a bill can be settled."""

from datetime import date

from claims.models import Admission
from claims.policy.kinds import Fixed
from claims.policy.taken import taken_on
from claims.queries.facts.situation import read_situation
from core.base.texts import Text


def told_by_payers(stay: Admission, *, on: date) -> dict[str, Text]:
    """The layers whose amount an outside payer tells, by the policy of the stay's day, with their names.

    Layers that are for other stays are left out; what was told already stays. Empty without a policy."""
    situation = read_situation(stay.pk, on=on)
    if situation.in_force is None:
        return {}
    policy = situation.in_force.policy
    taken = taken_on(policy.date_of(situation.facts), situation.facts)
    return {
        layer.code: layer.label
        for layer in policy.layers
        if isinstance(layer, Fixed) and (layer.code in stay.reported or layer.eligible.holds(taken))
    }
