"""The kinds of layer: what each takes and what it asks of a bill. A new kind is one class more here."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from claims.policy.bands import Mode, Origin, UpperEdge, by_bands
from claims.policy.bill import Bill
from claims.policy.decision import Reason, Working
from claims.policy.facts import Category
from claims.policy.layers import (
    AmountByLevel,
    Bands,
    Code,
    LayerOfAnyKind,
    Measured,
    Reach,
    Share,
    ShareByLevel,
)
from claims.policy.measuring import Measure, below, measure
from claims.policy.money import ZERO, rounded
from claims.policy.terms import Terms
from core.base.texts import Text


@dataclass(slots=True)
class Asked:
    """What a layer asks before it is rounded and held to its ceilings and to what is left."""

    base: Decimal
    deductible: Decimal
    amount: Decimal
    workings: list[Working]
    reasons: tuple[Reason, ...] = ()


def _asked(measured: Measure, amount: Decimal) -> Asked:
    """A measured layer takes off what it has paid this year for the same base."""
    if measured.already:
        numbers = {"amount": amount, "already": measured.already}
        amount = max(amount - measured.already, ZERO)
        measured.workings.append(Working("already", numbers, amount))
    return Asked(measured.base, measured.taken, amount, measured.workings, below(measured))


class Rate(Measured):
    """So much of what lies above the deductible."""

    kind: Literal["rate"]
    rate: ShareByLevel
    rate_per_year_of_age: Annotated[Decimal, Field(ge=0, le=1)] = Decimal(0)
    """Added to the rate for each year of the patient's age, as a share."""

    def ask(self, bill: Bill, terms: Terms) -> Asked:
        measured = measure(self, bill, terms)
        rate = terms.rate
        if self.rate_per_year_of_age:
            by_age = self.rate_per_year_of_age * bill.taken.age
            rate = min(rate + by_age, Decimal(1))
            measured.workings.append(
                Working(
                    "rate_by_age", {"rate": terms.rate, "age": Decimal(bill.taken.age), "plus": by_age}, rate
                )
            )
        amount = measured.above * rate
        numbers = {"base": measured.whole, "deductible": measured.deductible, "rate": rate}
        measured.workings.append(Working("rate", numbers, amount))
        return _asked(measured, amount)


class BandLayer(Measured):
    """Rates that change with the amount."""

    kind: Literal["bands"]
    bands: Bands
    mode: Mode = "marginal"
    origin: Origin = "gross"
    upper_edge: UpperEdge = "inclusive"
    """Whether an amount on the upper edge belongs to the band; decides in whole_bracket only."""

    @model_validator(mode="after")
    def _edges_rise(self) -> Self:
        for bands in (self.bands, *(adjust.bands for adjust in self.adjust if adjust.bands)):
            edges = [band.upto for band in bands]
            rising = all(low is not None and (high is None or low < high) for low, high in pairwise(edges))
            if edges[-1] is not None or not rising:
                raise PydanticCustomError("edges", "edges rise and the last band is open")
        return self

    def ask(self, bill: Bill, terms: Terms) -> Asked:
        measured = measure(self, bill, terms)
        amount = ZERO
        slices = by_bands(
            terms.bands, measured.whole, measured.deductible, self.mode, self.origin, self.upper_edge
        )
        for one in slices:
            numbers = {"above": one.above, "part": one.part, "rate": one.rate}
            numbers |= {} if one.upto is None else {"upto": one.upto}
            measured.workings.append(Working(self._told_as(measured), numbers, one.pay))
            amount += one.pay
        measured.workings.append(Working("bands", {"base": measured.whole}, amount))
        return _asked(measured, amount)

    def _told_as(self, measured: Measure) -> str:
        """Edges above the deductible are told as such."""
        above = "_above" if self.origin == "net" and measured.deductible else ""
        return f"band_{self.mode}{above}"


