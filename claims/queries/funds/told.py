"""What the county has to hear about its money."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from claims.choices import PolicyState
from claims.models import Fund, FundNotice, LedgerCheck, PolicyVersion


def open_notices() -> QuerySet[Any]:
    """Funds that are low, empty or will not last, as long as it is so."""
    return FundNotice.objects.filter(over_on=None).select_related("fund").order_by("pk")


def checks_with_differences(on: date) -> QuerySet[Any]:
    """The day's reckonings that found something."""
    found: QuerySet[Any] = LedgerCheck.objects.filter(checked_on=on, differences__gt=0)
    return found.order_by("pk")


def counties_with_money() -> list[int]:
    """Ids of the counties where a policy has ever been in force or a fund was opened."""
    from_policies = PolicyVersion.objects.exclude(state=PolicyState.DRAFT).values_list("county", flat=True)
    return sorted({*from_policies.distinct(), *Fund.objects.values_list("county", flat=True).distinct()})
