"""Asking for a run leaves a row that a worker finds; a worker that is lost is replaced."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from claims.choices import SimulationState
from claims.models import PolicyVersion, Simulation
from claims.queries.policies.checking import checked
from claims.queries.simulations.reading import stale
from core.accounts.models import User
from core.accounts.permissions import check

ATTEMPTS = 3
LONGEST = 366 * 3
OPEN = (SimulationState.QUEUED, SimulationState.RUNNING)


def ask_simulation(
    *, version: PolicyVersion, from_on: date, to_on: date, by: User, name: str = ""
) -> Simulation:
    """This will queue a run of the version's present text over the bills of stays that ended in these days.

    :raises ValidationError: by field, for a text with mistakes or days that cannot be used."""
    check(by, "simulate")
    if to_on < from_on:
        raise ValidationError({"to_on": _("This is before the first day.")})
    if (to_on - from_on).days > LONGEST:
        raise ValidationError({"to_on": _("Three years at most at a time.")})
    if checked(version.text).policy is None:
        raise ValidationError({"policy": _("Its text has mistakes. Mend it first.")})
    with transaction.atomic():
        simulation: Simulation = Simulation.objects.create(
            county_id=version.county_id,
            name=name.strip() or f"{from_on} – {to_on}",
            policy=version,
            text=version.text,
            sha256=version.sha256,
            from_on=from_on,
            to_on=to_on,
            asked_by=by,
        )
    return simulation


def cancel_simulation(*, simulation: Simulation, by: User) -> bool:
    """This will stop a run that is not finished; its worker finds out. False when it is over."""
    check(by, "simulate")
    with transaction.atomic():
        open_one = Simulation.objects.filter(pk=simulation.pk, state__in=OPEN)
        return bool(open_one.update(state=SimulationState.CANCELLED))


@transaction.atomic
def claim_simulation(*, simulation_id: int, at: datetime) -> Simulation | None:
    """This will take a waiting run for one worker; None when another has it or it is finished."""
    free = Simulation.objects.select_for_update(skip_locked=True).filter(
        pk=simulation_id, state=SimulationState.QUEUED
    )
    claimed = list(free.values_list("pk", flat=True))
    taken = Simulation.objects.filter(pk__in=claimed).update(
        state=SimulationState.RUNNING, started_at=at, attempts=F("attempts") + 1, progress=0, error=""
    )
    return Simulation.objects.select_related("county").get(pk=simulation_id) if taken else None


@transaction.atomic
def requeue_stale_simulations(*, older_than: datetime) -> list[int]:
    """This will put runs whose worker is gone back into the queue, or give up after three attempts.

    `older_than`: no sign since this moment. Gives the ids of those queued again."""
    stale(older_than).filter(attempts__gte=ATTEMPTS).update(
        state=SimulationState.FAILED, error="worker_lost", finished_at=older_than
    )
    lost = list(stale(older_than).select_for_update(skip_locked=True).values_list("pk", flat=True))
    Simulation.objects.filter(pk__in=lost).update(state=SimulationState.QUEUED, progress=0)
    return lost
