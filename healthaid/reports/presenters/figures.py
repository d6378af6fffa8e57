"""A figure as a page shows it: large value, counts with their lists, target and light."""

from collections.abc import Mapping
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
    missed,
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
    target: str
    target_now: str
    is_pledged: bool
    url: str
    gap: Decimal

    @property
    def share(self) -> Decimal | None:
        return self.figure.share

    @property
    def bar_width(self) -> str:
        """Per cent of the bar, never beyond its end."""
        return str(min(self.share or Decimal(0), Decimal(100)))


Pledged = Mapping[str, Decimal]


def shown(code: str, figures: Figures, links: Links, on: date, pledged: Pledged | None = None) -> Shown:
    """`pledged`: what the area has promised for the year, by indicator; it goes before an own target."""
    indicator, figure = INDICATORS[code], figures.get(code, NOTHING)
    promised = (pledged or {}).get(code) if indicator.shows == Shows.SHARE else None
    counts = {side: _count(indicator, figure, side, links) for side in indicator.sides}
    value, unit = _value(indicator, figure)
    state = light(indicator, figure, on, promised)
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
        target=_target(indicator, on, promised),
        target_now=_target_now(indicator, on, promised),
        is_pledged=promised is not None,
        url=links.to_indicator(code),
        gap=missed(indicator, figure, on, promised) or Decimal(0),
    )


def is_share(indicator: Indicator) -> bool:
    """Areas are compared by shares wherever there is a target for one, else by what stands large."""
    return indicator.shows == Shows.SHARE or indicator.target is not None


def told(figure: Shown) -> str:
    """The value by which an area is compared with others."""
    if is_share(figure.indicator):
        return percent(figure.share) + ("" if figure.share is None else " %")
    return f"{figure.value} {figure.value_unit}".strip()


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


def _target(indicator: Indicator, on: date, pledged: Decimal | None) -> str:
    target = aim(indicator, on, pledged)
    return percent(target.final.normalize()) if target else ""


def _target_now(indicator: Indicator, on: date, pledged: Decimal | None) -> str:
    """What the target asks for on the day, where it grows with the days gone."""
    target = aim(indicator, on, pledged)
    if target is None or indicator.pace == Pace.NONE or target.now == target.final:
        return ""
    return str(target.now.quantize(Decimal(1), ROUND_HALF_UP))
