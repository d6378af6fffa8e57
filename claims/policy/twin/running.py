"""A year of bills through the layers of a policy at once, equal to the cent to `assess` one after another."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from claims.policy.kinds import Layer, Split
from claims.policy.money import Rounding
from claims.policy.schema import Policy
from claims.policy.twin.accounts import Accounts, Book
from claims.policy.twin.asking import Known, known_of
from claims.policy.twin.bill import Bills
from claims.policy.twin.columns import Columns
from claims.policy.twin.kinds import Turn, ask
from claims.policy.twin.summing import Parts, Summed
from claims.policy.twin.tabling import Tabled, scale_of, tabled
from claims.policy.twin.whole import Scale, Whole


@dataclass(frozen=True)
class Outcome:
    """Amounts in fen, one entry for each bill; `lines` by the codes of the policy's lines."""

    lines: dict[str, Whole]
    total: Whole
    discount: Whole
    compliant: Whole
    patient: Whole
    patient_compliant: Whole

    @cached_property
    def paid(self) -> Whole:
        """What all payers bear together."""
        return self.total - self.discount - self.patient


def run(policy: Policy, columns: Columns) -> Outcome:
    """This will settle bills in the order of the columns; sums begin at nothing with each calendar year
    and funds hold enough, as in `one_after_another`.

    :raises DoesNotFit: where amounts and rates together are too long for 64 bits.
    """
    known = known_of(policy, columns)
    return _Run(policy, known).outcome()


class _Run:
    def __init__(self, policy: Policy, known: Known) -> None:
        self.policy, self.known = policy, known
        summed = Summed(policy, known)
        self.tables = [tabled(layer, known) for layer in policy.layers]
        self.scale: Scale = scale_of(policy, self.tables, summed.largest())
        self.parts, self.discount = summed.parts(self.scale)
        self.some = {layer.code: self._some(summed, layer) for layer in policy.layers}
        self.lines = {code: np.zeros(len(known), dtype=np.int64) for code in policy.line_codes}
        self.patient = np.zeros(len(known), dtype=np.int64)
        self.inside = np.zeros(len(known), dtype=np.int64)

    def _some(self, summed: Summed, layer: Layer) -> Parts | None:
        categories, classes = getattr(layer, "categories", ()), getattr(layer, "classes", ())
        return summed.parts(self.scale, categories, classes)[0] if categories or classes else None

    def outcome(self) -> Outcome:
        accounts = Accounts(self.policy, self.known)
        for turn in accounts.turns():
            self._settle(turn, accounts)
        return Outcome(
            lines=self.lines,
            total=self.parts.amount + self.discount,
            discount=self.discount,
            compliant=self.parts.inside,
            patient=self.patient,
            patient_compliant=self.inside,
        )

    def _settle(self, turn: Whole, accounts: Accounts) -> None:
        bills = Bills(turn, self.parts, self.known.age)
        year = accounts.persons.year[turn]
        highest = np.maximum(accounts.persons.highest[year], self.known.columns.level.codes[turn])
        for table in self.tables:
            self._layer(table, bills, highest, accounts.of(table.layer))
        accounts.persons.highest[year] = highest
        for book in (accounts.persons, accounts.households):
            book.ends(turn, bills.left, bills.left_inside)
        self.patient[turn], self.inside[turn] = bills.left, bills.left_inside

    def _layer(self, table: Tabled, bills: Bills, highest: Whole, book: Book) -> None:
        layer, at = table.layer, table.at(bills.turn, highest)
        active = table.eligible[bills.turn] & (bills.left > 0)
        if not active.any():
            return
        reported = self.known.columns.reported.get(layer.code)
        view = Turn(bills, table, at, book, self.scale, self.some[layer.code], reported)
        asked = ask(layer, view)
        rounding: Rounding = layer.rounding or self.policy.policy.rounding
        amount = self.scale.rounded(asked.amount, rounding)
        amount = np.where(active, _limited(layer, view, amount), 0)
        bills.deductibles[layer.code] = np.where(active, asked.deductible, 0)
        bills.pay(amount, layer.reach)
        self._kept(layer, bills.turn, amount)
        book.pays(layer.code, bills.turn, np.where(active, asked.base, 0), amount)

    def _kept(self, layer: Layer, turn: Whole, amount: Whole) -> None:
        if isinstance(layer, Split):
            first = self.scale.rounded(amount * self.scale.parts(layer.share))
            self.lines[layer.remainder_code][turn] = amount - first
            amount = first
        self.lines[layer.code][turn] = amount


def _limited(layer: Layer, turn: Turn, amount: Whole) -> Whole:
    """Held to the layer's ceilings and to what is left."""
    limits, book = turn.table.limits, turn.book
    if "ceiling_visit" in limits:
        amount = np.minimum(amount, limits["ceiling_visit"][turn.at])
    if "ceiling_month" in limits:
        used = book.month_paid[layer.code][turn.month]
        amount = np.minimum(amount, np.maximum(limits["ceiling_month"][turn.at] - used, 0))
    if "ceiling_year" in limits:
        used = book.paid[layer.code][turn.year]
        amount = np.minimum(amount, np.maximum(limits["ceiling_year"][turn.at] - used, 0))
    return np.minimum(amount, turn.bills.payable(layer.reach))
