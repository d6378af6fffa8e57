"""What a policy says, layer by layer, in plain words: the same lines are read, printed and compared."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from claims.policy.explanation import word
from claims.policy.kinds import BandLayer, CapSelfPay, DiscountLayer, Rate, Split, TopUp, ZeroBurden
from claims.policy.layers import LayerOfAnyKind, Measured
from claims.policy.schema import Policy
from claims.presenters.policies.adjusts import adjust_words
from claims.presenters.policies.bands import band_words
from claims.presenters.policies.conditions import condition_words
from claims.presenters.policies.numbers import by_level, joined, language, listed, percent

BASES = {
    "total": gettext_lazy("the total cost"),
    "compliant": gettext_lazy("the compliant cost"),
    "remaining": gettext_lazy("what is left"),
    "remaining_compliant": gettext_lazy("what is left of the compliant cost"),
    "cumulated_self_pay": gettext_lazy("the self-pay of the year"),
    "cumulated_compliant_self_pay": gettext_lazy("the compliant self-pay of the year"),
    "outside": gettext_lazy("the cost outside the policy's range"),
    "first_pay": gettext_lazy("the own first part of class B"),
    "over_limit": gettext_lazy("what is above the limit price"),
    "class_c": gettext_lazy("what is outside the catalogue"),
}
KINDS = {
    "rate": gettext_lazy("a share of its base"),
    "bands": gettext_lazy("a share that changes with the amount"),
    "split": gettext_lazy("shared between two payers"),
    "topup": gettext_lazy("tops up to a target"),
    "cap_self_pay": gettext_lazy("pays what the patient would bear above a cap"),
    "fixed": gettext_lazy("the amount its payer reports"),
    "discount": gettext_lazy("a reduction on some kinds of cost"),
    "zero_burden": gettext_lazy("pays all that is left"),
}
ROUNDINGS = {
    "half_up": gettext_lazy("to the fen, half up"),
    "floor": gettext_lazy("down to the fen"),
    "yuan_half_up": gettext_lazy("to the yuan, half up"),
    "yuan_floor": gettext_lazy("down to the yuan"),
}
LABELS = {
    "payer": gettext_lazy("Who pays"),
    "kind": gettext_lazy("How"),
    "when": pgettext_lazy("policy layer", "For whom"),
    "base": gettext_lazy("Reckoned on"),
    "base_ceiling": gettext_lazy("Counts at most"),
    "base_month": gettext_lazy("Counts at most in a month"),
    "deductible": gettext_lazy("Deductible"),
    "rate": gettext_lazy("Share paid"),
    "bands": gettext_lazy("Bands"),
    "share": gettext_lazy("Division"),
    "target": gettext_lazy("Target"),
    "cap": gettext_lazy("Cap of self-pay"),
    "categories": gettext_lazy("Kinds of cost"),
    "of": gettext_lazy("Measured against"),
    "period": gettext_lazy("Counted"),
    "ceiling_visit": gettext_lazy("Ceiling of a bill"),
    "ceiling_month": gettext_lazy("Ceiling of a month"),
    "ceiling_year": gettext_lazy("Ceiling of a year"),
    "rounding": gettext_lazy("Rounding"),
    "adjust": gettext_lazy("But"),
    "note": gettext_lazy("Note"),
    "clause": gettext_lazy("Clause"),
}


@dataclass(frozen=True)
class Said:
    """One line: what it is about and what it says. `key` is the same in every version."""

    key: str
    label: str
    words: str


@dataclass(frozen=True)
class SaidLayer:
    code: str
    label: str
    said: tuple[Said, ...]


def said_policy(policy: Policy) -> list[SaidLayer]:
    """The discounts before everything, then each layer in order."""
    discounts = [_said_discount(one) for one in policy.discounts]
    return [*discounts, *(said_layer(layer, policy) for layer in policy.layers)]


def said_layer(layer: Any, policy: Policy) -> SaidLayer:
    lines = tuple(Said(key, _label(key), words) for key, words in _lines(layer, policy) if words)
    return SaidLayer(layer.code, layer.label.get(language()), lines)


def _label(key: str) -> str:
    return str(LABELS[key.rstrip("0123456789")])


def _said_discount(one: Any) -> SaidLayer:
    words = (
        ("kind", _("taken off the price before everything else")),
        ("when", condition_words(one.when)),
        ("categories", _categories(one.categories)),
        ("rate", percent(one.rate)),
        ("clause", one.clause),
    )
    lines = tuple(Said(key, str(LABELS[key]), text) for key, text in words if text)
    return SaidLayer(one.code, one.label.get(language()), lines)


def _lines(layer: LayerOfAnyKind, policy: Policy) -> Iterator[tuple[str, str]]:
    payer = policy.payer_labels[layer.payer].get(language())
    yield "payer", payer
    yield "kind", str(KINDS[layer.kind])  # type: ignore[attr-defined]
    yield "when", condition_words(layer.when) or _("everybody")
    if isinstance(layer, Measured):
        yield from _measured(layer)
    for kind, say in _OWN.items():
        if isinstance(layer, kind):
            yield from say(layer, policy)
    yield from _ceilings(layer)
    if layer.rounding:
        yield "rounding", str(ROUNDINGS[layer.rounding])
    for number, adjust in enumerate(layer.adjust, start=1):
        yield f"adjust{number}", adjust_words(adjust)
    yield "note", layer.note.get(language()) if layer.note else ""
    yield "clause", layer.clause


def _measured(layer: Measured) -> Iterator[tuple[str, str]]:
    parts = [
        str(BASES[name]) if weight == 1 else f"{BASES[name]} × {percent(weight)}"
        for name, weight in layer.weights
    ]
    words = " + ".join(parts)
    if layer.less_deductibles:
        words = _("%(base)s, less deductibles taken before") % {"base": words}
    yield "base", words
    yield "categories", _categories((*layer.categories, *layer.classes))
    yield "base_ceiling", by_level(layer.base_ceiling) if layer.base_ceiling else ""
    yield "base_month", by_level(layer.base_month) if layer.base_month else ""
    yield "deductible", _deductible(layer)
    counted = layer.period == "year" or layer.cumulated
    yield "period", _per(layer, _("over the calendar year")) if counted else ""


def _deductible(layer: Measured) -> str:
    if not any(layer.deductible.values()):
        return _("none")
    words = by_level(layer.deductible)
    once = layer.deductible_period == "year" or layer.period == "year" or layer.cumulated
    return (_("%(amount)s, once a year") if once else _("%(amount)s, for each bill")) % {"amount": words}


def _per(layer: LayerOfAnyKind, words: str) -> str:
    return _("%(words)s, for the whole household") % {"words": words} if layer.per == "household" else words


def _ceilings(layer: LayerOfAnyKind) -> Iterator[tuple[str, str]]:
    for name in ("ceiling_visit", "ceiling_month", "ceiling_year"):
        table = getattr(layer, name)
        words = by_level(table) if table else ""
        if words and name == "ceiling_year" and layer.ceiling_by == "highest_level":
            words = _("%(amount)s, by the highest hospital of the year") % {"amount": words}
        yield name, _per(layer, words) if words else ""


def _rate(layer: Rate, _policy: Policy) -> Iterator[tuple[str, str]]:
    words = by_level(layer.rate, "percent")
    if layer.rate_per_year_of_age:
        words = _("%(rate)s, and %(plus)s more for each year of age") % {
            "rate": words,
            "plus": percent(layer.rate_per_year_of_age),
        }
    yield "rate", words


def _bands(layer: BandLayer, _policy: Policy) -> Iterator[tuple[str, str]]:
    manner = []
    if layer.mode == "whole_bracket":
        manner.append(_("the whole amount at the rate of its band"))
    if layer.origin == "net":
        manner.append(_("bands are counted above the deductible"))
    yield "bands", joined([band_words(layer.bands), *manner])


def _split(layer: Split, policy: Policy) -> Iterator[tuple[str, str]]:
    rest = policy.payer_labels[layer.remainder_payer].get(language())
    yield "share", _("%(share)s, the rest by %(payer)s") % {"share": percent(layer.share), "payer": rest}


def _topup(layer: TopUp, _policy: Policy) -> Iterator[tuple[str, str]]:
    yield "target", by_level(layer.target, "percent")
    yield "of", str(BASES[layer.of])


def _cap(layer: CapSelfPay, _policy: Policy) -> Iterator[tuple[str, str]]:
    yield "cap", by_level(layer.cap)
    yield "of", str(BASES[layer.of])
    period = _("over the calendar year") if layer.period == "year" else _("bill by bill")
    yield "period", _per(layer, period)


def _discount(layer: DiscountLayer, _policy: Policy) -> Iterator[tuple[str, str]]:
    yield "categories", _categories(layer.categories)
    yield "rate", by_level(layer.rate, "percent")


def _zero(layer: ZeroBurden, _policy: Policy) -> Iterator[tuple[str, str]]:
    yield "of", str(BASES[layer.of])


def _categories(codes: tuple[str, ...]) -> str:
    return listed([word(code, language()) for code in codes])


_OWN: dict[type, Callable[[Any, Policy], Iterator[tuple[str, str]]]] = {
    Rate: _rate,
    BandLayer: _bands,
    Split: _split,
    TopUp: _topup,
    CapSelfPay: _cap,
    DiscountLayer: _discount,
    ZeroBurden: _zero,
}
