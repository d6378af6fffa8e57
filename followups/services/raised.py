"""Needs that a phone noted while it had no signal: kept like visits, then raised for their person."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from core.accounts.models import User
from core.accounts.permissions import check
from followups.choices import NeedKind, StepKind, SubmissionState
from followups.models import Need, Submission
from followups.queries.needs import open_needs, owners_in
from followups.services.needs import note_on_need, raise_need
from followups.services.records import keep_and_judge
from followups.services.sync import Verdict
from followups.services.visits import FieldProblem, VisitReceipt
from followups.services.visits.problems import wrong
from followups.services.visits.receipt import Refused
from households.models import Person

LONGEST = 300
KNOWN = (
    *("client_id", "person", "kind", "words", "on", "due_on", "owner", "quoted_amount", "is_put_off"),
    *("is_sensitive", "join", "another", "device_id", "device_seq"),
)


def receive_needs(*, items: Sequence[Mapping[str, Any]], by: User, received_on: date) -> list[Verdict]:
    """This will keep and raise needs as they come, each on its own; the same one again gets the first answer.

    `person` is the member's uuid, `kind` a NeedKind, `words` up to 300 characters, `on` the day it was told.
    Where one of the same person and kind is open already, the words are added to it, as at a visit, unless
    `another` says that it is another one; `join` names one of several.
    """
    check(by, "raise_need")
    return [_verdict(item, by, received_on) for item in items]


def _verdict(item: Mapping[str, Any], by: User, received_on: date) -> Verdict:
    sequence = item.get("device_seq")
    return keep_and_judge(
        item=item,
        kind=Submission.Kind.NEED,
        by=by,
        judge=lambda number, submission: _judged(item, number, submission, by, received_on),
        sequence=sequence if isinstance(sequence, int) and 0 < sequence < 2**31 else None,
    )


def _judged(
    item: Mapping[str, Any], client_id: UUID, submission: int, by: User, received_on: date
) -> VisitReceipt:
    """Under a lock on what was kept, so that the same need sent twice at one moment is raised once."""
    held = Submission.objects.select_for_update().get(pk=submission)
    if held.state == SubmissionState.ACCEPTED:
        return VisitReceipt("repeated", submission_id=submission)
    if Need.objects.filter(uuid=client_id).exists():
        raise Refused([wrong("client_id", "said_twice")])
    person, on = _person(item, by), _day(item, "on", received_on)
    if problems := [*_problems(item, by, person), *_ahead(on, received_on)]:
        raise Refused(problems)
    if same := _open_one(item, person, by):
        note_on_need(need=same, kind=StepKind.NOTE, note=str(item["words"]).strip(), by=by, on=on)
    else:
        _raise(item, client_id, person, by, on)
    Submission.objects.filter(pk=submission).update(state=SubmissionState.ACCEPTED, problem={})
    return VisitReceipt("accepted", submission_id=submission)


def _raise(item: Mapping[str, Any], client_id: UUID, person: Person, by: User, on: date) -> None:
    raise_need(
        person=person,
        kind=str(item["kind"]),
        description=str(item["words"]).strip(),
        by=by,
        on=on,
        due_on=_day(item, "due_on", on) if item.get("due_on") else None,
        owner=_owner(item, person),
        uuid=client_id,
        quoted_amount=_amount(item),
        is_put_off=item.get("is_put_off") is True,
        is_sensitive=item.get("is_sensitive") is True and by.sees_sensitive,
    )


def _open_one(item: Mapping[str, Any], person: Person, by: User) -> Need | None:
    if item.get("another") is True:
        return None
    same = Need.objects.visible_to(by).filter(open_needs(), person=person, kind=str(item["kind"]))
    named = [need for need in same.order_by("due_on", "id") if str(need.uuid) == item.get("join")]
    found: Need | None = named[0] if named else same.order_by("due_on", "id").first()
    return found


def _person(item: Mapping[str, Any], by: User) -> Person:
    try:
        uuid = UUID(str(item.get("person", "")))
    except ValueError as error:
        raise Refused([wrong("person", "not_a_uuid")]) from error
    person: Person | None = Person.objects.visible_to(by).filter(uuid=uuid, left_on=None).first()
    if person is None:
        raise Refused([wrong("person", "not_found")])
    return person


def _day(item: Mapping[str, Any], name: str, default: date) -> date:
    try:
        return date.fromisoformat(str(item.get(name) or default))
    except ValueError as error:
        raise Refused([wrong(name, "not_a_date")]) from error


def _ahead(on: date, received_on: date) -> list[FieldProblem]:
    return [wrong("on", "in_future")] if on > received_on else []


def _owner(item: Mapping[str, Any], person: Person) -> User | None:
    given = str(item.get("owner") or "")
    owner: User | None = None
    if given.isascii() and given.isdecimal() and len(given) < 19:
        owner = owners_in(person.village).filter(pk=int(given)).first()
    return owner


def _amount(item: Mapping[str, Any]) -> Decimal | None:
    """In yuan; None where nothing was quoted.

    :raises Refused: where it is no amount of money.
    """
    given = item.get("quoted_amount")
    if given in (None, ""):
        return None
    try:
        amount = Decimal(str(given))
    except InvalidOperation as error:
        raise Refused([wrong("quoted_amount", "not_a_number")]) from error
    if not amount.is_finite() or not (1 <= amount < 10**8) or amount != amount.quantize(Decimal("0.01")):
        raise Refused([wrong("quoted_amount", "not_a_number")])
    return amount


def _problems(item: Mapping[str, Any], by: User, person: Person) -> list[FieldProblem]:
    found = [wrong(str(name)[:40], "unknown_field") for name in item if name not in KNOWN]
    found += [wrong("kind", "not_a_choice")] if item.get("kind") not in NeedKind.values else []
    words = item.get("words")
    if not isinstance(words, str) or not words.strip():
        found.append(wrong("words", "required"))
    elif len(words) > LONGEST:
        found.append(wrong("words", "too_long"))
    if item.get("owner") and _owner(item, person) is None:
        found.append(wrong("owner", "not_found"))
    return found
