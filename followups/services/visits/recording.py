"""One road for every visit, from page, phone and program: received and committed first, judged then."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from core.accounts.models import User
from core.accounts.permissions import check
from core.accounts.queries import Proof
from core.accounts.roles import Role
from core.base.ids import uuid7
from followups.choices import SubmissionState
from followups.models import Conflict, Visit
from followups.services.visits.amending import release, version_to_replace
from followups.services.visits.entry import Entry, canonical, read_entry
from followups.services.visits.keeping import first_conflict, keep_conflict, keep_refusal, keep_waiting
from followups.services.visits.problems import wrong
from followups.services.visits.receipt import Clash, FieldProblem, Refused, VisitReceipt, Waits
from followups.services.visits.receiving import Received, receive
from followups.services.visits.situation import Subject, find_situation, find_subject, where_now
from followups.services.visits.writing import write, write_unless_changed


def record_visit(
    *,
    body: Mapping[str, Any],
    by: User,
    program: Proof | None = None,
    received_on: date,
    may_wait: bool = False,
) -> VisitReceipt:
    """This will keep what was sent, then judge it and write the visit, its duties and its needs.

    The same body again gives the first answer again. Another body under the same number, a duty already
    fulfilled or an outdated correction is kept as a conflict; nothing is ever overwritten or dropped.
    With `may_wait` the correction of a visit that has not come yet waits for it; else it is refused.
    A `program` proves itself in passing; ProofLapsed says that nothing was kept.
    """
    if program is None:
        check(by, "record_visit")
    return _recorded(body, by, program, received_on, may_wait=may_wait)


def record_decided(*, body: Mapping[str, Any], by: User, received_on: date, beside: bool) -> VisitReceipt:
    """The same for who has been checked already and has compared two records: with `beside` the visit stands
    beside another one of the same day."""
    return _recorded(body, by, None, received_on, beside=beside)


def _recorded(
    body: Mapping[str, Any],
    by: User,
    program: Proof | None,
    received_on: date,
    *,
    may_wait: bool = False,
    beside: bool = False,
) -> VisitReceipt:
    try:
        content = canonical(body)
    except (ValueError, TypeError, RecursionError):
        return VisitReceipt("refused", problems=[wrong("answers", "unreadable")])
    entry = read_entry(body)
    if entry.client_id is None:
        return VisitReceipt("refused", problems=entry.problems)
    received = receive(content=content, entry=entry, by=by, program=program)
    if received.state == SubmissionState.ACCEPTED and received.visit:
        visit = Visit.objects.get(pk=received.visit)
        return VisitReceipt("repeated", visit, submission_id=received.submission)
    if received.state == SubmissionState.CONFLICT:
        return first_conflict(received.submission)
    return _written_at_once(entry, received, by, received_on) or judged(
        entry=entry,
        submission=received.submission,
        by=by,
        received_on=received_on,
        may_wait=may_wait,
        beside=beside,
    )


def amend_visit(
    *,
    supersedes: UUID,
    answers: Mapping[str, Any],
    reason: str,
    by: User,
    on: date,
    client_id: UUID | None = None,
) -> VisitReceipt:
    """This will add a new version of a visit; the one it replaces stays, marked as no longer current."""
    old = Visit.objects.visible_to(by).select_related("person", "household").get(pk=supersedes)
    subject = {"person": str(old.person.uuid)} if old.person else {"household": str(old.household.uuid)}
    body = {
        "client_id": str(client_id or uuid7()),
        **subject,
        "protocol": old.protocol,
        "visited_on": str(answers.get("visit_date") or old.visited_on),
        "mode": str(answers.get("visit_mode") or old.mode),
        "answers": dict(answers),
        "supersedes": str(supersedes),
        "amend_reason": reason,
    }
    return record_visit(body=body, by=by, received_on=on)


def _written_at_once(entry: Entry, received: Received, by: User, received_on: date) -> VisitReceipt | None:
    """The usual visit, in one statement without a lock held before it. Whatever is unusual, or has changed
    since it was looked at, goes the long way, under the lock."""
    seen = received.seen
    if seen is None or not seen.situation.is_clear:
        return None
    try:
        return write_unless_changed(
            entry=entry, seen=seen, submission=received.submission, by=by, received_on=received_on
        )
    except Refused:
        return None


def judged(
    *, entry: Entry, submission: int, by: User, received_on: date, may_wait: bool, beside: bool = False
) -> VisitReceipt:
    """This will judge what is kept already. Doing it twice is harmless: the person is locked meanwhile."""
    try:
        if entry.problems:
            raise Refused(entry.problems)
        with transaction.atomic(durable=True):
            return _accept(entry, submission, by, received_on, beside=beside)
    except Refused as refused:
        return keep_refusal(submission, refused.problems)
    except Clash as clash:
        return keep_conflict(submission, clash.kind, kept=clash.kept)
    except Waits as waits:
        if may_wait:
            return keep_waiting(submission, waits.number)
        return keep_refusal(submission, [wrong("supersedes", "not_found")])


def _accept(
    entry: Entry, submission: int, by: User, received_on: date, *, beside: bool = False
) -> VisitReceipt:
    subject = find_subject(entry=entry, by=by)
    if subject is None:
        raise Refused([_out_of_reach(entry, by)])
    situation = find_situation(entry, subject, submission)
    if situation.answered_with:
        visit = Visit.objects.get(pk=situation.answered_with)
        return VisitReceipt("repeated", visit, submission_id=submission)
    if situation.same_number:
        raise Clash(Conflict.Kind.SAME_NUMBER, situation.same_number)
    if entry.supersedes:
        return _replace(entry, subject, submission, by, received_on)
    twice = situation.duty_done_by or situation.same_day
    if twice and not beside:
        raise Clash(Conflict.Kind.DUTY_TWICE, twice)
    return write(
        entry=entry,
        subject=subject,
        situation=situation,
        submission=submission,
        by=by,
        received_on=received_on,
    )


def _out_of_reach(entry: Entry, by: User) -> FieldProblem:
    """A doctor is told where a household went that was his; a program never learns what lies outside."""
    name = "person" if entry.person else "household"
    place = "" if by.role == Role.API_CLIENT else where_now(entry=entry, by=by)
    return wrong(name, "moved_away", place=place) if place else wrong(name, "not_found")


def _replace(entry: Entry, subject: Subject, submission: int, by: User, received_on: date) -> VisitReceipt:
    """The old version gives back its duties first; then the new one is written like any other visit."""
    old = version_to_replace(entry, subject, received_on=received_on)
    release(old, on=received_on)
    subject = find_subject(entry=entry, by=by) or subject
    situation = find_situation(entry, subject, submission)
    return write(
        entry=entry,
        subject=subject,
        situation=situation,
        submission=submission,
        by=by,
        received_on=received_on,
        replaces=old.edition,
    )
