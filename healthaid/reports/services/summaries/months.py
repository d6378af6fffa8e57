"""The figures of a month's last day: kept as they stood, they are the points of a trend."""

from datetime import date, datetime, timedelta

from django.db import transaction

from core.accounts.models import Area, Level
from core.base.periods import month_start
from healthaid.reports.models import Summary
from healthaid.reports.queries.changes import seal, snapshot
from healthaid.reports.services.summaries.counting import count, portions
from healthaid.reports.services.summaries.keeping import Stamp, keep, sum_up
from healthaid.reports.services.summaries.refreshing import counties


def month_ends(*, on: date, n: int) -> list[date]:
    """The last days of the `n` months before the month of `on`, the newest first."""
    days: list[date] = []
    for _ in range(n):
        days.append(month_start(days[-1] if days else on) - timedelta(days=1))
    return days


@transaction.atomic
def keep_month(*, county: Area, end: date, today: date, at: datetime) -> int:
    """This will count a month of a county as it stood on its last day, whatever was kept for it before.

    What was closed since then counts as open on that day, as on every page that looks back."""
    villages = list(Area.objects.filter(county=county, level=Level.VILLAGE).values_list("pk", flat=True))
    stamp = Stamp(end, at, snapshot()[0], seal())
    for lot in portions(villages):
        keep(villages=lot, counted=count(lot, on=end, today=today), stamp=stamp)
    sum_up(county=county, below=villages, stamp=stamp)
    return len(villages)


def close_month(*, today: date, at: datetime) -> int:
    """This will keep the month before today's wherever that was not done on a day after its end.

    The row of the last day itself was counted while the day still ran."""
    end = month_ends(on=today, n=1)[0]
    done = Summary.objects.filter(on=end, counted_at__date__gt=end, area__level=Level.COUNTY)
    closed = set(done.values_list("area", flat=True))
    return sum(
        keep_month(county=county, end=end, today=today, at=at)
        for county in counties()
        if county.pk not in closed
    )
