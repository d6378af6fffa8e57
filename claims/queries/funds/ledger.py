"""The ledger of one fund, entry by entry and month by month."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce, TruncMonth

from claims.models import Fund, FundEntry
from claims.queries.funds.standing import PAID_OUT, PUT_IN, ZERO
from claims.sql import statement
from core.base.sql import rows


@dataclass(frozen=True, slots=True)
class Movement:
    """One entry and the balance after it; `slip` is the number of the settlement it paid, if any."""

    pk: int
    kind: str
    amount: Decimal
    entered_on: date
    note: str
    balance: Decimal
    slip: str
    revision: int | None
    is_sensitive: bool | None
    by: str


@dataclass(frozen=True, slots=True)
class Month:
    """Yuan put in and paid out within a month, the number of bills, and what was left at its end."""

    first_day: date
    put_in: Decimal
    paid_out: Decimal
    bills: int
    left: Decimal


def movements(fund: Fund, *, kind: str = "", offset: int = 0, limit: int = 50) -> list[Movement]:
    """A page of the ledger, newest first, with the running balance."""
    values = {"fund": fund.pk, "kind": kind, "offset": offset, "limit": limit}
    return [Movement(*row) for row in rows(statement("fund_ledger"), values)]


def count_movements(fund: Fund, *, kind: str = "") -> int:
    found = FundEntry.objects.filter(fund=fund)
    return (found.filter(kind=kind) if kind else found).count()


def months(fund: Fund) -> list[Month]:
    """Each month with an entry, oldest first."""
    found = (
        FundEntry.objects.filter(fund=fund)
        .values(month=TruncMonth("entered_on"))
        .annotate(
            put_in=Coalesce(Sum("amount", filter=Q(kind__in=PUT_IN)), ZERO),
            moved=Coalesce(Sum("amount", filter=Q(kind__in=PAID_OUT)), ZERO),
            bills=Count("pk", filter=Q(kind=PAID_OUT[0])) - Count("pk", filter=Q(kind=PAID_OUT[1])),
        )
        .order_by("month")
    )
    left, told = ZERO, []
    for row in found:
        left += row["put_in"] + row["moved"]
        told.append(Month(row["month"], row["put_in"], -row["moved"], row["bills"], left))
    return told
