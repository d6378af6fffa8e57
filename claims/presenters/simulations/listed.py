"""A run as lists and its page name it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.choices import SimulationState
from claims.models import SimulatedBill, Simulation
from claims.presenters.policies.listed import name_of

TONES = {"done": "good", "failed": "bad", "cancelled": "quiet", "queued": "info", "running": "info"}
BUSY = (SimulationState.QUEUED, SimulationState.RUNNING)


@dataclass(frozen=True)
class ShownSimulation:
    pk: int
    url: str
    name: str
    policy: str
    policy_url: str
    from_on: date
    to_on: date
    tone: str
    status: str
    is_busy: bool
    is_done: bool
    is_failed: bool
    problem: str
    bills: int
    progress: int
    asked_by: str
    asked_at: datetime
    is_changed: bool
    """The policy's text is no longer the one that was tried."""


def shown_simulation(found: Simulation) -> ShownSimulation:
    return ShownSimulation(
        pk=found.pk,
        url=reverse("claims:simulation", args=[found.pk]),
        name=found.name,
        policy=name_of(found.policy) if found.policy else _("a draft that was thrown away"),
        policy_url=reverse("claims:policy", args=[found.policy_id]) if found.policy_id else "",
        from_on=found.from_on,
        to_on=found.to_on,
        tone=TONES[found.state],
        status=found.get_state_display(),
        is_busy=found.state in BUSY,
        is_done=found.state == SimulationState.DONE,
        is_failed=found.state == SimulationState.FAILED,
        problem=_problem(found.error),
        bills=found.bills,
        progress=found.progress,
        asked_by=str(found.asked_by),
        asked_at=found.created_at,
        is_changed=bool(found.policy and found.policy.sha256 != found.sha256),
    )


def _problem(code: str) -> str:
    if code == "worker_lost":
        return _("Its worker was lost three times. Choose fewer days and try again.")
    return _("Something unexpected happened; it is in the log. Try it again.") if code else ""


def shown_bill(found: SimulatedBill) -> dict[str, Any]:
    """Without a name: the bill's number, where, which illness, and what the patient would pay."""
    stay = found.settlement.admission
    village = found.settlement.village
    return {
        "url": reverse("claims:simulated_bill", args=[found.simulation_id, found.pk]),
        "number": found.settlement.number,
        "place": f"{village.parent} {village}",
        "illness": stay.diagnosis,
        "discharged_on": stay.discharged_on,
        "total": found.settlement.total,
        "before": found.patient_before,
        "after": found.patient_after,
        "change": found.patient_after - found.patient_before,
    }
