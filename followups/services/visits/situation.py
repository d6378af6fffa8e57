"""Where a visit lands: the person under a lock, what was found before, what is owed."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from core.accounts.models import User
from core.accounts.scope import village_ids
from core.base.sql import one, rows
from followups.protocols.assessment import PastVisit
from followups.rules import OpenDuty
from followups.services.visits.entry import Entry
from followups.sql import statement


@dataclass(frozen=True)
class Subject:
    """Who was visited. Without a person it is the household as a whole; `speaks_for` is then its head."""

    person: int | None
    household: int
    village: int
    county: int
    birth_date: date | None
    left_on: date | None
    team: int | None
    leader: int | None
    speaks_for: int | None
    sex: str = ""


@dataclass(frozen=True)
class Situation:
    answered_with: UUID | None
    """The visit that the same body has already become."""
    same_number: UUID | None
    same_day: UUID | None
    duty_done_by: UUID | None
    history: list[PastVisit] = field(default_factory=list)
    duties: list[OpenDuty] = field(default_factory=list)


def find_subject(*, entry: Entry, by: User) -> Subject | None:
    """The person or household within the user's area, locked until the visit is written."""
    text = statement("visited_person" if entry.person else "visited_household")
    values = {
        "uuid": entry.person or entry.household,
        "villages": village_ids(by),
        "visited_on": entry.visited_on,
    }
    row = one(text, values)
    return Subject(*row) if row else None


def find_situation(entry: Entry, subject: Subject, submission: int) -> Situation:
    """Read after the lock, so that it holds until the visit is written."""
    values: dict[str, Any] = {
        "submission": submission,
        "client_id": entry.client_id,
        "household": subject.household,
        "person": subject.person,
        "protocol": entry.protocol,
        "visited_on": entry.visited_on,
        "mode": entry.mode,
        "duty": entry.duty,
        "supersedes": entry.supersedes,
    }
    found = rows(statement("visit_situation"), values)[0]
    answered_with, same_number, same_day, done_by, history, duties = found
    return Situation(
        answered_with=answered_with,
        same_number=same_number,
        same_day=same_day,
        duty_done_by=done_by,
        history=[PastVisit(date.fromisoformat(on), answers) for on, answers in history or []],
        duties=[_open_duty(*duty) for duty in duties or []],
    )


def _open_duty(pk: int, rule: str, protocol: str, of_household: bool, starts: str, ends: str) -> OpenDuty:
    return OpenDuty(pk, rule, protocol, of_household, date.fromisoformat(starts), date.fromisoformat(ends))
