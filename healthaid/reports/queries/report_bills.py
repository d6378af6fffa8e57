"""The bills that a sum of a report is made of."""

from typing import Any

from django.db.models import QuerySet

from claims.choices import Care
from claims.models import Settlement
from core.accounts.models import Area, User
from healthaid.reports.models import Report


def bills_of(user: User, report: Report, area: Area) -> QuerySet[Any]:
    """Stays settled in the report's period for people of an area, and those taken back in it (negative).

    As in the report, bills of illnesses for health staff only are left out."""
    found: QuerySet[Any] = Settlement.objects.visible_to(user).filter(
        village__ancestors__contains=[area.pk],
        settled_on__range=(report.since, report.until),
        admission__care=Care.INPATIENT,
        is_sensitive=False,
    )
    related = ("person", "village", "institution", "admission")
    return found.select_related(*related).order_by("-settled_on", "-pk")
