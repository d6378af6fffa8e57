"""The days one looks at most: today, and the last ends of a month, a quarter and a year."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.base.periods import month_start, quarter_start


@dataclass(frozen=True)
class Choice:
    label: str
    url: str
    active: bool


def periods(to: Callable[[date], str], *, on: date, today: date) -> list[Choice]:
    """Today and the ends before it, each day once, the latest first; `to` gives the page of a day."""
    ends = {month_start(today), quarter_start(today), today.replace(month=1, day=1)}
    days = [today, *sorted((start - timedelta(days=1) for start in ends), reverse=True)]
    return [Choice(_label(day, today), to(day), day == on) for day in days]


def _label(day: date, today: date) -> str:
    if day == today:
        return _("Today")
    return _("End of %(month)s") % {"month": date_format(day, "YEAR_MONTH_FORMAT")}
