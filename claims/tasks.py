"""Wake-up calls for the workers. The row is the job: a task that runs twice finds nothing left to do."""

from datetime import timedelta
from typing import Any

from celery import shared_task
from django.utils import timezone

from claims.queries.simulations.reading import waiting
from claims.services.simulations import requeue_stale_simulations, run_simulation

LOST_AFTER = timedelta(minutes=10)


@shared_task(name="claims.simulate")
def simulate(*, simulation_id: int, **_later: Any) -> None:
    run_simulation(simulation_id=simulation_id, at=timezone.now())


@shared_task(name="claims.sweep_simulations")
def sweep_simulations(**_later: Any) -> None:
    """Sends again what was lost on the way to a worker."""
    requeue_stale_simulations(older_than=timezone.now() - LOST_AFTER)
    for simulation_id in waiting():
        simulate.apply_async(kwargs={"simulation_id": simulation_id}, queue="bulk")
