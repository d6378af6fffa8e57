"""What arrived is committed before anything judges it; what it meets is read on the same way."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.accounts.models import User
from core.base.sql import rows
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


def receive(*, content: bytes, entry: Entry, by: User, api_client: int | None) -> Received:
    """This will keep the body and, where it could be read, look at what it meets, in one statement.

    `content` is the body as its fingerprint is taken."""
    values = {
        "client_id": entry.client_id,
        "sha256": digest(content),
        "body": content.decode(),
        "user": by.pk,
        "api_client": api_client,
        "device_id": entry.device_id,
        "device_seq": entry.device_seq,
        "kind": Submission.Kind.VISIT,
    }
    if entry.problems or entry.supersedes:
        return Received(*rows(statement("receive_visit"), values)[0])
    values |= subject_values(entry=entry, by=by) | situation_values(entry)
    return _received(*rows(_receive_and_look(of_person=entry.person is not None), values)[0])


def _receive_and_look(*, of_person: bool) -> str:
    return statement(
        "receive_and_look",
        receive=statement("receive_visit"),
        subject=statement("visited_person" if of_person else "visited_household", lock=""),
        situation=situation_text(
            of_person=of_person, submission="r.id", household="s.household", person="s.person"
        ),
    )


def _received(submission: int, state: str, visit: UUID | None, mark: str, *found: Any) -> Received:
    subject, met = found[:10], found[10:]
    seen = Seen(Subject(*subject), read_situation(*met), mark) if subject[1] else None
    return Received(submission, state, visit, seen)
