"""Who tries to break what the database promises about kept figures."""

from datetime import date
from typing import Any

from django.utils import timezone

from healthaid.reports.models import Summary


def _summary(w: Any, month: date, on: date) -> Summary:
    return Summary.objects.create(
        area=w.county.lianhe,
        month=month,
        on=on,
        sees_sensitive=True,
        counted_at=timezone.now(),
        snapshot="1:1:",
        seal="",
    )


SUMMARY_BREAKERS: dict[str, Any] = {
    "one_summary_per_area_and_month": lambda w: [
        _summary(w, date(2026, 3, 1), date(2026, 3, day)) for day in (2, 3)
    ],
    "summary_stands_for_a_day_of_its_month": lambda w: _summary(w, date(2026, 3, 1), date(2026, 4, 1)),
}
