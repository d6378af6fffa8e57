"""The pages of the record, side by side, and the year that is asked for; the roof has one of the pages."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

YEARS_BACK = 3
# The last one is the roof's: it joins what several apps know.
_PLACES = (
    ("records:records", gettext_lazy("Health records")),
    ("records:classes", gettext_lazy("Health classes")),
    ("records:exams", pgettext_lazy("campaign", "Yearly examination")),
    ("records:enrolments", pgettext_lazy("menu", "Insurance")),
    ("reports:benefits", pgettext_lazy("menu", "Benefits")),
)


def record_places(active: str) -> list[dict[str, Any]]:
    """Tabs for components/tabs.html."""
    return [
        {"label": label, "url": reverse(name), "active": name == active, "count": None}
        for name, label in _PLACES
    ]


def years(on: date) -> list[int]:
    return [on.year - back for back in range(YEARS_BACK)]


def year_of(given: str, on: date) -> int:
    """A year that cannot be read is this year."""
    return next((year for year in years(on) if str(year) == given), on.year)


def year_tabs(chosen: int, on: date, **kept: Any) -> list[dict[str, Any]]:
    return [
        {
            "label": str(year),
            "url": f"?{urlencode({**kept, 'year': year})}",
            "active": year == chosen,
            "count": None,
        }
        for year in years(on)
    ]
