"""Wake-up calls for the workers. The row is the job: a task that runs twice finds nothing left to do."""

import logging
from datetime import date
from typing import Any

from celery import current_app, shared_task
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError

from households.models import RegisterImport
from households.services.imports import recover_imports, run_apply, run_preview, run_undo

State = RegisterImport.State
log = logging.getLogger(__name__)


def _today() -> date:
    return timezone.localdate()


@shared_task(name="households.preview_register")
def preview_register(*, import_id: int, **_later: Any) -> None:
    run_preview(import_id=import_id, on=_today())


@shared_task(name="households.apply_register")
def apply_register(*, import_id: int, **_later: Any) -> None:
    run_apply(import_id=import_id, on=_today())
    _ring_what_follows()


@shared_task(name="households.undo_register")
def undo_register(*, import_id: int, **_later: Any) -> None:
    run_undo(import_id=import_id)
    _ring_what_follows()


def _ring_what_follows() -> None:
    """Figures follow at once; where nobody can be told, at their next ring."""
    try:
        for task in settings.RUNG_AFTER_IMPORTS:
            current_app.send_task(task)
    except OperationalError:
        log.warning("no broker: what follows an import waits for its next ring")


@shared_task(name="households.sweep_register_imports")
def sweep_register_imports(**_later: Any) -> None:
    """Sends again what was lost on the way to a worker."""
    for state, import_id in recover_imports():
        JOBS[state].apply_async(kwargs={"import_id": import_id}, queue="bulk")


JOBS: dict[str, Any] = {
    State.RECEIVED: preview_register,
    State.QUEUED: apply_register,
    State.UNDOING: undo_register,
}