class Split(Measured):
    """A named part for one payer; a second payer takes the remainder, so that no cent is lost between."""

    kind: Literal["split"]
    share: Share
    remainder_code: Code
    remainder_payer: Code
    remainder_label: Text

    @model_validator(mode="after")
    def _within_one_bill(self) -> Self:
        if self.period == "year" or self.cumulated or self.ceiling_year or self.ceiling_month:
            raise PydanticCustomError("split_per_visit", "a split is reckoned bill by bill")
        if self.payer == self.remainder_payer:
            raise PydanticCustomError("split_one_payer", "a split has two payers")
        return self

    def ask(self, bill: Bill, terms: Terms) -> Asked:
        measured = measure(self, bill, terms)
        numbers = {"base": measured.whole, "deductible": measured.deductible, "rate": Decimal(1)}
        measured.workings.append(Working("rate", numbers, measured.above))
        return _asked(measured, measured.above)

    def shared(self, amount: Decimal) -> tuple[Decimal, Decimal]:
        """This will divide what the two pay together."""
        first = rounded(amount * self.share)
        return first, amount - first


class TopUp(LayerOfAnyKind):
    """Adds what is missing until the payers bear the target share of the bill or of its compliant part."""

    kind: Literal["topup"]
    target: ShareByLevel
    of: Literal["total", "compliant"] = "total"

    @property
    def reach(self) -> Reach:
        return "inside" if self.of == "compliant" else "all"

    def ask(self, bill: Bill, terms: Terms) -> Asked:
        whole = bill.compliant if self.of == "compliant" else bill.total
        paid = bill.compliant - bill.left_inside if self.of == "compliant" else bill.paid
        amount = max(whole * terms.target - paid, ZERO)
        working = Working("topup", {"whole": whole, "target": terms.target, "paid": paid}, amount)
        reached = Reason("target_reached", False, (str(terms.target),), (str(paid),))
        return Asked(whole, ZERO, amount, [working], () if amount else (reached,))


class CapSelfPay(LayerOfAnyKind):
    """Pays whatever the patient would bear above a cap, of the bill or of the year (安徽 351)."""

    kind: Literal["cap_self_pay"]
    cap: AmountByLevel
    of: Literal["total", "compliant"] = "compliant"
    period: Literal["visit", "year"] = "year"

    @property
    def reach(self) -> Reach:
        return "inside" if self.of == "compliant" else "all"

    def ask(self, bill: Bill, terms: Terms) -> Asked:
        used = bill.used(self)
        before = used.compliant_self_pay if self.of == "compliant" else used.self_pay
        before = before if self.period == "year" else ZERO
        base = bill.payable(self.reach)
        cap = terms.cap or ZERO
        amount = min(max(before + base - cap, ZERO), base)
        working = Working("cap_self_pay", {"before": before, "base": base, "cap": cap}, amount)
        under = Reason("under_cap", False, (str(cap),), (str(before + base),))
        return Asked(base, ZERO, amount, [working], () if amount or not base else (under,))


class Fixed(LayerOfAnyKind):
    """An amount that an outside payer has told."""

    kind: Literal["fixed"]

    def ask(self, bill: Bill, terms: Terms) -> Asked:
        told = bill.facts.reported.get(self.code)
        if told is None:
            return Asked(ZERO, ZERO, ZERO, [], (Reason("not_reported", False),))
        return Asked(told, ZERO, told, [Working("fixed", {"reported": told}, told)])


class DiscountLayer(LayerOfAnyKind):
    """So much off some categories, borne by a payer: a row on the slip, not a lower price."""

    kind: Literal["discount"]
    categories: Annotated[tuple[Category, ...], Field(min_length=1)]
    rate: ShareByLevel

    def ask(self, bill: Bill, terms: Terms) -> Asked:
        of = bill.of("total", self.categories)
        amount = of * terms.rate
        working = Working("discount", {"base": of, "rate": terms.rate}, amount)
        none = Reason("nothing_in_categories", False, self.categories)
        return Asked(of, ZERO, amount, [working], () if of else (none,))


class ZeroBurden(LayerOfAnyKind):
    """Pays all that is left of the compliant part, or of the whole bill."""

    kind: Literal["zero_burden"]
    of: Literal["total", "compliant"] = "compliant"

    @property
    def reach(self) -> Reach:
        return "inside" if self.of == "compliant" else "all"

    def ask(self, bill: Bill, terms: Terms) -> Asked:
        rest = bill.payable(self.reach)
        return Asked(rest, ZERO, rest, [Working("zero_burden", {"base": rest}, rest)])


Layer = Annotated[
    Rate | BandLayer | Split | TopUp | CapSelfPay | Fixed | DiscountLayer | ZeroBurden,
    Field(discriminator="kind"),
]
