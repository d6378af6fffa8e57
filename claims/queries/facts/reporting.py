"""What the window has to know of a stay before its bill: what payers tell, whether it is divided."""

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


def must_be_divided(stay: Admission, *, on: date) -> bool:
    """Whether the policy wants a discharged stay divided at New Year before it is settled."""
    last = stay.discharged_on
    if last is None or last.year == stay.admitted_on.year:
        return False
    in_force = read_situation(stay.pk, on=on).in_force
    return in_force is not None and in_force.policy.policy.year_rule == "split"
