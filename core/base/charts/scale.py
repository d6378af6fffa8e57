"""Where a value or a day stands on the paper."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, log10

from django.utils.formats import date_format

LEFT, RIGHT = 9.0, 95.0


@dataclass(frozen=True)
class Vertical:
    """Values from `low` at the bottom to `high` at the top, `step` between the grid lines."""

    low: float
    high: float
    step: float
    top: float
    bottom: float

    def y(self, value: float) -> float:
        inside = min(max(value, self.low), self.high)
        return self.bottom - (inside - self.low) / (self.high - self.low) * (self.bottom - self.top)

    def ticks(self) -> list[float]:
        return [
            self.low + self.step * number for number in range(round((self.high - self.low) / self.step) + 1)
        ]


def nice_step(span: float, parts: int = 4) -> float:
    """A step of 1, 2, 2.5 or 5 times a power of ten that cuts `span` into about `parts`."""
    raw = span / parts
    power = 10.0 ** floor(log10(raw))
    return next(power * factor for factor in (1, 2, 2.5, 5, 10) if raw <= power * factor)


def vertical(values: list[float], *, top: float, bottom: float, zero: bool = False) -> Vertical:
    """Round limits around the values, with a little air; a single value gets air on both sides."""
    low, high = (0.0 if zero else min(values)), max(values)
    span = (high - low) or abs(high) or 1.0
    step = nice_step(span)
    return Vertical(floor(low / step) * step, _above(high, step), step, top, bottom)


def _above(high: float, step: float) -> float:
    edge = ceil(high / step) * step
    return edge if edge > high else edge + step


@dataclass(frozen=True)
class Days:
    first: date
    last: date

    def x(self, on: date) -> float:
        if self.first == self.last:
            return (LEFT + RIGHT) / 2
        return LEFT + (on - self.first).days / (self.last - self.first).days * (RIGHT - LEFT)

    def ticks(self, most: int = 4) -> list[date]:
        """The first and the last day, and days evenly between them, never closer than a month apart."""
        span = (self.last - self.first).days
        parts = max(min(most - 1, span // 31), 1 if span else 0)
        return (
            [self.first + timedelta(days=round(span * number / parts)) for number in range(parts + 1)]
            if parts
            else [self.first]
        )


def month_label(on: date) -> str:
    """Year and month as figures: the same short form in every language."""
    return f"{on:%Y-%m}"


def day_label(on: date) -> str:
    return date_format(on, "DATE_FORMAT")
