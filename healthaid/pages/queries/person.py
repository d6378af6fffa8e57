"""Everything that is known of one person, in a fixed number of statements."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from core.accounts.models import User
from followups.models import Contract, Duty, MajorCase, Need, Visit
from followups.queries.answering import Seat, who_answers
from followups.queries.cases.reading import cases_of_person, conditions_without_case
from followups.queries.contracts import contracts_of_person
from followups.queries.duties import open_on
from followups.queries.fulfilment import Fulfilment, fulfilment_of_person
from households.models import Condition, Enrolment, Exam, IdentificationCase, Identity, Person, Screening
from households.queries.identification.cases import cases_of_person as identified
from households.queries.identification.rounds import results_of_person

VISITS_SHOWN = 24
SCREENINGS_SHOWN = 4
PAPERS = ("annual_exam", "health_record")


@dataclass(frozen=True, slots=True)
class PersonFacts:
    person: Person
    conditions: list[Condition]
    identities: list[Identity]
    enrolments: list[Enrolment]
    exams: list[Exam]
    contracts: list[Contract]
    promises: list[Fulfilment]
    visits: list[Visit]
    duties: list[Duty]
    needs: list[Need]
    cases: list[MajorCase]
    uncased: list[Condition]
    identified: list[IdentificationCase]
    screened: list[Screening]
    seats: dict[str, Seat]
    """Who answers at each level, where the person is under contract or has a case."""
    papers: list[Visit]
    """The newest examination and the newest health record, where there are any."""


def get_person(user: User, uuid: UUID) -> Person:
    """One person within the user's area. Raises Http404 outside it."""
    found: Person = Person.objects.select_related("household", "village").get_visible(user, uuid=uuid)
    return found


def person_facts(user: User, person: Person, on: date) -> PersonFacts:
    """This will read one person the user may see; sensitive facts only for health staff."""
    conditions: Any = Condition.objects.visible_to(user).filter(person=person)
    visits: Any = Visit.objects.visible_to(user).filter(person=person, is_current=True)
    duties: Any = Duty.objects.visible_to(user).filter(open_on(on), person=person)
    needs: Any = Need.objects.visible_to(user).filter(person=person)
    return PersonFacts(
        person=person,
        conditions=list(conditions.select_related("disease").order_by("ended_on", "confirmed_on")),
        identities=list(Identity.objects.filter(person=person).order_by("-period")),
        enrolments=list(Enrolment.objects.filter(person=person).order_by("-year", "scheme")),
        exams=list(Exam.objects.filter(person=person).select_related("institution").order_by("-year")),
        contracts=contracts_of_person(user, person),
        promises=fulfilment_of_person(user, person, on),
        visits=list(visits.select_related("person", "by").order_by("-visited_on")[:VISITS_SHOWN]),
        duties=list(duties.select_related("person").order_by("ends_on")),
        cases=cases_of_person(user, person),
        uncased=list(conditions_without_case(user, person)),
        identified=identified(user, person),
        screened=results_of_person(user, person)[:SCREENINGS_SHOWN],
        needs=list(needs.select_related("person", "owner").order_by("closed_on", "due_on")),
        seats=who_answers(person.pk, on),
        papers=list(_papers(user, person)),
    )


def _papers(user: User, person: Person) -> Any:
    found = Visit.objects.visible_to(user).filter(person=person, is_current=True, protocol__in=PAPERS)
    return found.select_related("by").order_by("protocol", "-visited_on").distinct("protocol")
