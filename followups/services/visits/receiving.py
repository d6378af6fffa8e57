"""What arrived is committed before anything judges it; what it meets is read on the same way."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.accounts.models import User
from core.accounts.queries import Proof, ProofLapsed
from core.base.sql import one
from followups.models import Submission
from followups.services.visits.entry import Entry, digest
from followups.services.visits.situation import (
    Situation,
    Subject,
    read_situation,
    situation_text,
    situation_values,
    subject_values,
)
from followups.sql import statement

_PROVEN = " WHERE accounts_token_mark(%(token)s) = %(mark)s"


@dataclass(frozen=True)
class Seen:
    """Where the visit lands, read without a lock; the mark tells later whether it still holds."""

    subject: Subject
    situation: Situation
    mark: str


@dataclass(frozen=True)
class Received:
    submission: int
    state: str
    visit: UUID | None
    seen: Seen | None = None


def receive(*, content: bytes, entry: Entry, by: User, program: Proof | None) -> Received:
    """This will keep the body and, where it could be read, look at what it meets, in one statement.

    `content` is the body as its fingerprint is taken. :raises ProofLapsed: where nothing was kept, because
    the program may no longer be what it was."""
    values = {
        "client_id": entry.client_id,
        "sha256": digest(content),
        "body": content.decode(),
        "user": by.pk,
        "api_client": program.client_id if program else None,
        "device_id": entry.device_id,
        "device_seq": entry.device_seq,
        "kind": Submission.Kind.VISIT,
    }
    if program:
        values |= {"token": program.token, "mark": program.mark}
    if entry.problems or entry.supersedes:
        return Received(*_kept(_receiving(program), values))
    values |= subject_values(entry=entry, by=by) | situation_values(entry)
    return _received(*_kept(_receive_and_look(program, of_person=entry.person is not None), values))


def _kept(text: str, values: dict[str, Any]) -> tuple[Any, ...]:
    row = one(text, values)
    if row is None:
        raise ProofLapsed
    return row


def _receiving(program: Proof | None) -> str:
    return statement("receive_visit", proven=_PROVEN if program else "")


def _receive_and_look(program: Proof | None, *, of_person: bool) -> str:
    return statement(
        "receive_and_look",
        receive=_receiving(program),
        subject=statement("visited_person" if of_person else "visited_household", lock=""),
        situation=situation_text(
            of_person=of_person, submission="r.id", household="s.household", person="s.person"
        ),
    )


def _received(submission: int, state: str, visit: UUID | None, mark: str, *found: Any) -> Received:
    subject, met = found[:10], found[10:]
    seen = Seen(Subject(*subject), read_situation(*met), mark) if subject[1] else None
    return Received(submission, state, visit, seen)
