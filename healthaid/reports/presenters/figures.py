"""A figure as a page shows it: large value, counts with their lists, target and light."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from healthaid.reports.indicators import (
    INDICATORS,
    NOTHING,
    Amount,
    Figure,
    Indicator,
    Light,
    Pace,
    Shows,
    Side,
    aim,
    light,
)
from healthaid.reports.presenters.links import Links
from healthaid.reports.presenters.words import LIGHTS, UNITS, number, percent, unit
from healthaid.reports.queries.figures import Figures


@dataclass(frozen=True)
class Count:
    """A number and the list behind it."""

    count: Amount
    url: str
    unit: str
    word: Any = ""

    @property
    def text(self) -> str:
        return number(self.count)


@dataclass(frozen=True)
class Shown:
    indicator: Indicator
    figure: Figure
    light: Light
    light_word: Any
    unit: Any
    value: str
    value_unit: Any
    leads_to: Count
    whole: Count
    part: Count | None
    rest: Count | None
    target: int | None
    target_now: str

    @property
    def share(self) -> Decimal | None:
        return self.figure.share

    @property
    def bar_width(self) -> str:
        """Per cent of the bar, never beyond its end."""
        return str(min(self.share or Decimal(0), Decimal(100)))


def shown(code: str, figures: Figures, links: Links, on: date) -> Shown:
    indicator, figure = INDICATORS[code], figures.get(code, NOTHING)
    counts = {side: _count(indicator, figure, side, links) for side in indicator.sides}
    value, unit = _value(indicator, figure)
    state = light(indicator, figure, on)
    return Shown(
        indicator=indicator,
        figure=figure,
        light=state,
        light_word=LIGHTS[state],
        unit=UNITS[indicator.unit],
        value=value,
        value_unit=unit,
        leads_to=counts[leads_to(indicator)],
        whole=counts[Side.ALL],
        part=counts.get(Side.MET),
        rest=counts.get(Side.MISSING),
        target=indicator.target if not indicator.low_is_good else None,
        target_now=_target_now(indicator, on),
    )


def _count(indicator: Indicator, figure: Figure, side: Side, links: Links) -> Count:
    word = {Side.ALL: "", Side.MET: indicator.met, Side.MISSING: indicator.missing}[side]
    count = figure.count(side)
    return Count(count, links.to_list(indicator.code, side), unit(indicator.unit, count), word)


def _value(indicator: Indicator, figure: Figure) -> tuple[str, Any]:
    if indicator.shows == Shows.SHARE:
        return percent(figure.share), "" if figure.share is None else "%"
    count = figure.part if indicator.shows == Shows.PART else figure.whole
    return number(count), unit(indicator.unit, count)


def leads_to(indicator: Indicator) -> Side:
    """A share leads to the exceptions, because they are what can be worked on; a count to what it counts."""
    return {Shows.SHARE: Side.MISSING, Shows.PART: Side.MET, Shows.WHOLE: Side.ALL}[indicator.shows]


def _target_now(indicator: Indicator, on: date) -> str:
    """What the target asks for on the day, where it grows with the days gone."""
    target = aim(indicator, on)
    if target is None or indicator.pace == Pace.NONE or target.now == target.final:
        return ""
    return str(target.now.quantize(Decimal(1), ROUND_HALF_UP))
