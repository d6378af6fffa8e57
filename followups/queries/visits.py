"""Visits: one with its versions, the history a form is judged by, and what is in conflict."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from core.accounts.models import User
from followups.models import Submission, Visit
from followups.protocols.assessment import PastVisit
from households.models import Household, Person

HISTORY = 8


def history(
    person: Person | None, protocol: str, *, until: date, without: UUID | None = None
) -> list[PastVisit]:
    """The person's visits on a form up to a day, newest first, as the assessment wants them."""
    if person is None:
        return []
    found = Visit.objects.filter(person=person, protocol=protocol, is_current=True, visited_on__lte=until)
    found = found.exclude(pk=without) if without else found
    newest = found.order_by("-visited_on").values_list("visited_on", "answers")[:HISTORY]
    return [PastVisit(on, answers) for on, answers in newest]


def get_visit(user: User, uuid: UUID) -> Visit:
    """One visit with whom it concerns and who made it.

    :raises Http404: outside the user's area.
    """
    found = Visit.objects.select_related("person", "household__village", "by", "supersedes")
    visit: Visit = found.get_visible(user, uuid=uuid)
    return visit


def came_in_on(record: Visit | Submission) -> date:
    """The day the record arrived; on that day it may still be corrected without a reason."""
    return timezone.localdate(record.received_at)


def versions(visit: Visit) -> list[Visit]:
    """All versions of a visit, the first one first."""
    same: dict[str, Any] = {"household_id": visit.household_id, "person_id": visit.person_id}
    everything = Visit.objects.filter(**same, protocol=visit.protocol).select_related("by")
    by_id = {other.pk: other for other in everything}
    chain = [visit]
    while chain[0].supersedes_id in by_id:
        chain.insert(0, by_id[chain[0].supersedes_id])
    followers = {other.supersedes_id: other for other in by_id.values() if other.supersedes_id}
    while chain[-1].pk in followers:
        chain.append(followers[chain[-1].pk])
    return chain


def get_person(user: User, uuid: UUID) -> Person:
    """:raises Http404: outside the user's area."""
    found: Person = Person.objects.select_related("household__village").get_visible(user, uuid=uuid)
    return found


def get_household(user: User, uuid: UUID) -> Household:
    """:raises Http404: outside the user's area."""
    found: Household = Household.objects.select_related("village").get_visible(user, uuid=uuid)
    return found


def members(household: Household) -> list[Person]:
    """Those who live there now, the head first."""
    return list(household.members.filter(left_on=None).order_by("relation", "birth_date"))
