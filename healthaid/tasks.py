"""What the timetable rings. Each task claims its period, calls one journey, and notes what came of it."""

import logging
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from claims.tasks import sweep_simulations
from core.base.jobs import claim_run, fail, finish
from followups.services.papers import forget_files
from followups.services.sync import sweep_submissions
from healthaid.heartbeat import HEARTBEAT, HEARTBEAT_LASTS
from healthaid.journeys import (
    actions,
    burdens,
    escalation,
    licences,
    matters,
    money,
    monitoring,
    nightly,
    reminders,
    renewals,
    screening,
)
from healthaid.outreach.services import sending
from healthaid.reports.services.late import look_for_late_facts
from healthaid.reports.services.requests import request_drafts
from healthaid.reports.services.summaries import checking, months, refreshing
from healthaid.reports.tasks import make_waiting, requeue_stale
from households.tasks import sweep_register_imports

log = logging.getLogger(__name__)
BATCH = 200
# Longer than any night that was missed.
PAPERS_LOOKED_BACK = timedelta(days=30)


def once(job: str, period: str, work: Callable[[], dict[str, Any]]) -> None:
    """Does the work unless this period is done; a failure is noted and raised, and may be tried again."""
    run = claim_run(job=job, period=period, at=timezone.now())
    if run is None:
        return
    try:
        detail = work()
    except Exception as error:
        fail(run=run, at=timezone.now(), error=error)
        raise
    finish(run=run, at=timezone.now(), detail=detail)


def _today() -> date:
    return timezone.localdate()


@shared_task(name="healthaid.nightly_duties")
def nightly_duties(**_more: Any) -> None:
    on = _today()
    once("nightly_duties", on.isoformat(), lambda: nightly.make_duties(on=on))


@shared_task(name="healthaid.nightly_books")
def nightly_books(**_more: Any) -> None:
    on = _today()
    once("nightly_books", on.isoformat(), lambda: dict(money.keep_the_books(on=on)))


@shared_task(name="healthaid.refresh_summaries")
def refresh_summaries(**_more: Any) -> None:
    """After midnight this is what counts every village for the new day."""
    refreshing.refresh_all(on=_today(), at=timezone.now())


@shared_task(name="healthaid.nightly_summaries")
def nightly_summaries(**_more: Any) -> None:
    on = _today()
    once("nightly_summaries", on.isoformat(), lambda: _keep_summaries(on))


def _keep_summaries(on: date) -> dict[str, Any]:
    return {
        "closed": months.close_month(today=on, at=timezone.now()),
        "counted": refreshing.refresh_all(on=on, at=timezone.now()),
        "touches": refreshing.forget_touches(),
    }


@shared_task(name="healthaid.check_summaries")
def check_summaries(**_more: Any) -> None:
    on = _today()
    once("check_summaries", on.isoformat(), lambda: checking.check_sample(on=on))


@shared_task(name="healthaid.forget_papers")
def forget_papers(**_more: Any) -> None:
    since = timezone.now() - PAPERS_LOOKED_BACK
    once("forget_papers", _today().isoformat(), lambda: {"files": forget_files(since=since)})


@shared_task(name="healthaid.morning_reminders")
def morning_reminders(**_more: Any) -> None:
    on = _today()
    once("morning_reminders", on.isoformat(), lambda: {"queued": reminders.remind_doctors(on=on)})


@shared_task(name="healthaid.daily_escalation")
def daily_escalation(**_more: Any) -> None:
    on = _today()
    once("daily_escalation", on.isoformat(), lambda: _climb_ladders(on))


def _climb_ladders(on: date) -> dict[str, Any]:
    return {
        "visits": escalation.escalate(on=on),
        "needs": matters.escalate_needs(on=on),
        "referrals": matters.escalate_referrals(on=on),
        "warnings": burdens.escalate_warnings(on=on),
        "actions": actions.escalate_actions(on=on),
        "monitoring": monitoring.escalate_monitoring(on=on),
        "new_warnings": {"told": burdens.tell_of_new(on=on)},
    }


@shared_task(name="healthaid.hourly_escalation")
def hourly_escalation(**_more: Any) -> None:
    at = timezone.localtime()
    once("hourly_escalation", f"{at:%Y-%m-%dT%H}", lambda: escalation.escalate_by_hour(at=at))


@shared_task(name="healthaid.licence_expiry")
def licence_expiry(**_more: Any) -> None:
    on = _today()
    once("licence_expiry", f"{on:%Y-%m}", lambda: {"queued": licences.warn(on=on)})


@shared_task(name="healthaid.burden_warnings")
def burden_warnings(**_more: Any) -> None:
    on = _today()
    once("burden_warnings", f"{on:%Y-%m}", lambda: {"raised": burdens.raise_everywhere(on=on)})


@shared_task(name="healthaid.contract_renewals")
def contract_renewals(**_more: Any) -> None:
    on = _today()
    once("contract_renewals", f"{on:%G-W%V}", lambda: {"queued": renewals.remind(on=on)})


@shared_task(name="healthaid.monthly_reports")
def monthly_reports(**_more: Any) -> None:
    on = _today()
    once("monthly_reports", f"{on:%Y-%m}", lambda: {"requested": len(request_drafts(on=on))})
    make_waiting.delay()


@shared_task(name="healthaid.late_facts")
def late_facts(**_more: Any) -> None:
    on = _today()
    once("late_facts", on.isoformat(), lambda: {"late": look_for_late_facts(on=on, at=timezone.now())})


@shared_task(name="healthaid.send_messages")
def send_messages(**_more: Any) -> None:
    while sending.send_queued(limit=BATCH, at=timezone.now()):
        pass


@shared_task(name="healthaid.follow_suspicions")
def follow_suspicions(**_more: Any) -> None:
    screening.follow_late_suspicions(on=_today())


@shared_task(name="healthaid.sweep")
def sweep(**_more: Any) -> None:
    """Finds what a dead worker or a lost broker left behind."""
    sending.requeue_stale(at=timezone.now())
    requeue_stale()
    sweep_register_imports()
    sweep_simulations()
    sweep_submissions(at=timezone.now())
    make_waiting.delay()


DAILY = (
    (time(0, 5), nightly_summaries),
    (time(1), nightly_duties),
    (time(2, 30), nightly_books),
    (time(3, 30), forget_papers),
    (time(5), late_facts),
    (time(7, 30), morning_reminders),
    (time(8), daily_escalation),
    (time(22, 30), check_summaries),
)


def _missed(now: datetime) -> list[Any]:
    return [task for at, task in DAILY if now.time() >= at]


@shared_task(name="healthaid.catch_up")
def catch_up(**_more: Any) -> None:
    """Rings again what should have run today; a run that is done answers at once."""
    for task in _missed(timezone.localtime()):
        task.delay()


@shared_task(name="healthaid.heartbeat")
def heartbeat(**_more: Any) -> None:
    cache.set(HEARTBEAT, timezone.now().isoformat(), timeout=HEARTBEAT_LASTS)
