"""One bill while its layers are run through: what it holds, what is left of it, who has paid what so far."""

from collections.abc import Iterable
from decimal import Decimal

from claims.policy.decision import Discounted
from claims.policy.facts import BillLine, Facts, Used
from claims.policy.layers import BaseName, LayerOfAnyKind, Reach
from claims.policy.money import ZERO, rounded
from claims.policy.schema_parts import Compliance, Discount
from claims.policy.taken import Taken


class Sums:
    """A bill's lines added up; `inside` is what lies inside the policy's range."""

    __slots__ = ("amount", "class_c", "first_pay", "inside", "over_limit")

    def __init__(self, lines: Iterable[BillLine], rules: Compliance) -> None:
        self.amount = self.inside = self.first_pay = self.over_limit = self.class_c = ZERO
        for line in lines:
            self.amount += line.amount
            self.first_pay += line.first_pay
            self.over_limit += line.over_limit
            if line.cls == "C":
                self.class_c += line.amount
            self.inside += compliant_part(line, rules)

    def less(self, rate: Decimal, of: "Sums") -> Decimal:
        """This will take the same share off every part of some categories; gives the share of the whole."""
        taken = rounded(of.amount * rate)
        self.amount -= taken
        self.inside -= rounded(of.inside * rate)
        self.first_pay -= rounded(of.first_pay * rate)
        self.over_limit -= rounded(of.over_limit * rate)
        self.class_c -= rounded(of.class_c * rate)
        return taken


def compliant_part(line: BillLine, rules: Compliance) -> Decimal:
    """This will give the part of a line inside the policy's range."""
    if line.category in rules.negative_list or (line.cls == "C" and rules.class_c == "outside"):
        return ZERO
    part = line.amount
    if rules.first_pay == "outside":
        part -= line.first_pay
    return part - line.over_limit if rules.over_limit == "outside" else part


class Bill:
    """`left` is what nobody has paid yet; `left_inside` the part of it inside the policy's range."""

    __slots__ = (
        "compliant", "deductibles", "discounts", "facts", "funds", "left", "left_inside", "paid", "rules",
        "sums", "taken", "total",
    )  # fmt: skip

    def __init__(self, facts: Facts, taken: Taken, discounts: Iterable[Discount], rules: Compliance) -> None:
        self.facts, self.taken, self.rules = facts, taken, rules
        self.sums, self.discounts = discounted(discounts, rules, facts, taken)
        sums = self.sums
        self.total = self.left = sums.amount
        self.compliant = self.left_inside = sums.inside
        self.paid = ZERO
        self.deductibles: dict[str, Decimal] = {}
        self.funds = dict(facts.fund_left)

    def used(self, layer: LayerOfAnyKind) -> Used:
        """Whose year this layer counts."""
        return self.facts.household_used if layer.per == "household" else self.facts.used

    def of(self, name: BaseName, categories: tuple[str, ...] = (), classes: tuple[str, ...] = ()) -> Decimal:
        """This will give one part of the bill as it stands now, or of some categories and classes of it."""
        if categories or classes:
            return self._of_some(name, categories, classes)
        if name in ("remaining", "cumulated_self_pay"):
            return self.left
        if name in ("remaining_compliant", "cumulated_compliant_self_pay"):
            return self.left_inside
        if name in ("total", "compliant"):
            return self.total if name == "total" else self.compliant
        if name == "outside":
            return self.left - self.left_inside
        part: Decimal = getattr(self.sums, name)
        return min(part, self.left)

    def _of_some(self, name: BaseName, categories: tuple[str, ...], classes: tuple[str, ...]) -> Decimal:
        chosen = [line for line in self.facts.lines if not classes or line.cls in classes]
        chosen = _in(chosen, categories) if categories else chosen
        sums = Sums(chosen, self.rules)
        for one in self.discounts:
            if one.applied:
                sums.less(one.rate, Sums(_in(chosen, one.categories), self.rules))
        parts = {"total": sums.amount, "compliant": sums.inside, "outside": sums.amount - sums.inside}
        part: Decimal = parts[name] if name in parts else getattr(sums, name)
        return min(part, self.left)

    def payable(self, reach: Reach) -> Decimal:
        """This will give the most that a layer of this reach can still pay."""
        return self.left_inside if reach == "inside" else self.left

    def pay(self, amount: Decimal, reach: Reach) -> None:
        """This will take a payment off what is left; money without a purpose pays inside the range first."""
        inside = self.left_inside
        if reach == "outside":
            self.left_inside -= max(amount - (self.left - inside), ZERO)
        else:
            self.left_inside -= min(amount, inside)
        self.left -= amount
        self.paid += amount

    def draw(self, shares: Iterable[tuple[str, Decimal]]) -> None:
        """This will take what payers bear out of those funds that may not be overdrawn."""
        for payer, amount in shares:
            if payer in self.funds:
                self.funds[payer] = max(self.funds[payer] - amount, ZERO)


def discounted(
    discounts: Iterable[Discount], rules: Compliance, facts: Facts, taken: Taken
) -> tuple[Sums, tuple[Discounted, ...]]:
    """This will add up a bill and take the discounts off that come before everything else."""
    sums = Sums(facts.lines, rules)
    return sums, tuple(_discount(one, facts, taken, sums, rules) for one in discounts)


def _discount(one: Discount, facts: Facts, taken: Taken, sums: Sums, rules: Compliance) -> Discounted:
    reasons = one.eligible.reasons(taken)
    applied = all(reason.holds for reason in reasons)
    of = Sums(_in(facts.lines, one.categories), rules)
    inside = sums.inside
    amount = sums.less(one.rate, of) if applied else ZERO
    return Discounted(
        code=one.code,
        label=one.label,
        clause=one.clause,
        amount=amount,
        compliant=inside - sums.inside,
        rate=one.rate,
        of=of.amount,
        categories=one.categories,
        applied=applied,
        reasons=reasons,
    )


def _in(lines: Iterable[BillLine], categories: tuple[str, ...]) -> list[BillLine]:
    return [line for line in lines if line.category in categories]
