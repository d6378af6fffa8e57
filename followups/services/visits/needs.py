"""A need that the doctor noted at a visit, perhaps of another member of the household (DOMAIN A19)."""

from datetime import date
from typing import Any
from uuid import UUID, uuid5

from core.accounts.models import User
from followups.choices import NeedKind, StepKind
from followups.models import Need, NeedPhotograph, Visit
from followups.queries.needs import open_needs
from followups.services.needs import note_on_need, open_need
from followups.services.papers import add_photograph
from followups.services.visits.entry import Entry
from followups.services.visits.problems import wrong
from followups.services.visits.receipt import Refused
from followups.services.visits.situation import Subject
from households.models import Person


def whose_need(entry: Entry, subject: Subject) -> Person | None:
    """The member whose need stands in the entry; where none is named, the one visited, or the head.

    :raises Refused: where the member does not belong to the household.
    """
    if not entry.need_words:
        return None
    living = Person.objects.filter(household_id=subject.household)
    named = {"uuid": entry.need_person} if entry.need_person else {"pk": subject.person or subject.speaks_for}
    person: Person | None = living.filter(**named).first()
    if person is None:
        raise Refused([wrong("need_person", "not_found")])
    return person


def follow_need(*, entry: Entry, person: Person, visit: Visit, by: User, on: date) -> None:
    """This will open the need, or add the words to the one of that kind that is open already.

    The sender has been checked with the visit. The same visit again finds the need it has raised."""
    kind = entry.need_kind or NeedKind.OTHER
    number = uuid5(visit.pk, "need")
    same = Need.objects.filter(open_needs(), person=person, kind=kind).exclude(visit=visit).first()
    if same:
        note_on_need(need=same, kind=StepKind.NOTE, note=entry.need_words, by=by, on=on)
    else:
        open_need(
            person=person, kind=kind, description=entry.need_words, by=by, on=on, visit=visit, uuid=number
        )


def show_need(
    *, visit: Visit, kind: str, person: UUID | None, file: Any, by: User, on: date
) -> NeedPhotograph | None:
    """This will keep a photograph with the need that was noted at a visit: its own, or the open one of that
    `kind` and member (the one visited where none is named) its words were added to. None without."""
    whose = {"person__uuid": person} if person else {"person": visit.person_id}
    like = Need.objects.visible_to(by).filter(open_needs(), kind=kind or NeedKind.OTHER, **whose)
    need = Need.objects.filter(uuid=uuid5(visit.pk, "need")).first() or like.first()
    return add_photograph(need=need, file=file, by=by, on=on) if need else None
