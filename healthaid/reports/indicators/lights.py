"""Traffic lights: how a figure stands against its target on a day, judged from counts, not from shares."""

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.base.periods import quarter_end, quarter_start
from healthaid.reports.indicators.model import Figure, Indicator, Pace


class Light(StrEnum):
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    QUIET = "quiet"


@dataclass(frozen=True)
class Aim:
    """`now` is what the target asks for on the day; `final` unless it grows with the days gone."""

    final: Decimal
    now: Decimal


def _days_gone(pace: Pace, on: date) -> Decimal:
    if pace == Pace.QUARTER:
        start, end = quarter_start(on), quarter_end(on)
        return Decimal((on - start).days + 1) / Decimal((end - start).days + 1)
    if pace == Pace.YEAR:
        return Decimal(on.timetuple().tm_yday) / Decimal(366 if calendar.isleap(on.year) else 365)
    return Decimal(1)


def aim(indicator: Indicator, on: date) -> Aim | None:
    if indicator.target is None:
        return None
    final = Decimal(indicator.target)
    return Aim(final, final * _days_gone(indicator.pace, on))


def light(indicator: Indicator, figure: Figure, on: date) -> Light:
    """Good at the target, warn within the margin, bad beyond; 0/0 and more than everyone are quiet."""
    target = aim(indicator, on)
    if target is None or not figure.whole or figure.is_over:
        return Light.QUIET
    share = Decimal(figure.part) * 100 / Decimal(figure.whole)
    missed = share - target.now if indicator.low_is_good else target.now - share
    if missed <= 0:
        return Light.GOOD
    return Light.WARN if missed <= indicator.margin else Light.BAD
