"""Hospitals and what they are to a county's treatment of major disease."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from core.accounts.models import Area, Level, User
from core.clinics.models import Institution, InstitutionRole, Licence, Practitioner

HOSPITALS = (Institution.Kind.COUNTY_HOSPITAL, Institution.Kind.HIGHER_HOSPITAL)
SHOWS = ("present", "ended")


class Gap(StrEnum):
    """What a village clinic may lack (DOMAIN A28, A29)."""

    LICENCE = "licence"
    STANDARD = "standard"
    OWNERSHIP = "ownership"


@dataclass(frozen=True, slots=True)
class ClinicCounts:
    """Village clinics of an area, and of hospitals their beds."""

    clinics: int
    standardised: int
    public: int
    licensed: int
    hospitals: int
    beds: int
    reserved: int
    needed: int


def institutions(user: User, on: date) -> QuerySet[Any]:
    """Institutions at or below the user's area, each with `licensed`: how many of its staff hold a licence
    on the day."""
    valid = Licence.objects.filter(
        practitioner__institution=OuterRef("pk"), valid_from__lte=on, valid_to__gte=on
    ).order_by()
    holders = valid.values("practitioner__institution").annotate(n=Count("practitioner", distinct=True))
    found: QuerySet[Any] = Institution.objects.filter(area__ancestors__contains=[user.area_id])
    licensed = Coalesce(Subquery(holders.values("n")), 0)
    counted: QuerySet[Any] = found.select_related("area__parent").annotate(licensed=licensed)
    return counted.order_by("area__code", "code")


def village_clinics(user: User, on: date, *, gap: str = "") -> QuerySet[Any]:
    """Village clinics, perhaps only those with one gap."""
    lacking = {
        Gap.LICENCE: Q(licensed=0),
        Gap.STANDARD: Q(is_standardised=False),
        Gap.OWNERSHIP: ~Q(ownership=Institution.Ownership.PUBLIC),
    }
    found = institutions(user, on).filter(kind=Institution.Kind.VILLAGE_CLINIC)
    return found.filter(lacking[Gap(gap)]) if gap in set(Gap) else found


def beds_of(user: User, on: date) -> QuerySet[Any]:
    """Institutions with beds."""
    return institutions(user, on).filter(beds__gt=0).order_by("-kind", "area__code", "code")


def count_clinics(user: User, on: date) -> ClinicCounts:
    counted = village_clinics(user, on).aggregate(
        clinics=Count("pk"),
        standardised=Count("pk", filter=Q(is_standardised=True)),
        public=Count("pk", filter=Q(ownership=Institution.Ownership.PUBLIC)),
        with_licence=Count("pk", filter=Q(licensed__gt=0)),
    )
    hospitals = list(beds_of(user, on))
    return ClinicCounts(
        clinics=counted["clinics"],
        standardised=counted["standardised"],
        public=counted["public"],
        licensed=counted["with_licence"],
        hospitals=len(hospitals),
        beds=sum(one.beds for one in hospitals),
        reserved=sum(one.reserved_beds for one in hospitals),
        needed=sum(one.needed_beds for one in hospitals),
    )


def get_institution(user: User, pk: int, on: date) -> Institution:
    """:raises Http404: outside the user's area."""
    found: Institution | None = institutions(user, on).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def staff_of(institution: Institution) -> list[Practitioner]:
    """Who works there, with their licences."""
    return list(institution.practitioners.prefetch_related("licences").order_by("pk"))


def counties_of(user: User) -> QuerySet[Any]:
    """The user's county, or those below an area above counties."""
    found = Area.objects.filter(level=Level.COUNTY)
    own = Q(pk=user.area.county_id) if user.area.county_id else Q(ancestors__contains=[user.area_id])
    return found.filter(own).order_by("code")


def roles_of(user: User, on: date, *, show: str = "present") -> QuerySet[Any]:
    """Roles of hospitals for the user's counties: `present` ones with those ahead, or those `ended`."""
    ended, present = Q(period__endswith__lte=on), Q(period__contains=on) | Q(period__startswith__gt=on)
    found: QuerySet[Any] = InstitutionRole.objects.filter(ended if show == "ended" else present)
    return (
        found.filter(county__in=counties_of(user))
        .select_related("institution__area", "county")
        .order_by("county__code", "role", "institution__name", "period")
    )


def get_role(user: User, pk: int) -> InstitutionRole:
    """:raises Http404: outside the user's counties."""
    found = InstitutionRole.objects.filter(county__in=counties_of(user)).select_related(
        "institution", "county"
    )
    role: InstitutionRole | None = found.filter(pk=pk).first()
    if role is None:
        raise Http404
    return role


def hospitals_for_roles(user: User) -> QuerySet[Any]:
    """County hospitals of the user's counties, and every hospital above counties."""
    ours = Q(area__in=counties_of(user)) | Q(kind=Institution.Kind.HIGHER_HOSPITAL)
    found: QuerySet[Any] = Institution.objects.filter(ours, kind__in=HOSPITALS)
    return found.order_by("kind", "name", "pk")
