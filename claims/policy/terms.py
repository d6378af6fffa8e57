"""The parameters of a layer for one bill: by level of hospital, then changed by the modifiers that hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from claims.policy.layers import OTHER, Adjust, Band, LayerOfAnyKind
from claims.policy.money import ZERO
from claims.policy.taken import Taken

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a kind of layer does not use stays at its default; None is no limit."""

    deductible: Decimal = ZERO
    rate: Decimal = ZERO
    bands: tuple[Band, ...] = ()
    target: Decimal = ZERO
    cap: Decimal | None = None
    base_ceiling: Decimal | None = None
    base_month: Decimal | None = None
    ceiling_visit: Decimal | None = None
    ceiling_year: Decimal | None = None
    ceiling_month: Decimal | None = None
    adjusted: tuple[tuple[int, Adjust], ...] = ()
    """The modifiers that hold, with their place in the policy."""


AT_THIS_LEVEL = (
    "deductible",
    "rate",
    "target",
    "base_ceiling",
    "base_month",
    "ceiling_visit",
    "ceiling_month",
)
AT_RULING_LEVEL = ("ceiling_year", "cap")
CEILINGS = ("ceiling_visit", "ceiling_year", "ceiling_month")


def terms_for(layer: LayerOfAnyKind, taken: Taken) -> Terms:
    """This will give the parameters that hold for this person at this hospital."""
    held = tuple(test.holds(taken) for test, _ in layer.adjusts)
    key = (taken.level, taken.highest_level, held)
    known: Terms | None = layer.known_terms.get(key)
    if known is None:
        known = layer.known_terms[key] = terms_at(layer, *key)
    return known


def terms_at(layer: LayerOfAnyKind, level: str, highest_level: str, held: tuple[bool, ...]) -> Terms:
    """This will give them for a level, the highest one of the year, and the modifiers that hold, by place."""
    ruling = highest_level if layer.ceiling_by == "highest_level" else level
    terms = Terms(bands=getattr(layer, "bands", ()))
    terms = replace(terms, **_named(layer, AT_THIS_LEVEL, level))
    terms = replace(terms, **_named(layer, AT_RULING_LEVEL, ruling))
    for place, adjust in enumerate(layer.adjust):
        if held[place]:
            terms = _adjusted(terms, adjust, level, ruling)
            terms = replace(terms, adjusted=(*terms.adjusted, (place, adjust)))
    return terms


def _named(source: Any, names: tuple[str, ...], level: str) -> dict[str, Any]:
    tables = {name: getattr(source, name, None) for name in names}
    return {name: at_level(table, level) for name, table in tables.items() if table is not None}


def at_level(table: Mapping[Any, Decimal], level: str) -> Decimal:
    """This will give the number for a level, or that for all levels the table does not name."""
    return table[level] if level in table else table[OTHER]


def _adjusted(terms: Terms, adjust: Adjust, level: str, ruling: str) -> Terms:
    terms = replace(terms, **_named(adjust, AT_THIS_LEVEL, level), **_named(adjust, AT_RULING_LEVEL, ruling))
    if adjust.bands is not None:
        terms = replace(terms, bands=adjust.bands)
    if adjust.deductible_factor is not None:
        terms = replace(terms, deductible=terms.deductible * adjust.deductible_factor)
    if adjust.rate_factor is not None:
        factor = adjust.rate_factor
        terms = _with_rates(terms, lambda rate: rate * factor)
    if adjust.rate_plus is not None:
        points = adjust.rate_plus
        terms = _with_rates(terms, lambda rate: rate + points)
    return _with_ceilings(terms, adjust)


def _with_rates(terms: Terms, change: Callable[[Decimal], Decimal]) -> Terms:
    """A rate stays between nothing and the whole, however many points are added."""
    bands = tuple(band.model_copy(update={"rate": _share(change(band.rate))}) for band in terms.bands)
    return replace(terms, rate=_share(change(terms.rate)), target=_share(change(terms.target)), bands=bands)


def _share(rate: Decimal) -> Decimal:
    return min(max(rate, Decimal(0)), ONE)


def _with_ceilings(terms: Terms, adjust: Adjust) -> Terms:
    if adjust.no_ceiling:
        return replace(terms, ceiling_visit=None, ceiling_year=None, ceiling_month=None)
    if adjust.ceiling_factor is None:
        return terms
    factor = adjust.ceiling_factor
    set_ones = {name: getattr(terms, name) for name in CEILINGS}
    return replace(terms, **{name: value * factor for name, value in set_ones.items() if value is not None})
