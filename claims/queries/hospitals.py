"""Hospitals as the money sees them: whose window it is, which level, inside the county or not."""

from typing import Any

from django.db.models import Q, QuerySet

from claims.choices import HospitalLevel
from core.accounts.models import Level, User
from core.clinics.models import Institution
from core.clinics.queries import counties_of

_LEVELS = {
    Institution.Kind.VILLAGE_CLINIC: HospitalLevel.VILLAGE,
    Institution.Kind.TOWNSHIP_HOSPITAL: HospitalLevel.TOWNSHIP,
    Institution.Kind.COUNTY_HOSPITAL: HospitalLevel.COUNTY,
}


def hospitals(user: User) -> QuerySet[Any]:
    """Hospitals of the user's counties and those above counties; village clinics have no window."""
    ours = Q(area__county__in=counties_of(user)) | Q(kind=Institution.Kind.HIGHER_HOSPITAL)
    found: QuerySet[Any] = Institution.objects.filter(ours).exclude(kind=Institution.Kind.VILLAGE_CLINIC)
    return found.select_related("area").order_by("kind", "name", "pk")


def own_hospital(user: User) -> Institution | None:
    """The hospital the user works in, where the account is linked to somebody who works there."""
    found: Institution | None = (
        Institution.objects.filter(practitioners__user=user).select_related("area").first()
    )
    return found


def level_of(institution: Institution) -> str:
    """The level that policies ask for; a hospital above counties is the province's or the city's."""
    if institution.kind == Institution.Kind.HIGHER_HOSPITAL:
        of_province = institution.area.level == Level.PROVINCE
        return HospitalLevel.PROVINCE if of_province else HospitalLevel.CITY
    return _LEVELS[Institution.Kind(institution.kind)]


def is_in_county(institution: Institution, county_id: int) -> bool:
    return bool(institution.area.county_id == county_id)
