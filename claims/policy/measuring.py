"""What a layer is reckoned on: its base on this bill, with the year's before it, and the deductible."""

from dataclasses import dataclass
from decimal import Decimal

from claims.policy.bill import Bill
from claims.policy.decision import Reason, Working
from claims.policy.layers import Measured
from claims.policy.money import ZERO, rounded
from claims.policy.terms import Terms


@dataclass(slots=True)
class Measure:
    """The formula runs on `before` + `base` less `deductible`; `already` was paid and is taken off."""

    base: Decimal
    before: Decimal
    already: Decimal
    deductible: Decimal
    taken: Decimal
    """The part of the deductible that falls on this bill."""
    workings: list[Working]

    @property
    def whole(self) -> Decimal:
        return self.before + self.base

    @property
    def above(self) -> Decimal:
        """What lies above the deductible."""
        return max(self.whole - self.deductible, ZERO)


def measure(layer: Measured, bill: Bill, terms: Terms) -> Measure:
    """This will find what a layer is reckoned on for this bill."""
    workings: list[Working] = []
    base = _base(layer, bill, terms, workings)
    used = bill.used(layer)
    before = already = ZERO
    deductible = rounded(terms.deductible)
    if layer.cumulated or layer.period == "year":
        already = used.paid.get(layer.code, ZERO)
        before = _before(layer, bill, already)
        workings.append(Working("cumulated", {"before": before, "base": base}, before + base))
    elif layer.deductible_period == "year":
        deductible = _rest_of_year(deductible, used.base.get(layer.code, ZERO), workings)
    taken = min(deductible, before + base) - min(deductible, before)
    if deductible:
        workings.append(Working("deductible", {"deductible": deductible, "base": base}, taken))
    return Measure(base, before, already, deductible, taken, workings)


def _base(layer: Measured, bill: Bill, terms: Terms, workings: list[Working]) -> Decimal:
    numbers: dict[str, Decimal] = {
        name: bill.of(name, layer.categories, layer.classes) for name, _ in layer.weights
    }
    base = sum((numbers[name] * weight for name, weight in layer.weights), ZERO)
    if len(layer.weights) > 1:
        numbers |= {f"{name}_share": weight for name, weight in layer.weights}
    base = rounded(base)
    workings.append(Working("base", numbers, base))
    for code in layer.less_deductibles:
        taken = min(bill.deductibles.get(code, ZERO), base)
        workings.append(Working("less_deductible", {"base": base, "deductible": taken}, base - taken))
        base -= taken
    return _limited(layer, bill, terms, base, workings)


def _limited(layer: Measured, bill: Bill, terms: Terms, base: Decimal, workings: list[Working]) -> Decimal:
    if terms.base_ceiling is not None and base > terms.base_ceiling:
        workings.append(
            Working("base_ceiling", {"base": base, "ceiling": terms.base_ceiling}, terms.base_ceiling)
        )
        base = terms.base_ceiling
    if terms.base_month is not None:
        used = bill.used(layer).month_base.get(layer.code, ZERO)
        room = max(terms.base_month - used, ZERO)
        if base > room:
            numbers = {"base": base, "ceiling": terms.base_month, "used": used}
            workings.append(Working("base_month", numbers, room))
            base = room
    return base


def _before(layer: Measured, bill: Bill, already: Decimal) -> Decimal:
    """A cumulated self-pay is what the patient bore this year before this layer helped."""
    used = bill.used(layer)
    if layer.cumulated == "cumulated_self_pay":
        return used.self_pay + already
    if layer.cumulated:
        return used.compliant_self_pay + already
    return used.base.get(layer.code, ZERO)


def _rest_of_year(deductible: Decimal, used: Decimal, workings: list[Working]) -> Decimal:
    borne = min(deductible, used)
    if borne:
        workings.append(
            Working("deductible_borne", {"deductible": deductible, "borne": borne}, deductible - borne)
        )
    return deductible - borne


def below(measured: Measure) -> tuple[Reason, ...]:
    """This will say so where the base does not reach above the deductible."""
    if measured.base and measured.whole <= measured.deductible:
        return (Reason("below_deductible", False, (str(measured.deductible),), (str(measured.whole),)),)
    return ()
