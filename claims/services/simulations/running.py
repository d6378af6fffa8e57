"""A run from beginning to end: read the bills, settle them again, add up. It writes no settlement."""

import logging
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from claims.choices import SimulationState
from claims.models import PolicyVersion, SimulatedBill, Simulation
from claims.policy.schema import Policy
from claims.queries.burdens.lines import yearly_lines
from claims.queries.policies.checking import known
from claims.queries.simulations.bills import RealBill, bill_ids, real_bills
from claims.services.simulations.asking import claim_simulation
from claims.services.simulations.replaying import Replayed, replay
from claims.services.simulations.tallying import Tally, differs

logger = logging.getLogger(__name__)
CHUNK = 500
FEN = Decimal("0.01")
Pairs = Sequence[tuple[RealBill, Replayed]]


class GivenUp(Exception):
    """Somebody cancelled the run, or took it for lost and gave it to another worker."""


def run_simulation(*, simulation_id: int, at: datetime) -> bool:
    """This will work through one waiting run. False when it was not waiting. It ends in a final state."""
    simulation = claim_simulation(simulation_id=simulation_id, at=at)
    if simulation is None:
        return False
    try:
        _run(simulation)
    except GivenUp:
        logger.info("simulation %s was taken away", simulation_id)
    except Exception:
        logger.exception("simulation %s failed", simulation_id)
        _mine(simulation).update(state=SimulationState.FAILED, error="unexpected", finished_at=timezone.now())
    return True


def _run(simulation: Simulation) -> None:
    policy = known(simulation.text)
    bills = _read(simulation)
    replayed = replay(policy, [real.bill for real in bills])
    first = simulation.from_on
    pairs = [(real, new) for real, new in zip(bills, replayed, strict=True) if real.discharged_on >= first]
    _finish(simulation, policy, pairs)


def _read(simulation: Simulation) -> list[RealBill]:
    """From the first day of the year on, so that the sums of the year are complete."""
    new_year = date(simulation.from_on.year, 1, 1)
    ids = bill_ids(simulation.county_id, new_year, simulation.to_on)
    _note(simulation, bills=len(ids))
    found: list[RealBill] = []
    for start in range(0, len(ids), CHUNK):
        found += real_bills(ids[start : start + CHUNK])
        _note(simulation, progress=start)
    return found


def _finish(simulation: Simulation, policy: Policy, pairs: Pairs) -> None:
    """All of it or nothing; a second run of the same row replaces what a first one left."""
    lines = yearly_lines(simulation.county, simulation.to_on)
    plain = [pair for pair in pairs if not pair[0].is_sensitive]
    summary = {
        "all": _tally(pairs, lines).told(_labels(policy, pairs)),
        "plain": _tally(plain, lines).told(_labels(policy, pairs)),
    }
    with transaction.atomic():
        changed = SimulatedBill.objects.filter(simulation=simulation)
        changed.delete()
        SimulatedBill.objects.bulk_create(_changed(simulation, pairs), batch_size=CHUNK)
        _note(
            simulation,
            state=SimulationState.DONE,
            progress=simulation.bills,
            summary=summary,
            finished_at=timezone.now(),
        )


def _tally(pairs: Pairs, lines: Sequence[Decimal]) -> Tally:
    tally = Tally(lines)
    for real, new in pairs:
        tally.add(real, new)
    return tally


def _labels(policy: Policy, pairs: Pairs) -> dict[str, dict[str, str]]:
    """Payers in the order of the new rules, then those that only the old ones knew."""
    versions = {real.policy for real, _new in pairs}
    texts = PolicyVersion.objects.filter(pk__in=versions).order_by("-pk").values_list("text", flat=True)
    found: dict[str, dict[str, str]] = {}
    for one in (policy, *map(known, texts)):
        for code, label in one.payer_labels.items():
            found.setdefault(code, {"zh": label.zh, "en": label.en})
    return found


def _changed(simulation: Simulation, pairs: Pairs) -> Iterable[SimulatedBill]:
    return (
        SimulatedBill(
            simulation=simulation,
            settlement_id=real.settlement,
            patient_before=real.patient * FEN,
            patient_after=new.patient * FEN,
            payers_after={payer: f"{amount * FEN}" for payer, amount in new.payers.items()},
        )
        for real, new in pairs
        if differs(real, new)
    )


def _note(simulation: Simulation, **values: Any) -> None:
    """Every step is a sign of life; whoever lost the row finds out here."""
    for name, value in values.items():
        setattr(simulation, name, value)
    if not _mine(simulation).update(**values):
        raise GivenUp


def _mine(simulation: Simulation) -> Any:
    running = Simulation.objects.filter(pk=simulation.pk, state=SimulationState.RUNNING)
    return running.filter(started_at=simulation.started_at)
