"""Where a visit lands: the person under a lock, what was found before, what is owed."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import orjson

from core.accounts.models import User
from core.accounts.scope import village_ids
from core.base.sql import bigints, one, rows
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

    @property
    def is_clear(self) -> bool:
        """Whether nothing stands in the visit's way."""
        return not (self.answered_with or self.same_number or self.same_day or self.duty_done_by)


def find_subject(*, entry: Entry, by: User) -> Subject | None:
    """The person or household within the user's area, locked until the visit is written."""
    name, alias = ("visited_person", "p") if entry.person else ("visited_household", "h")
    row = one(statement(name, lock=f"FOR NO KEY UPDATE OF {alias}"), subject_values(entry=entry, by=by))
    return Subject(*row) if row else None


def subject_values(*, entry: Entry, by: User) -> dict[str, Any]:
    return {
        "uuid": entry.person or entry.household,
        "villages": bigints(village_ids(by)),
        "visited_on": entry.visited_on,
    }


def where_now(*, entry: Entry, by: User) -> str:
    """The township where those who left the user's area are now; empty for whom the user never had."""
    uuid = entry.person or entry.household
    row = one(statement("where_now"), {"uuid": uuid, "key": str(uuid), "villages": bigints(village_ids(by))})
    return str(row[0]) if row else ""


def find_situation(entry: Entry, subject: Subject, submission: int) -> Situation:
    """Read after the lock, so that it holds until the visit is written."""
    values = {"submission": submission, "household": subject.household, "person": subject.person}
    text = situation_text(
        of_person=subject.person is not None,
        submission="%(submission)s",
        household="%(household)s",
        person="%(person)s::bigint",
    )
    return read_situation(*rows(text, values | situation_values(entry))[0])


@cache
def situation_text(*, of_person: bool, submission: str, household: str, person: str) -> str:
    whose = (
        f"v.person_id = {person}" if of_person else f"v.household_id = {household} AND v.person_id IS NULL"
    )
    names = {"submission": submission, "household": household, "person": person}
    return statement("visit_situation", whose=whose, **names)


def situation_values(entry: Entry) -> dict[str, Any]:
    return {
        "client_id": entry.client_id,
        "protocol": entry.protocol,
        "visited_on": entry.visited_on,
        "mode": entry.mode,
        "duty": entry.duty,
        "supersedes": entry.supersedes,
    }


def read_situation(
    answered_with: UUID | None,
    same_number: UUID | None,
    same_day: UUID | None,
    duty_done_by: UUID | None,
    history: str | None,
    duties: str | None,
) -> Situation:
    """The row of visit_situation.sql in its true types."""
    return Situation(
        answered_with=answered_with,
        same_number=same_number,
        same_day=same_day,
        duty_done_by=duty_done_by,
        history=[PastVisit(date.fromisoformat(on), answers) for on, answers in orjson.loads(history or "[]")],
        duties=[_open_duty(*duty) for duty in orjson.loads(duties or "[]")],
    )


def _open_duty(pk: int, rule: str, protocol: str, of_household: bool, starts: str, ends: str) -> OpenDuty:
    return OpenDuty(pk, rule, protocol, of_household, date.fromisoformat(starts), date.fromisoformat(ends))
