"""Hospitals and what they are to a county's treatment of major disease."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from core.accounts.models import Area, Level, User
from core.clinics.models import Institution, InstitutionRole

HOSPITALS = (Institution.Kind.COUNTY_HOSPITAL, Institution.Kind.HIGHER_HOSPITAL)
SHOWS = ("present", "ended")


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
