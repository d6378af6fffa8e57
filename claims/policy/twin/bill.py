"""The bills of one turn while the layers are run through (the twin of policy/bill.py)."""

from typing import Any

import numpy as np

from claims.policy.layers import Reach
from claims.policy.twin.summing import Parts
from claims.policy.twin.whole import Whole


class Bills:
    """One entry for each bill of the turn, in fen. `reported` and `age` are of the turn as well."""

    def __init__(self, turn: Whole, parts: Parts, age: Whole) -> None:
        self.turn, self.age = turn, age[turn]
        self._parts = parts
        self.total = parts.amount[turn]
        self.compliant = parts.inside[turn]
        self.left = self.total.copy()
        self.left_inside = self.compliant.copy()
        self.paid = np.zeros_like(self.total)
        self.deductibles: dict[str, Whole] = {}

    def of(self, name: str, some: Parts | None = None) -> Whole:
        """One part of the bills as they stand now, or of `some` categories of them."""
        if some is not None:
            return np.minimum(some.named(name)[self.turn], self.left)
        if name in ("remaining", "cumulated_self_pay"):
            return self.left
        if name in ("remaining_compliant", "cumulated_compliant_self_pay"):
            return self.left_inside
        if name in ("total", "compliant"):
            return self.total if name == "total" else self.compliant
        if name == "outside":
            return self.left - self.left_inside
        return np.minimum(self._parts.named(name)[self.turn], self.left)

    def payable(self, reach: Reach) -> Whole:
        return self.left_inside if reach == "inside" else self.left

    def pay(self, amount: Whole, reach: Reach) -> None:
        inside = self.left_inside
        if reach == "outside":
            self.left_inside = inside - np.maximum(amount - (self.left - inside), 0)
        else:
            self.left_inside = inside - np.minimum(amount, inside)
        self.left = self.left - amount
        self.paid = self.paid + amount

    def deductible_of(self, layer: str) -> Any:
        return self.deductibles.get(layer, 0)
