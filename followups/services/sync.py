"""What phones send in one go: each record kept, then judged by itself; a bad one never blocks another."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError
from django.db.models import Exists, OuterRef, Q

from core.accounts.models import User
from core.accounts.permissions import check
from followups.choices import SubmissionState
from followups.models import Conflict, Device, Submission, Visit
from followups.queries.visits import came_in_on
from followups.services.visits import VisitReceipt, record_visit
from followups.services.visits.entry import fingerprint, read_entry
from followups.services.visits.recording import judged

log = logging.getLogger(__name__)
UNJUDGED_AFTER = timedelta(seconds=60)
WAITS_AT_MOST = timedelta(days=30)
TRIES = 20
BATCH = 200


@dataclass(frozen=True)
class Verdict:
    """What became of one record: its number and fingerprint as the phone may ask for them again."""

    client_id: str
    sha256: str
    receipt: VisitReceipt


def receive_visits(*, items: Sequence[Mapping[str, Any]], by: User, received_on: date) -> list[Verdict]:
    """This will keep and judge visits as they come, each on its own, in the order sent.

    A record that cannot be judged now is answered with `later`: the sender keeps it and sends it again.
    A correction sent before its original is judged as soon as that has come.
    """
    check(by, "record_visit")
    verdicts = [_verdict(item, by, received_on) for item in items]
    return [
        _verdict(item, by, received_on) if verdict.receipt.status == "later" else verdict
        for item, verdict in zip(items, verdicts, strict=True)
    ]


def note_device(
    *,
    device: str,
    by: User,
    at: datetime,
    clock: datetime | None,
    unsent: int | None,
    oldest: datetime | None,
) -> Device:
    """This will note that a phone was heard of: its clock, and what it says it still keeps."""
    told = {
        "user": by,
        "last_seen_at": at,
        "skew_seconds": round((clock - at).total_seconds()) if clock else None,
        "unsent": unsent,
        "oldest_unsent_at": oldest,
    }
    row, _made = Device.objects.update_or_create(device_id=device, defaults=told)
    return row


def judge_waiting(*, number: UUID) -> int:
    """This will judge the corrections that waited for a record, and those that waited for them in turn."""
    judged_now, numbers = 0, [number]
    while numbers:
        waiting = Submission.objects.filter(waits_for=numbers.pop(), state=SubmissionState.RECEIVED)
        for submission in waiting.select_related("user").order_by("pk"):
            if judge_again(submission=submission, may_wait=True) != "later":
                judged_now += 1
                numbers.append(submission.client_id)
    return judged_now


def sweep_submissions(*, at: datetime) -> int:
    """This will judge what was received and never judged: a process had died, or its original has come since.

    Corrections whose original has not come within 30 days are refused. Gives how many were judged."""
    unjudged = Submission.objects.filter(
        state=SubmissionState.RECEIVED, kind=Submission.Kind.VISIT, received_at__lt=at - UNJUDGED_AFTER
    ).filter(Q(problem__tries__isnull=True) | Q(problem__tries__lt=TRIES))
    come = Q(Exists(Visit.objects.filter(pk=OuterRef("waits_for")))) | Q(
        Exists(Conflict.objects.filter(offered__client_id=OuterRef("waits_for")))
    )
    too_long = Q(received_at__lt=at - WAITS_AT_MOST)
    ready = unjudged.filter(Q(waits_for=None) | come | too_long).select_related("user").order_by("pk")
    verdicts = [
        judge_again(submission=each, may_wait=each.received_at >= at - WAITS_AT_MOST)
        for each in ready[:BATCH]
    ]
    return sum(status != "later" for status in verdicts)


def judge_again(*, submission: Submission, may_wait: bool) -> str:
    """This will judge a record that is kept already, as on the day it came. Gives its status."""
    try:
        receipt = judged(
            entry=read_entry(submission.body),
            submission=submission.pk,
            by=submission.user,
            received_on=came_in_on(submission),
            may_wait=may_wait,
        )
    except Exception as error:
        log.exception("sync: submission %s cannot be judged", submission.pk)
        _note_fault(submission, error)
        return "later"
    return receipt.status


def _note_fault(submission: Submission, error: Exception) -> None:
    tries = int(submission.problem.get("tries", 0)) + 1
    kept = Submission.objects.filter(pk=submission.pk, state=SubmissionState.RECEIVED)
    kept.update(problem={"fault": type(error).__name__, "tries": tries})


def _verdict(item: Mapping[str, Any], by: User, received_on: date) -> Verdict:
    number = str(item.get("client_id", ""))[:40]
    try:
        receipt = record_visit(body=item, by=by, received_on=received_on, may_wait=True)
        if receipt.status != "later":
            _go_on(number)
        return Verdict(number, _fingerprint(item), receipt)
    except Exception as error:
        if isinstance(error, DatabaseError):
            log.warning("sync: a record could not be judged now: %s", type(error).__name__)
        else:
            log.exception("sync: a record cannot be judged")
        return Verdict(number, _fingerprint(item), VisitReceipt("later"))


def _go_on(number: str) -> None:
    try:
        judge_waiting(number=UUID(number))
    except ValueError:
        return


def _fingerprint(item: Mapping[str, Any]) -> str:
    try:
        return fingerprint(item).hex()
    except (ValueError, TypeError, RecursionError):
        return ""
