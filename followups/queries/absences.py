"""Who is away, who stands in, and who may arrange it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from core.accounts.models import Absence, User
from core.accounts.roles import DOCTORS
from followups.choices import Slot
from followups.models import TeamMember


def absent_doctors(user: User) -> QuerySet[User]:
    """Whom the user may say to be away: oneself, the members of one's own team, the doctors of one's area."""
    doctors = User.objects.filter(is_active=True, role__in=DOCTORS)
    if user.role not in DOCTORS:
        return doctors.filter(area__ancestors__contains=[user.area_id]).order_by("area__code", "full_name")
    led = TeamMember.objects.filter(practitioner__user=user, slot=Slot.LEADER, to_on=None).values("team")
    members = TeamMember.objects.filter(team__in=led, to_on=None).values("practitioner__user")
    return doctors.filter(Q(pk=user.pk) | Q(pk__in=members)).order_by("area__code", "full_name")


def possible_deputies(user: User) -> QuerySet[User]:
    """Active doctors of the user's county."""
    doctors = User.objects.filter(is_active=True, role__in=DOCTORS, area__county=user.area.county_id)
    return doctors.select_related("area").order_by("area__code", "full_name")


def absences(user: User, on: date) -> QuerySet[Absence]:
    """Absences that concern the user or may be arranged by the user, today's and coming ones first."""
    own = Q(doctor=user) | Q(deputy=user) | Q(doctor__in=absent_doctors(user))
    found = Absence.objects.filter(own, period__endswith__gt=on)
    return found.select_related("doctor__area", "deputy__area", "by").order_by("period", "pk")


def past_absences(user: User, on: date) -> QuerySet[Absence]:
    """Those that are over, the latest first."""
    own = Q(doctor=user) | Q(deputy=user) | Q(doctor__in=absent_doctors(user))
    found = Absence.objects.filter(own, period__endswith__lte=on)
    return found.select_related("doctor__area", "deputy__area", "by").order_by("-period", "-pk")


def running(on: date, *, doctors: Iterable[int] | None = None) -> QuerySet[Absence]:
    """Absences of a day with both names; of these doctors only, where some are given."""
    found = Absence.objects.filter(period__contains=on).select_related("doctor__area", "deputy")
    return found if doctors is None else found.filter(doctor__in=doctors)


def stands_in(user: User, on: date) -> list[Absence]:
    """For whom the user stands in on a day, and who stands in for the user."""
    found: Any = running(on).filter(Q(deputy=user) | Q(doctor=user))
    return list(found.order_by("pk"))


def get_absence(user: User, pk: int, on: date) -> Absence | None:
    """One absence not yet over that the user may end; None where there is none."""
    return absences(user, on).filter(pk=pk, doctor__in=absent_doctors(user)).first()
