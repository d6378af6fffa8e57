"""What is on the bills: their parts, inside and outside of the policy's range, after the discounts."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

import numpy as np

from claims.policy.schema import Policy
from claims.policy.schema_parts import Compliance
from claims.policy.twin.asking import Known, holds
from claims.policy.twin.columns import Lines
from claims.policy.twin.whole import Scale, Truth, Whole, summed


@dataclass
class Parts:
    """In fen, one entry for each bill."""

    amount: Whole
    inside: Whole
    first_pay: Whole
    over_limit: Whole
    class_c: Whole

    def less(self, rate: int, of: "Parts", where: Truth, scale: Scale) -> Whole:
        """This will take a share of some categories off every part; gives the share of the whole."""
        taken = np.zeros_like(self.amount)
        for field in fields(self):
            part = np.where(where, scale.rounded(getattr(of, field.name) * rate), 0)
            setattr(self, field.name, getattr(self, field.name) - part)
            taken = part if field.name == "amount" else taken
        return taken

    def named(self, name: str) -> Whole:
        if name == "total":
            return self.amount
        if name == "compliant":
            return self.inside
        if name == "outside":
            return self.amount - self.inside
        part: Whole = getattr(self, name)
        return part


class Summed:
    """The bills of a policy added up once; some categories alone are added up when a layer asks for them."""

    def __init__(self, policy: Policy, known: Known) -> None:
        self._policy, self._known, self._lines = policy, known, known.columns.lines
        self._inside = _inside(self._lines, policy.compliance)
        self._applied = [holds(one.when, known) for one in policy.discounts]

    def largest(self) -> int:
        """Of the bills, in fen."""
        totals = summed(self._lines.bill, self._lines.amount, len(self._known))
        return int(totals.max(initial=0))

    def parts(
        self, scale: Scale, categories: tuple[str, ...] = (), classes: tuple[str, ...] = ()
    ) -> tuple[Parts, Whole]:
        """The parts after the discounts, and the discounts; no categories or classes are all of them."""
        chosen = self._chosen(categories) if categories else np.ones(len(self._lines.bill), dtype=bool)
        chosen = chosen & self._lines.cls.among(classes) if classes else chosen
        parts = self._parts(chosen)
        discount = np.zeros(len(self._known), dtype=np.int64)
        for one, applied in zip(self._policy.discounts, self._applied, strict=True):
            of = self._parts(chosen & self._chosen(one.categories))
            discount += parts.less(scale.parts(one.rate), of, applied, scale)
        return parts, discount

    def _chosen(self, categories: Iterable[str]) -> Truth:
        return self._lines.category.among(categories)

    def _parts(self, chosen: Truth) -> Parts:
        lines, length = self._lines, len(self._known)
        bill, is_c = lines.bill[chosen], lines.cls.among(["C"])[chosen]
        return Parts(
            amount=summed(bill, lines.amount[chosen], length),
            inside=summed(bill, self._inside[chosen], length),
            first_pay=summed(bill, lines.first_pay[chosen], length),
            over_limit=summed(bill, lines.over_limit[chosen], length),
            class_c=summed(bill, np.where(is_c, lines.amount[chosen], 0), length),
        )


def _inside(lines: Lines, rules: Compliance) -> Whole:
    """The part of each line inside the policy's range."""
    part = lines.amount.copy()
    if rules.first_pay == "outside":
        part -= lines.first_pay
    if rules.over_limit == "outside":
        part -= lines.over_limit
    never = lines.category.among(rules.negative_list)
    if rules.class_c == "outside":
        never |= lines.cls.among(["C"])
    return np.where(never, 0, part)
