"""How long the money will last: plain arithmetic over what the last twelve full months cost."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Min, Sum
from django.db.models.functions import TruncMonth

from claims.models import Fund, FundEntry
from claims.queries.funds.standing import PAID_OUT, ZERO

MONTHS = 12
FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Expected:
    """What the rest of a month is expected to cost, in yuan."""

    first_day: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Forecast:
    """`ends_on` is the day the money runs out; None when it lasts until `until`, with `left` yuan then (below
    zero: so much is missing). `known` full months were looked at, `mean` yuan is what one of them cost;
    with twelve of them the season counts: half the mean, half the same month a year before."""

    months: tuple[Expected, ...]
    ends_on: date | None
    until: date
    left: Decimal
    known: int
    mean: Decimal

    @property
    def has_season(self) -> bool:
        return self.known == MONTHS


def forecast(
    *, balance: Decimal, spent: Mapping[date, Decimal], known: int, on: date, until: date
) -> Forecast | None:
    """`spent` is yuan by first day of month, of the `known` full months before the month of `on` (at most
    twelve; a month that is missing cost nothing). None where no full month is known or the year is over."""
    if not known or on > until:
        return None
    mean = sum(spent.values(), ZERO) / known
    months = tuple(_expected(month, spent, mean, known, on) for month in _months(on, until))
    left = balance - sum((month.amount for month in months), ZERO)
    return Forecast(months, _end(balance, months, on), until, left, known, _rounded(mean))


def _expected(month: date, spent: Mapping[date, Decimal], mean: Decimal, known: int, on: date) -> Expected:
    amount = mean
    if known == MONTHS:
        amount = (mean + spent.get(month.replace(year=month.year - 1), ZERO)) / 2
    amount = max(amount, ZERO)
    return Expected(month, _rounded(amount * _days_left(month, on) / _length(month)))


def _end(balance: Decimal, months: tuple[Expected, ...], on: date) -> date | None:
    """The first day whose costs the money does not cover, even spread within each month."""
    if balance <= 0:
        return on
    for month in months:
        if month.amount > balance:
            first = max(month.first_day, on)
            days = balance * _days_left(month.first_day, on) / month.amount
            return first + timedelta(days=int(days))
        balance -= month.amount
    return None


def _months(on: date, until: date) -> Iterator[date]:
    month = on.replace(day=1)
    while month <= until:
        yield month
        month = month_after(month)


def month_after(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def _length(month: date) -> int:
    return monthrange(month.year, month.month)[1]


def _days_left(month: date, on: date) -> int:
    """Days of the month from `on` on; all of them in a later month."""
    return _length(month) - (on.day - 1 if month == on.replace(day=1) else 0)


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(FEN, ROUND_HALF_UP)


def forecast_of(fund: Fund, *, on: date) -> Forecast | None:
    """Until the end of the fund's year, from what all funds of this payer in the county paid before."""
    until = date(fund.year, 12, 31)
    this_month = on.replace(day=1)
    first = this_month.replace(year=this_month.year - 1)
    paid = FundEntry.objects.filter(
        fund__county=fund.county_id, fund__payer=fund.payer, kind__in=PAID_OUT, entered_on__lt=this_month
    )
    began = paid.aggregate(day=Min("entered_on"))["day"]
    known = _full_months(max(began, first), this_month) if began else 0
    spent = (
        paid.filter(entered_on__gte=first)
        .values_list(TruncMonth("entered_on"))
        .annotate(total=Sum("amount"))
        .order_by()
    )
    costs = {month: -total for month, total in spent}
    return forecast(balance=fund.balance, spent=costs, known=known, on=on, until=until)


def _full_months(since: date, before: date) -> int:
    return (before.year - since.year) * 12 + before.month - since.month
