"""Noticing in time that a fund is low, empty or will not last: a row that the roof tells of, once."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from claims.choices import FundCause
from claims.models import Fund, FundNotice
from claims.queries.funds.forecast import Forecast, forecast_of
from claims.queries.funds.standing import Standing, standings

SOON = timedelta(days=90)


def watch_funds(*, on: date, county_ids: Iterable[int] | None = None) -> list[FundNotice]:
    """This will note what is new about the funds of the year of `on`, and end what is over; gives the new.

    Without `county_ids` every county is looked at. Safe to repeat."""
    found = Fund.objects.filter(year=on.year).order_by("pk")
    if county_ids is not None:
        found = found.filter(county__in=county_ids)
    return [notice for standing in standings(found) for notice in _watch(standing, on)]


@transaction.atomic
def _watch(standing: Standing, on: date) -> list[FundNotice]:
    fund = standing.fund
    Fund.objects.select_for_update(of=("self",)).get(pk=fund.pk)
    ahead = forecast_of(fund, on=on)
    wanted = causes(standing, ahead, on)
    open_ones = FundNotice.objects.filter(fund=fund, over_on=None)
    open_ones.exclude(cause__in=wanted).update(over_on=on)
    known = set(open_ones.values_list("cause", flat=True))
    ends_on = ahead.ends_on if ahead else None
    return [
        FundNotice.objects.create(fund=fund, cause=cause, noted_on=on, balance=fund.balance, ends_on=ends_on)
        for cause in sorted(wanted)
        if cause not in known
    ]


def causes(standing: Standing, ahead: Forecast | None, on: date) -> list[str]:
    """Why the county is told of a fund today; one cause, the gravest."""
    if standing.put_in and standing.is_empty:
        return [FundCause.EMPTY]
    if standing.is_low:
        return [FundCause.LOW]
    if ahead and ahead.ends_on and ahead.ends_on <= on + SOON:
        return [FundCause.SHORT]
    return []
