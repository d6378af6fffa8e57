"""What payers owe hospitals: the claims of a county, and the bills in one claim."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.http import Http404

from claims.choices import PayableState
from claims.models import ClosedMonth, Payable, PayableDifference
from claims.queries.counties import own_counties
from core.accounts.models import Area, User
from core.base.sql import rows

ZERO = Decimal("0.00")
_BILLS = """
    SELECT s.number || '-' || s.revision, min(l.id), sum(l.amount), s.kind, s.settled_on, s.total,
           s.compliant, a.uuid, a.hospital_no, a.admitted_on, a.discharged_on,
           a.is_sensitive AND NOT %(sees)s, p.name, p.id_masked
      FROM claims_payableline q JOIN claims_settlementline l ON l.id = q.line_id
      JOIN claims_settlement s ON s.id = l.settlement_id JOIN claims_admission a ON a.id = s.admission_id
      JOIN households_person p ON p.id = s.person_id
     WHERE q.payable_id = %(payable)s
     GROUP BY s.id, a.id, p.id ORDER BY s.settled_on, s.number, s.revision
     LIMIT %(limit)s OFFSET %(offset)s
"""
_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class ClaimedBill:
    """One settlement in a claim: `reference` is its slip's number and revision, `amount` yuan of this payer.

    Name and number are empty where the user may not know that the person is ill (mental disorder, TB)."""

    reference: str
    line_id: int
    amount: Decimal
    kind: str
    settled_on: date
    total: Decimal
    compliant: Decimal
    stay: Any
    hospital_no: str
    admitted_on: date
    discharged_on: date | None
    is_hidden: bool
    name: str
    id_masked: str


def payables_of(user: User) -> QuerySet[Any]:
    """The claims of the user's counties, the newest month first."""
    return Payable.objects.filter(county__in=own_counties(user)).select_related("institution", "county")


def with_sums(found: QuerySet[Any]) -> QuerySet[Any]:
    """`amount` is the sum of the lines in yuan, `bills` how many settlements, `unclear` open differences."""
    summed: QuerySet[Any] = found.annotate(
        amount=Coalesce(Sum("lines__line__amount"), ZERO),
        bills=Count("lines__line__settlement", distinct=True),
    )
    return summed


def unclear_counts(found: QuerySet[Any]) -> dict[int, int]:
    """How many differences of each claim are not cleared up yet."""
    open_ones = PayableDifference.objects.filter(payable__in=found, resolved_on=None)
    return dict(open_ones.values_list("payable").annotate(count=Count("pk")).order_by())


def get_payable(user: User, pk: int) -> Any:
    """With its sums.

    :raises Http404: outside the user's counties."""
    found = with_sums(payables_of(user)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def claimed_bills(
    payable: Payable, *, sees_sensitive: bool, offset: int = 0, limit: int = _ALL
) -> list[ClaimedBill]:
    """The settlements of a claim in order of settling; one statement."""
    values = {"payable": payable.pk, "sees": sees_sensitive, "offset": offset, "limit": limit}
    bills = [ClaimedBill(*row) for row in rows(_BILLS, values)]
    return [replace(bill, stay=None, name="", id_masked="") if bill.is_hidden else bill for bill in bills]


def months_of(user: User) -> list[date]:
    """First days of the months that have claims, the newest first."""
    found = payables_of(user).order_by("-month").values_list("month", flat=True).distinct()
    return list(found)


def differences_of(payable: Payable) -> QuerySet[Any]:
    """What the payer's list says otherwise, what is not cleared up first."""
    return (
        PayableDifference.objects.filter(payable=payable)
        .select_related("resolved_by")
        .order_by(F("resolved_on").asc(nulls_first=True), "reference", "pk")
    )


@dataclass(frozen=True, slots=True)
class Totals:
    """Yuan over several claims: what their lines make, what was claimed, received and refused."""

    amount: Decimal
    claimed: Decimal
    received: Decimal
    refused: Decimal


def totals_of(found: QuerySet[Any]) -> Totals:
    lines = found.aggregate(sum=Sum("lines__line__amount"))["sum"]
    refused = Q(state=PayableState.REFUSED)
    sums = found.aggregate(
        all_claimed=Sum("claimed"), all_received=Sum("received"), all_refused=Sum("claimed", filter=refused)
    )
    names = ("all_claimed", "all_received", "all_refused")
    return Totals(lines or ZERO, *(sums[name] or ZERO for name in names))


@dataclass(frozen=True, slots=True)
class MonthStanding:
    """A month of one county: how many claims have not gone out (`waiting`), and whether it is closed."""

    county: Area
    month: date
    waiting: int
    is_closed: bool


def month_standings(user: User, month: date) -> list[MonthStanding]:
    """One for each of the user's counties that has claims of the month."""
    found = payables_of(user).filter(month=month)
    closed = set(ClosedMonth.objects.filter(month=month).values_list("county", flat=True))
    waiting = dict(
        found.values_list("county").annotate(n=Count("pk", filter=Q(state=PayableState.PENDING))).order_by()
    )
    counties = own_counties(user).filter(pk__in=waiting)
    return [MonthStanding(each, month, waiting[each.pk], each.pk in closed) for each in counties]


def get_difference(user: User, pk: int) -> PayableDifference:
    """:raises Http404: outside the user's counties."""
    found: PayableDifference | None = (
        PayableDifference.objects.filter(payable__county__in=own_counties(user), pk=pk)
        .select_related("payable__county", "payable__institution")
        .first()
    )
    if found is None:
        raise Http404
    return found
