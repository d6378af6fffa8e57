"""In whose county the money lies that a user answers for."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from claims.models import ClosedMonth
from core.accounts.models import Area, User
from core.clinics.queries import counties_of


def own_counties(user: User) -> QuerySet[Any]:
    """The user's county, or those below an area above counties; none to whoever works below a county."""
    return counties_of(user).filter(ancestors__contains=[user.area_id])


def is_own_county(user: User, county: Area) -> bool:
    return own_counties(user).filter(pk=county.pk).exists()


def is_closed(county: Area, on: date) -> bool:
    """Whether the month of a day is closed: nothing is settled or entered into it any more."""
    return bool(ClosedMonth.objects.filter(county=county, month=on.replace(day=1)).exists())
