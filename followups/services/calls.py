"""Calls in vain that a phone noted while it had no signal: kept like visits, then put down for their duty."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from core.accounts.models import User
from core.accounts.permissions import check
from followups.choices import NotFoundReason, SubmissionState
from followups.models import Attempt, Duty, Submission
from followups.services.attempts import record_attempt
from followups.services.records import keep_and_judge
from followups.services.sync import Verdict
from followups.services.visits import FieldProblem, VisitReceipt
from followups.services.visits.problems import wrong
from followups.services.visits.receipt import Refused

KNOWN = ("client_id", "duty", "reason", "on", "note", "device_id")


def receive_attempts(*, items: Sequence[Mapping[str, Any]], by: User, received_on: date) -> list[Verdict]:
    """This will keep and note calls in vain, each on its own. The same call again is the first answer again.

    `duty` is the duty's number, `on` the day, `reason` a code of NotFoundReason, `note` up to 200 characters.
    """
    check(by, "record_visit")
    return [_verdict(item, by, received_on) for item in items]


def _verdict(item: Mapping[str, Any], by: User, received_on: date) -> Verdict:
    return keep_and_judge(
        item=item,
        kind=Submission.Kind.ATTEMPT,
        by=by,
        judge=lambda number, submission: _noted(item, number, submission, by, received_on),
    )


def _noted(
    item: Mapping[str, Any], client_id: UUID, submission: int, by: User, received_on: date
) -> VisitReceipt:
    duty, on = _duty(item, by), _day(item, received_on)
    problems = _problems(item)
    if problems:
        raise Refused(problems)
    note = str(item.get("note") or "")
    made = record_attempt(duties=[duty], uuid=client_id, reason=str(item["reason"]), by=by, on=on, note=note)
    if not made and not Attempt.objects.filter(uuid=uuid5(client_id, str(duty.pk))).exists():
        raise Refused([wrong("duty", "duty_closed")])
    Submission.objects.filter(pk=submission).update(state=SubmissionState.ACCEPTED, problem={})
    return VisitReceipt("accepted", submission_id=submission)


def _duty(item: Mapping[str, Any], by: User) -> Duty:
    given = str(item.get("duty", ""))
    known = given.isascii() and given.isdecimal() and len(given) < 19
    duty: Duty | None = Duty.objects.visible_to(by).filter(pk=int(given)).first() if known else None
    if duty is None:
        raise Refused([wrong("duty", "not_found")])
    return duty


def _day(item: Mapping[str, Any], received_on: date) -> date:
    try:
        on = date.fromisoformat(str(item.get("on", "")))
    except ValueError as error:
        raise Refused([wrong("on", "not_a_date")]) from error
    if on > received_on:
        raise Refused([wrong("on", "in_future")])
    return on


def _problems(item: Mapping[str, Any]) -> list[FieldProblem]:
    found = [wrong(str(name)[:40], "unknown_field") for name in item if name not in KNOWN]
    found += [wrong("reason", "not_a_choice")] if item.get("reason") not in NotFoundReason.values else []
    note = item.get("note") or ""
    if not isinstance(note, str):
        return [*found, wrong("note", "not_text")]
    return [*found, wrong("note", "too_long")] if len(note) > 200 else found
