"""Runs of a policy over real bills, as the user may see them and as workers find them."""

from datetime import datetime
from typing import Any

from django.db.models import DecimalField, F, QuerySet
from django.db.models.functions import Abs
from django.http import Http404

from claims.choices import SimulationState
from claims.models import SimulatedBill, Simulation
from core.accounts.models import User


def simulations(user: User) -> QuerySet[Simulation]:
    """The runs of the user's county, the latest first."""
    found: QuerySet[Simulation] = Simulation.objects.filter(county__ancestors__contains=[user.area_id])
    return found.select_related("county", "policy", "asked_by").order_by("-pk")


def get_simulation(user: User, pk: int) -> Simulation:
    """:raises Http404: for a run of another county."""
    found = simulations(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def changed_bills(user: User, simulation: Simulation) -> Any:
    """The bills that would have come out otherwise, the largest change of the patient's share first."""
    change = Abs(F("patient_after") - F("patient_before"), output_field=DecimalField())
    found = SimulatedBill.objects.visible_to(user).filter(simulation=simulation)
    found = found.select_related("settlement__admission", "settlement__village__parent")
    return found.annotate(change=change).order_by("-change", "pk")


def get_changed_bill(user: User, simulation: Simulation, number: int) -> SimulatedBill:
    """:raises Http404: for a bill that does not change, or is not for the user to know."""
    bill: SimulatedBill = changed_bills(user, simulation).get_visible(user, pk=number)
    return bill


def waiting(limit: int = 50) -> list[int]:
    """Ids of runs that nobody has claimed, in the order in which they were asked for."""
    queued = Simulation.objects.filter(state=SimulationState.QUEUED).order_by("pk")
    return list(queued.values_list("pk", flat=True)[:limit])


def stale(before: datetime) -> QuerySet[Simulation]:
    """Runs that gave no sign since that moment: their worker is gone."""
    found: QuerySet[Simulation] = Simulation.objects.filter(
        state=SimulationState.RUNNING, updated_at__lt=before
    )
    return found
