"""Real bills settled again under other rules, in their order, so that the sums of each year build up anew."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from claims.policy.kinds import Split
from claims.policy.schema import Policy
from claims.policy.twin import DoesNotFit, columns_of, run
from claims.policy.years import PersonsBill, in_years, one_after_another

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a bill would have been; amounts in fen."""

    discount: int
    compliant: int
    patient: int
    inside: int
    payers: dict[str, int]


def replay(policy: Policy, bills: Sequence[PersonsBill]) -> list[Replayed]:
    """This will settle bills by a policy in the order given; nothing is written.

    A stay that the policy divides at New Year is settled in its parts and told as one."""
    parts = [in_years(policy, bill) for bill in bills]
    settled = iter(_replayed(policy, [part for each in parts for part in each]))
    return [_as_one([next(settled) for _part in each]) for each in parts]


def _replayed(policy: Policy, bills: Sequence[PersonsBill]) -> list[Replayed]:
    if not bills:
        return []
    try:
        return list(_at_once(policy, bills))
    except DoesNotFit:
        return list(_one_by_one(policy, bills))


def _as_one(parts: Sequence[Replayed]) -> Replayed:
    if len(parts) == 1:
        return parts[0]
    return Replayed(
        discount=sum(part.discount for part in parts),
        compliant=sum(part.compliant for part in parts),
        patient=sum(part.patient for part in parts),
        inside=sum(part.inside for part in parts),
        payers=_summed(pair for part in parts for pair in part.payers.items()),
    )


def payers_by_line(policy: Policy) -> dict[str, str]:
    """Whose each line is; a split has two."""
    found = {layer.code: layer.payer for layer in policy.layers}
    rests = [layer for layer in policy.layers if isinstance(layer, Split)]
    return found | {layer.remainder_code: layer.remainder_payer for layer in rests}


def _at_once(policy: Policy, bills: Sequence[PersonsBill]) -> Iterator[Replayed]:
    outcome = run(policy, columns_of(bills))
    whose = payers_by_line(policy)
    lines = [(whose[code], amounts.tolist()) for code, amounts in outcome.lines.items()]
    columns = (outcome.discount, outcome.compliant, outcome.patient, outcome.patient_compliant)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    for place, (discount, compliant, patient, inside) in enumerate(rows):
        payers = _summed((payer, paid[place]) for payer, paid in lines)
        yield Replayed(discount, compliant, patient, inside, payers)


def _one_by_one(policy: Policy, bills: Sequence[PersonsBill]) -> Iterator[Replayed]:
    for decision in one_after_another(policy, bills):
        yield Replayed(
            discount=_fen(decision.discount),
            compliant=_fen(decision.compliant),
            patient=_fen(decision.patient),
            inside=_fen(decision.patient_compliant),
            payers=_summed((line.payer, _fen(line.amount)) for line in decision.lines),
        )


def _summed(amounts: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for payer, amount in amounts:
        if amount:
            found[payer] = found.get(payer, 0) + amount
    return found


def _fen(amount: Decimal) -> int:
    return int(amount * HUNDRED)
