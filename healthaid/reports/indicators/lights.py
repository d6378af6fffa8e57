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


def aim(indicator: Indicator, on: date, pledged: Decimal | None = None) -> Aim | None:
    """The target of the day: what was pledged for the year, or the indicator's own."""
    final = indicator.target if pledged is None else pledged
    if final is None:
        return None
    return Aim(Decimal(final), Decimal(final) * _days_gone(indicator.pace, on))


def missed(indicator: Indicator, figure: Figure, on: date, pledged: Decimal | None = None) -> Decimal | None:
    """By how many points a share misses its target; nothing or less is on target, None is not judged."""
    target = aim(indicator, on, pledged)
    if target is None or not figure.whole or figure.is_over:
        return None
    share = Decimal(figure.part) * 100 / Decimal(figure.whole)
    return share - target.now if indicator.low_is_good else target.now - share


def light(indicator: Indicator, figure: Figure, on: date, pledged: Decimal | None = None) -> Light:
    """Good at the target, warn within the margin, bad beyond; 0/0 and more than everyone are quiet."""
    by = missed(indicator, figure, on, pledged)
    if by is None:
        return Light.QUIET
    if by <= 0:
        return Light.GOOD
    return Light.WARN if by <= indicator.margin else Light.BAD
