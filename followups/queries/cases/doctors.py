"""Who answers for a person: the three doctors of a day, and who could be named."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from core.accounts.models import Area
from core.clinics.models import HospitalTown, Institution, Practitioner
from core.clinics.queries import HOSPITALS
from followups.case_choices import CareLevel
from followups.models import CaseAssignment, MajorCase
from households.models import Person

Doctors = Mapping[str, CaseAssignment]


def doctors_of(person: Person, on: date) -> dict[str, CaseAssignment]:
    """The person's doctors on a day by level, the county's first; a level nobody was named for is absent."""
    found = person.case_doctors.filter(period__contains=on).select_related("practitioner__institution")
    by_level = {assignment.level: assignment for assignment in found}
    return {level: by_level[level] for level in CareLevel.values if level in by_level}


def responsible_doctor(person: Person, on: date) -> Practitioner | None:
    """The doctor of the county's hospital who answers for the person's cases on a day."""
    charge = doctors_of(person, on).get(CareLevel.COUNTY)
    return charge.practitioner if charge else None


def possible_doctors(case: MajorCase, level: str, on: date) -> QuerySet[Any]:
    """Who can be named at a level: doctors of the town's hospital, of the town, of the village."""
    village = case.village
    near = {
        CareLevel.COUNTY: _hospital_doctors(village, on),
        CareLevel.TOWNSHIP: Q(
            institution__kind=Institution.Kind.TOWNSHIP_HOSPITAL, institution__area=village.parent
        ),
        CareLevel.VILLAGE: Q(institution__kind=Institution.Kind.VILLAGE_CLINIC, institution__area=village)
        | Q(institution__kind=Institution.Kind.TOWNSHIP_HOSPITAL, institution__area=village.parent),
    }[CareLevel(level)]
    found: QuerySet[Any] = Practitioner.objects.filter(near).select_related("institution")
    return found.order_by("institution__area__level", "institution__name", "name")


def hospitals_for(county_id: int, on: date) -> QuerySet[Any]:
    """The hospitals of a county and those that have a role for it on a day, the county's own first."""
    ours = Q(area=county_id, kind__in=HOSPITALS) | Q(roles__county=county_id, roles__period__contains=on)
    found: QuerySet[Any] = Institution.objects.filter(ours).distinct()
    return found.order_by("kind", "name", "pk")


def _hospital_doctors(village: Area, on: date) -> Q:
    """Those of the hospital that keeps the town; without one, of any hospital of the county."""
    keeper = HospitalTown.objects.filter(township=village.parent, period__contains=on).first()
    if keeper:
        return Q(institution=keeper.institution_id)
    return Q(institution__kind__in=HOSPITALS, institution__area=village.county_id)
