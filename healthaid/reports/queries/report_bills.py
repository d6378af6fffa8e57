"""The bills that a sum of a report is made of."""

from typing import Any

from django.db.models import QuerySet

from claims.choices import Care
from claims.models import Settlement
from core.accounts.models import Area, User
from healthaid.reports.documents.kinds import KINDS
from healthaid.reports.models import Report


def bills_of(user: User, report: Report, area: Area) -> QuerySet[Any]:
    """Stays settled in the report's period for people of an area, and those taken back in it (negative).

    As in the report, bills of illnesses for health staff only are left out, unless it is for them."""
    found: QuerySet[Any] = Settlement.objects.visible_to(user).filter(
        village__ancestors__contains=[area.pk], settled_on__range=(report.since, report.until)
    )
    if not KINDS[report.kind].is_roster:
        found = found.filter(admission__care=Care.INPATIENT)
    if not report.for_health:
        found = found.filter(is_sensitive=False)
    related = ("person", "village", "institution", "admission")
    return found.select_related(*related).order_by("-settled_on", "-pk")
