"""Cases as lists, one case with its opinions, and the cases of a person."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from core.accounts.models import Area, User
from households.identification_choices import UNDECIDED, CaseState
from households.models import IdentificationCase, Opinion, Person
from households.queries.identification.standing import waiting_for

SHOWN = {
    "open": UNDECIDED,
    "confirmed": (CaseState.CONFIRMED,),
    "rejected": (CaseState.REJECTED,),
}
_WITH = ("person__household", "village", "disease", "entry")


def cases(user: User, show: str, village: Area | None = None) -> QuerySet[Any]:
    """Cases of the user's area: `mine` (waiting for the user's opinion), `open`, `confirmed`, `rejected`."""
    found = waiting_for(user) if show == "mine" else _standing(user, show)
    found = found.filter(village=village) if village else found
    return found.select_related(*_WITH)


def _standing(user: User, show: str) -> QuerySet[Any]:
    found = IdentificationCase.objects.visible_to(user).filter(state__in=SHOWN[show])
    order = ("moved_on", "pk") if show == "open" else ("-ended_on", "-pk")
    result: QuerySet[Any] = found.order_by(*order)
    return result


def count_cases(user: User) -> dict[str, int]:
    """How many cases each list has."""
    return {show: cases(user, show).count() for show in ("mine", *SHOWN)}


def chosen_cases(user: User, marks: list[str]) -> list[IdentificationCase]:
    """Of the cases that wait for this user those that were ticked; a mark is number and turn ("17-2"), so
    that one that went round meanwhile is left out."""
    found = {f"{case.pk}-{case.turn}": case for case in waiting_for(user)}
    return [found[mark] for mark in dict.fromkeys(marks) if mark in found]


def get_case(user: User, uuid: UUID) -> IdentificationCase:
    """:raises Http404: outside the user's area."""
    found = IdentificationCase.objects.select_related(
        *_WITH, "county", "opened_by", "screening__round", "condition", "cause_by", "entry__catalogue"
    )
    case: IdentificationCase = found.get_visible(user, uuid=uuid)
    return case


def opinions_of(case: IdentificationCase) -> list[Opinion]:
    """In the order in which they were given."""
    return list(case.opinions.select_related("by").order_by("pk"))


def cases_of_person(user: User, person: Person) -> list[IdentificationCase]:
    found = IdentificationCase.objects.visible_to(user).filter(person=person)
    return list(found.select_related("disease", "entry").order_by("-opened_on", "-pk"))


def get_person(user: User, uuid: UUID) -> Person:
    """Somebody registered in the user's area. Raises Http404 outside it."""
    found: Person = Person.objects.select_related("household", "village").get_visible(user, uuid=uuid)
    return found


def villages_of(user: User) -> QuerySet[Any]:
    """Villages of the user's area that have a case."""
    with_case = IdentificationCase.objects.visible_to(user).values("village_id")
    return Area.objects.filter(pk__in=with_case).order_by("code")
