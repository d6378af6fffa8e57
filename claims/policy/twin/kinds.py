"""What each kind of layer asks of the bills of a turn (the twin of policy/kinds.py): fen times parts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from claims.policy.kinds import (
    BandLayer,
    CapSelfPay,
    DiscountLayer,
    Fixed,
    Layer,
    Rate,
    Split,
    TopUp,
    ZeroBurden,
)
from claims.policy.layers import Measured
from claims.policy.twin.accounts import Book
from claims.policy.twin.bill import Bills
from claims.policy.twin.summing import Parts
from claims.policy.twin.tabling import Tabled
from claims.policy.twin.whole import Scale, Whole


@dataclass(frozen=True)
class Turn:
    """One layer's view of the bills of a turn."""

    bills: Bills
    table: Tabled
    at: Whole
    """The row of terms of each bill."""
    book: Book
    scale: Scale
    some: Parts | None
    """The sums of the layer's own categories."""
    reported: Whole | None

    @property
    def year(self) -> Whole:
        account: Whole = self.book.year[self.bills.turn]
        return account

    @property
    def month(self) -> Whole:
        account: Whole = self.book.month[self.bills.turn]
        return account


@dataclass(frozen=True)
class Asked:
    """`amount` is in fen times parts, the rest in fen."""

    base: Whole
    deductible: Whole
    amount: Whole


@dataclass(frozen=True)
class Measure:
    base: Whole
    whole: Whole
    already: Whole
    deductible: Whole
    taken: Whole

    @property
    def above(self) -> Whole:
        above: Whole = np.maximum(self.whole - self.deductible, 0)
        return above

    def asked(self, amount: Whole, scale: Scale) -> Asked:
        return Asked(self.base, self.taken, np.maximum(amount - self.already * scale.one, 0))


def measure(layer: Measured, turn: Turn) -> Measure:
    base = _base(layer, turn)
    paid, bases = turn.book.paid[layer.code][turn.year], turn.book.base[layer.code][turn.year]
    before = already = np.zeros_like(base)
    deductible = turn.table.deductible[turn.at]
    if layer.cumulated or layer.period == "year":
        already = paid
        before = _before(layer, turn, paid, bases)
    elif layer.deductible_period == "year":
        deductible = deductible - np.minimum(deductible, bases)
    whole = before + base
    taken = np.minimum(deductible, whole) - np.minimum(deductible, before)
    return Measure(base, whole, already, deductible, taken)


def _before(layer: Measured, turn: Turn, paid: Whole, bases: Whole) -> Whole:
    if layer.cumulated == "cumulated_self_pay":
        return turn.book.self_pay[turn.year] + paid
    if layer.cumulated:
        return turn.book.inside_self_pay[turn.year] + paid
    return bases


def _base(layer: Measured, turn: Turn) -> Whole:
    bills, scale = turn.bills, turn.scale
    parts = [bills.of(name, turn.some) * scale.parts(weight) for name, weight in layer.weights]
    base = scale.rounded(np.sum(parts, axis=0))
    for code in layer.less_deductibles:
        base = base - np.minimum(bills.deductible_of(code), base)
    limits = turn.table.limits
    if "base_ceiling" in limits:
        base = np.minimum(base, limits["base_ceiling"][turn.at])
    if "base_month" in limits:
        used = turn.book.month_base[layer.code][turn.month]
        base = np.minimum(base, np.maximum(limits["base_month"][turn.at] - used, 0))
    return base


def _rate(layer: Rate, turn: Turn) -> Asked:
    measured, scale = measure(layer, turn), turn.scale
    rate = turn.table.shares("rate", scale)[turn.at]
    if layer.rate_per_year_of_age:
        by_age = scale.parts(layer.rate_per_year_of_age) * turn.bills.age
        rate = np.minimum(rate + by_age, scale.one)
    return measured.asked(measured.above * rate, scale)


def _bands(layer: BandLayer, turn: Turn) -> Asked:
    measured, scale = measure(layer, turn), turn.scale
    net = layer.origin == "net"
    start = np.zeros_like(measured.whole) if net else measured.deductible
    top = measured.above if net else measured.whole
    edges, rates = turn.table.bands(scale)
    pays = _marginal if layer.mode == "marginal" else _BRACKETS[layer.upper_edge]
    amount = pays(edges[turn.at], rates[turn.at], start, top, measured.above)
    return measured.asked(np.where(measured.above > 0, amount, 0), scale)


def _marginal(edges: Whole, rates: Whole, start: Whole, top: Whole, above: Whole) -> Whole:
    amount, low = np.zeros_like(top), np.zeros_like(top)
    for upto, rate in zip(edges.T, rates.T, strict=True):
        amount += np.maximum(np.minimum(upto, top) - np.maximum(low, start), 0) * rate
        low = upto
    return amount


def _bracket(side: str) -> Callable[..., Whole]:
    def pays(edges: Whole, rates: Whole, start: Whole, top: Whole, above: Whole) -> Whole:
        beyond = top[:, None] > edges if side == "inclusive" else top[:, None] >= edges
        band = np.minimum(beyond.sum(axis=1), edges.shape[1] - 1)
        return above * np.take_along_axis(rates, band[:, None], axis=1)[:, 0]

    return pays


_BRACKETS = {side: _bracket(side) for side in ("inclusive", "exclusive")}


def _split(layer: Split, turn: Turn) -> Asked:
    measured = measure(layer, turn)
    return measured.asked(measured.above * turn.scale.one, turn.scale)


def _topup(layer: TopUp, turn: Turn) -> Asked:
    bills, of_compliant = turn.bills, layer.of == "compliant"
    whole = bills.compliant if of_compliant else bills.total
    paid = bills.compliant - bills.left_inside if of_compliant else bills.paid
    target = turn.table.shares("target", turn.scale)[turn.at]
    return Asked(whole, np.zeros_like(whole), np.maximum(whole * target - paid * turn.scale.one, 0))


def _cap_self_pay(layer: CapSelfPay, turn: Turn) -> Asked:
    book = turn.book
    sums = book.inside_self_pay if layer.of == "compliant" else book.self_pay
    base = turn.bills.payable(layer.reach)
    before = sums[turn.year] if layer.period == "year" else np.zeros_like(base)
    over = np.maximum(before + base - turn.table.cap[turn.at], 0)
    return _plain(base, np.minimum(over, base), turn.scale)


def _fixed(layer: Fixed, turn: Turn) -> Asked:
    told = np.zeros_like(turn.bills.left) if turn.reported is None else turn.reported[turn.bills.turn]
    return _plain(told, told, turn.scale)


def _discount(layer: DiscountLayer, turn: Turn) -> Asked:
    of = turn.bills.of("total", turn.some)
    return Asked(of, np.zeros_like(of), of * turn.table.shares("rate", turn.scale)[turn.at])


def _zero_burden(layer: ZeroBurden, turn: Turn) -> Asked:
    rest = turn.bills.payable(layer.reach)
    return _plain(rest, rest, turn.scale)


def _plain(base: Whole, amount: Whole, scale: Scale) -> Asked:
    return Asked(base, np.zeros_like(base), amount * scale.one)


def ask(layer: Layer, turn: Turn) -> Asked:
    """What a layer asks of each bill before it is rounded and held to its ceilings."""
    return _ASKS[layer.kind](layer, turn)


_ASKS: dict[str, Callable[[Any, Turn], Asked]] = {
    "rate": _rate,
    "bands": _bands,
    "split": _split,
    "topup": _topup,
    "cap_self_pay": _cap_self_pay,
    "fixed": _fixed,
    "discount": _discount,
    "zero_burden": _zero_burden,
}
