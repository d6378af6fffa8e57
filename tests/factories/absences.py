"""Doctors who are away, and who stands in."""

from datetime import date, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from core.accounts.models import Absence, User


def an_absence(
    doctor: User, deputy: User, *, first_on: date | None = None, days: int = 5, **more: Any
) -> Absence:
    """From today on for five days, unless said otherwise."""
    first = first_on or timezone.localdate()
    period = DateRange(first, first + timedelta(days=days))
    return Absence.objects.create(
        doctor=doctor, deputy=deputy, period=period, reason=more.pop("reason", "leave"), by=doctor, **more
    )
