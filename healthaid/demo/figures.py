"""The figures of the demo's today and of the month ends before it: trends need some past."""

from datetime import date

from django.utils import timezone

from healthaid.reports.services.summaries.months import keep_month, month_ends
from healthaid.reports.services.summaries.refreshing import counties, refresh_all

YEAR, FEW = 11, 2


def keep_figures(on: date, *, scale: int) -> None:
    """This will count everything once for the day, and once more for each month: of large demos, a few."""
    at = timezone.now()
    refresh_all(on=on, at=at)
    for end in month_ends(on=on, n=YEAR if scale == 1 else FEW):
        for county in counties():
            keep_month(county=county, end=end, today=on, at=at)
