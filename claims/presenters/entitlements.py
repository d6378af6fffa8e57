"""What a person may count on at this hospital, layer by layer, before there is a bill; what is used up."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from claims.choices import ItemCategory
from claims.policy.explanation import ToldReason, reason_told, word
from claims.policy.facts import Facts, Used
from claims.policy.formulas import percent
from claims.policy.kinds import BandLayer, CapSelfPay, DiscountLayer, Layer, Rate, Split, TopUp, ZeroBurden
from claims.policy.schema import Policy
from claims.policy.taken import Taken, taken_on
from claims.policy.terms import Terms, terms_for
from core.base.words import listed

_BASES = {
    "total": gettext_lazy("the total cost"),
    "compliant": gettext_lazy("the compliant cost"),
    "remaining": gettext_lazy("what is left of the bill"),
    "remaining_compliant": gettext_lazy("what is left of the compliant cost"),
    "cumulated_self_pay": gettext_lazy("the patient's own share of the year"),
    "cumulated_compliant_self_pay": gettext_lazy("the patient's compliant share of the year"),
    "outside": gettext_lazy("the cost outside the policy's range"),
    "first_pay": gettext_lazy("the part of class B paid first"),
    "over_limit": gettext_lazy("the cost over the limit"),
    "class_c": gettext_lazy("the cost outside the catalogue"),
}


@dataclass(frozen=True)
class Entitlement:
    """One layer for this person. Amounts are yuan; None where there is no limit."""

    label: str
    clause: str
    applies: bool
    words: str
    limits: str
    reasons: tuple[ToldReason, ...]
    per_household: bool
    paid: Decimal
    ceiling: Decimal | None
    deductible: Decimal
    deductible_borne: Decimal

    @property
    def left(self) -> Decimal | None:
        return None if self.ceiling is None else max(self.ceiling - self.paid, Decimal(0))

    @property
    def why_not(self) -> str:
        return listed(reason.text for reason in self.reasons if not reason.holds)


@dataclass(frozen=True)
class Entitlements:
    title: str
    identity: str
    held: tuple[str, ...]
    self_pay: Decimal
    household_self_pay: Decimal
    lines: tuple[Entitlement, ...]


def present_entitlements(policy: Policy, facts: Facts) -> Entitlements:
    """`facts` are those of a stay that begins now at this hospital, its bill still empty."""
    language = get_language() or "zh-hans"
    taken = taken_on(policy.date_of(facts), facts)
    return Entitlements(
        title=policy.policy.title.get(language),
        identity=word(taken.identity, language),
        held=tuple(word(code, language) for code in taken.identities),
        self_pay=facts.used.self_pay,
        household_self_pay=facts.household_used.self_pay,
        lines=tuple(_line(layer, facts, taken, language) for layer in policy.layers),
    )


def _line(layer: Layer, facts: Facts, taken: Taken, language: str) -> Entitlement:
    terms = terms_for(layer, taken)
    used: Used = facts.household_used if layer.per == "household" else facts.used
    reasons = tuple(reason_told(reason, language) for reason in layer.eligible.reasons(taken))
    borne = min(terms.deductible, used.base.get(layer.code, Decimal(0)))
    by_year = getattr(layer, "deductible_period", "visit") == "year" or getattr(layer, "period", "") == "year"
    return Entitlement(
        label=layer.label.get(language),
        clause=layer.clause,
        applies=layer.eligible.holds(taken),
        words=_words(layer, terms),
        limits=_limits(terms),
        reasons=reasons,
        per_household=layer.per == "household",
        paid=used.paid.get(layer.code, Decimal(0)),
        ceiling=terms.ceiling_year,
        deductible=terms.deductible if by_year else Decimal(0),
        deductible_borne=borne if by_year else Decimal(0),
    )


def _money(amount: Decimal) -> str:
    return f"{amount:,.2f}".removesuffix(".00")


def _words(layer: Layer, terms: Terms) -> str:
    kinds: list[tuple[type[Any], Callable[[Any, Terms], str]]] = [
        (Rate, _rate_words),
        (BandLayer, _band_words),
        (Split, _split_words),
        (TopUp, _topup_words),
        (CapSelfPay, _cap_words),
        (DiscountLayer, _discount_words),
        (
            ZeroBurden,
            lambda layer, terms: _of(
                layer, _("pays all that is left of the compliant cost"), _("pays all that is left")
            ),
        ),
    ]
    told = next((words for kind, words in kinds if isinstance(layer, kind)), None)
    return told(layer, terms) if told else _("the amount that the payer reports")


def _of(layer: Any, compliant: str, total: str) -> str:
    return compliant if layer.of == "compliant" else total


def _base(layer: Any, terms: Terms) -> str:
    base = listed(_BASES[name] for name in layer.base)
    if not terms.deductible:
        return base
    by_year = layer.deductible_period == "year" or layer.period == "year"
    slots = {"base": base, "amount": _money(terms.deductible)}
    if by_year:
        return _("%(base)s above %(amount)s yuan a year") % slots
    return _("%(base)s above %(amount)s yuan") % slots


def _rate_words(layer: Rate, terms: Terms) -> str:
    return _("%(share)s of %(base)s") % {"share": percent(terms.rate), "base": _base(layer, terms)}


def _split_words(layer: Split, terms: Terms) -> str:
    return _("all of %(base)s, shared by two payers") % {"base": _base(layer, terms)}


def _band_words(layer: BandLayer, terms: Terms) -> str:
    bands = listed(
        _("up to %(upto)s: %(share)s") % {"upto": _money(band.upto), "share": percent(band.rate)}
        if band.upto is not None
        else _("above: %(share)s") % {"share": percent(band.rate)}
        for band in terms.bands
    )
    return _("of %(base)s by bands: %(bands)s") % {"base": _base(layer, terms), "bands": bands}


def _topup_words(layer: TopUp, terms: Terms) -> str:
    share = {"share": percent(terms.target)}
    compliant = _("adds what is missing to %(share)s of the compliant cost") % share
    return _of(layer, compliant, _("adds what is missing to %(share)s of the total cost") % share)


def _cap_words(layer: CapSelfPay, terms: Terms) -> str:
    slots = {"amount": _money(terms.cap or Decimal(0))}
    if layer.period == "year":
        return _("pays whatever the patient would bear above %(amount)s yuan a year") % slots
    return _("pays whatever the patient would bear above %(amount)s yuan") % slots


def _zero_words(layer: ZeroBurden, terms: Terms) -> str:
    return _of(layer, _("pays all that is left of the compliant cost"), _("pays all that is left"))


def _discount_words(layer: DiscountLayer, terms: Terms) -> str:
    kinds = listed(ItemCategory(code).label for code in layer.categories if code in ItemCategory.values)
    return _("%(share)s off: %(kinds)s") % {"share": percent(terms.rate), "kinds": kinds}


def _limits(terms: Terms) -> str:
    known = [
        (terms.ceiling_visit, _("at most %(amount)s yuan a bill")),
        (terms.ceiling_month, _("at most %(amount)s yuan a month")),
        (terms.ceiling_year, _("at most %(amount)s yuan a year")),
    ]
    return listed(words % {"amount": _money(limit)} for limit, words in known if limit is not None)
