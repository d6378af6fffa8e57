"""What the lists of the record say about each person, and what the forms offer."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from core.accounts.models import User
from core.accounts.scope import village_ids
from core.clinics.models import Institution
from core.clinics.queries import counties_of
from households.models import (
    Enrolment,
    Exam,
    ExamCampaign,
    HealthClassPeriod,
    HealthRecord,
    Person,
)

KEEPERS = (Institution.Kind.TOWNSHIP_HOSPITAL, Institution.Kind.COUNTY_HOSPITAL)


def health_centres(user: User) -> QuerySet[Any]:
    """Where records are kept and people examined: the township hospitals of the user's counties first."""
    found: QuerySet[Any] = Institution.objects.filter(area__county__in=counties_of(user), kind__in=KEEPERS)
    return found.order_by("-kind", "area__code", "name", "pk")


def own_centre(user: User, person: Person | None = None) -> Institution | None:
    """The township hospital of where a person lives, or of the user's own area."""
    line = person.village.ancestors if person else user.area.ancestors
    found: Institution | None = (
        Institution.objects.filter(area__in=line, kind=Institution.Kind.TOWNSHIP_HOSPITAL)
        .order_by("pk")
        .first()
    )
    return found


def get_person(user: User, uuid: UUID) -> Person:
    """:raises Http404: not there, or not in the user's area."""
    found: Person | None = (
        Person.objects.select_related("household", "village").visible_to(user).filter(uuid=uuid).first()
    )
    if found is None:
        raise Http404
    return found


def records_of(persons: Iterable[Person]) -> dict[int, HealthRecord]:
    found = HealthRecord.objects.filter(person__in=persons).select_related("owner")
    return {record.person_id: record for record in found}


def exams_of(persons: Iterable[Person], year: int) -> dict[int, Exam]:
    found = Exam.objects.filter(person__in=persons, year=year).select_related("institution")
    return {exam.person_id: exam for exam in found}


def enrolments_of(persons: Iterable[Person], year: int, scheme: str) -> dict[int, Enrolment]:
    found = Enrolment.objects.filter(person__in=persons, year=year, scheme=scheme)
    return {enrolment.person_id: enrolment for enrolment in found}


def standing_classes(persons: Iterable[Person]) -> dict[int, HealthClassPeriod]:
    found = HealthClassPeriod.objects.filter(person__in=persons, period__endswith=None)
    return {period.person_id: period for period in found}


def class_history(person: Person) -> list[HealthClassPeriod]:
    """The newest first."""
    found = HealthClassPeriod.objects.filter(person=person).select_related("by")
    return list(found.order_by("-period"))


def campaign_of(user: User, year: int) -> ExamCampaign | None:
    found: ExamCampaign | None = ExamCampaign.objects.filter(area__in=counties_of(user), year=year).first()
    return found


def enrolments_of_household(user: User, household: int, on: date) -> list[Enrolment]:
    """Everybody's insurance of this year, member by member."""
    found = Enrolment.objects.filter(
        person__household=household, person__left_on=None, year=on.year, village__in=village_ids(user)
    )
    return list(found.select_related("person").order_by("person_id", "scheme"))
