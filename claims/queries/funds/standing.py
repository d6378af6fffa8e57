"""The funds of a county and how full they are."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.http import Http404

from claims.choices import EntryKind
from claims.models import Fund
from claims.queries.counties import own_counties
from core.accounts.models import User
from core.base.shares import per_cent

ZERO = Decimal("0.00")
PUT_IN = (EntryKind.OPENING, EntryKind.GRANT, EntryKind.CORRECTION)
PAID_OUT = (EntryKind.SETTLEMENT, EntryKind.REVERSAL)


@dataclass(frozen=True, slots=True)
class Standing:
    """Yuan: what was put in (corrections with it), what went out for bills, what is left, and as a share."""

    fund: Fund
    put_in: Decimal
    paid_out: Decimal

    @property
    def left(self) -> Decimal:
        return self.fund.balance

    @property
    def share(self) -> Decimal | None:
        """Per cent of what was put in that is left; None (n/a) of nothing."""
        return per_cent(int(self.left * 100), int(self.put_in * 100))

    @property
    def bar(self) -> Decimal:
        """The share as a length from 0 to 100."""
        return min(max(self.share or Decimal(0), Decimal(0)), Decimal(100))

    @property
    def warns_at_per_cent(self) -> int:
        return int(self.fund.warns_at * 100)

    @property
    def warns_below(self) -> Decimal:
        return (self.put_in * self.fund.warns_at).quantize(ZERO)

    @property
    def is_empty(self) -> bool:
        return self.left <= 0

    @property
    def is_low(self) -> bool:
        return not self.is_empty and self.left < self.warns_below


def standings(found: QuerySet[Any]) -> list[Standing]:
    """How full each of the funds is, in one statement."""
    return [Standing(fund, fund.put_in, -fund.moved) for fund in _summed(found)]


def _summed(found: QuerySet[Any]) -> QuerySet[Any]:
    def total(kinds: tuple[str, ...]) -> Coalesce:
        return Coalesce(Sum("entries__amount", filter=Q(entries__kind__in=kinds)), ZERO)

    summed: QuerySet[Any] = found.annotate(put_in=total(PUT_IN), moved=total(PAID_OUT))
    return summed.select_related("county")


def funds_of(user: User) -> QuerySet[Any]:
    """The funds of the user's counties, this year's first."""
    return Fund.objects.filter(county__in=own_counties(user)).order_by("-year", "county__code", "payer")


def get_fund(user: User, pk: int) -> Fund:
    """:raises Http404: outside the user's counties."""
    found: Fund | None = funds_of(user).select_related("county").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
