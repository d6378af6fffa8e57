"""Runs one bill through the layers of a policy, in their order: a pure function of policy and facts."""

from dataclasses import replace
from decimal import Decimal

from claims.policy.bill import Bill
from claims.policy.decision import Decision, Line, Reason, Working
from claims.policy.facts import RANK, Facts, Highest, Level, Used
from claims.policy.kinds import Asked, Layer, Split
from claims.policy.money import ZERO, Rounding, ratio, rounded
from claims.policy.schema import Policy
from claims.policy.taken import taken_on
from claims.policy.terms import Terms, terms_for


def assess(policy: Policy, facts: Facts) -> Decision:
    """This will settle one bill: what each payer bears by each layer, what the patient is left with, and why.

    Amounts are yuan. The lines and the patient's share make the bill less its discounts, to the cent; nothing
    is below zero and no line is above what was left before it. The same facts always give the same decision.
    """
    taken = taken_on(policy.date_of(facts), facts)
    bill = Bill(facts, taken, policy.discounts, policy.compliance)
    lines: list[Line] = []
    for layer in policy.layers:
        lines += _run(layer, bill, layer.rounding or policy.policy.rounding)
    discount = sum((one.amount for one in bill.discounts), ZERO)
    return Decision(
        policy=policy.code,
        title=policy.policy.title,
        on=taken.on,
        year=policy.year_of(facts),
        taken=taken,
        total=bill.total + discount,
        discount=discount,
        compliant=bill.compliant,
        discounts=bill.discounts,
        lines=tuple(lines),
        patient=bill.left,
        patient_compliant=bill.left_inside,
        actual_ratio=ratio(bill.paid, bill.total),
        policy_ratio=ratio(bill.compliant - bill.left_inside, bill.compliant),
        used_after=_used_after(facts.used, bill, lines),
        household_used_after=_used_after(facts.household_used, bill, lines),
        target=policy.policy.target,
    )


def _run(layer: Layer, bill: Bill, rounding: Rounding) -> list[Line]:
    """One layer's line; a split gives two."""
    reasons = layer.eligible.reasons(bill.taken)
    if not all(reason.holds for reason in reasons):
        return _lines(layer, bill, None, ZERO, bill.left, reasons)
    if not bill.left:
        return _lines(layer, bill, None, ZERO, bill.left, (*reasons, Reason("nothing_left", False)), True)
    terms = terms_for(layer, bill.taken)
    asked = layer.ask(bill, terms)
    asked.workings[:0] = _preface(layer, terms)
    limits: list[Reason] = []
    amount = _limited(layer, bill, terms, _stepped(asked, rounding), asked, limits)
    before = bill.left
    bill.pay(amount, layer.reach)
    bill.deductibles[layer.code] = asked.deductible
    lines = _lines(layer, bill, asked, amount, before, (*reasons, *asked.reasons, *limits), True)
    bill.draw((line.payer, line.amount) for line in lines)
    return lines


def _preface(layer: Layer, terms: Terms) -> list[Working]:
    """Whose year is counted, and which modifiers hold."""
    whose = [Working("per_household", {}, ZERO)] if layer.per == "household" else []
    return whose + [
        Working(
            "adjusted", {"deductible": terms.deductible, "rate": terms.rate}, Decimal(place), adjust.clause
        )
        for place, adjust in terms.adjusted
    ]


def _stepped(asked: Asked, rounding: Rounding) -> Decimal:
    amount = rounded(asked.amount, rounding)
    if amount != asked.amount:
        asked.workings.append(Working(f"rounded_{rounding}", {"amount": asked.amount}, amount))
    return amount


def _limited(
    layer: Layer, bill: Bill, terms: Terms, amount: Decimal, asked: Asked, limits: list[Reason]
) -> Decimal:
    """Holds an amount to the layer's ceilings and to what is left, and says by which it was cut."""
    used = bill.used(layer)
    for rule, ceiling, before in (
        ("ceiling_visit", terms.ceiling_visit, ZERO),
        ("ceiling_month", terms.ceiling_month, used.month_paid.get(layer.code, ZERO)),
        ("ceiling_year", terms.ceiling_year, used.paid.get(layer.code, ZERO)),
    ):
        if ceiling is not None and amount > (room := max(rounded(ceiling, "floor") - before, ZERO)):
            numbers = {"amount": amount, "ceiling": ceiling, "used": before}
            asked.workings.append(Working(rule, numbers, room))
            limits.append(Reason(rule, False, (str(ceiling),), (str(before),)))
            amount = room
    amount = _within_fund(layer, bill, amount, asked, limits)
    left = bill.payable(layer.reach)
    if amount > left:
        asked.workings.append(Working("left", {"amount": amount, "left": left}, left))
        limits.append(Reason("no_more_than_left", False, (str(amount),), (str(left),)))
        amount = left
    return amount


def _within_fund(layer: Layer, bill: Bill, amount: Decimal, asked: Asked, limits: list[Reason]) -> Decimal:
    """Holds an amount to what its payers' funds still have; what they cannot pay stays with the bill."""
    for payer, share in _shares(layer):
        left = bill.funds.get(payer)
        if left is not None and share and rounded(amount * share) > left:
            room = rounded(left / share, "floor")
            asked.workings.append(Working("fund_left", {"amount": amount, "left": left}, room))
            limits.append(Reason("fund_left", False, (str(amount),), (str(left),)))
            amount = room
    return amount


def _shares(layer: Layer) -> tuple[tuple[str, Decimal], ...]:
    if isinstance(layer, Split):
        return (layer.payer, layer.share), (layer.remainder_payer, 1 - layer.share)
    return ((layer.payer, Decimal(1)),)


def _lines(
    layer: Layer,
    bill: Bill,
    asked: Asked | None,
    amount: Decimal,
    before: Decimal,
    reasons: tuple[Reason, ...],
    applied: bool = False,
) -> list[Line]:
    line = Line(
        layer=layer.code,
        payer=layer.payer,
        amount=amount,
        base=asked.base if asked else ZERO,
        deductible=asked.deductible if asked else ZERO,
        left_before=before,
        left_after=before - amount,
        clause=layer.clause,
        applied=applied,
        reasons=reasons,
        label=layer.label,
        kind=layer.kind,
        workings=tuple(asked.workings) if asked else (),
    )
    return _both(layer, line) if isinstance(layer, Split) else [line]


def _both(layer: Split, line: Line) -> list[Line]:
    first, rest = layer.shared(line.amount)
    between = line.left_before - first
    shared = Working("share", {"amount": line.amount, "rate": layer.share}, first)
    remainder = Working("remainder", {"amount": line.amount, "first": first}, rest)
    return [
        replace(line, amount=first, left_after=between, workings=(*line.workings, shared)),
        replace(
            line,
            layer=layer.remainder_code,
            payer=layer.remainder_payer,
            label=layer.remainder_label,
            amount=rest,
            left_before=between,
            workings=(remainder,),
        ),
    ]


def _used_after(used: Used, bill: Bill, lines: list[Line]) -> Used:
    """The year's and the month's sums with this bill in them."""
    paid, base = dict(used.paid), dict(used.base)
    month_paid, month_base = dict(used.month_paid), dict(used.month_base)
    for line in lines:
        if line.applied:
            code = line.layer
            paid[code] = paid.get(code, ZERO) + line.amount
            base[code] = base.get(code, ZERO) + line.base
            month_paid[code] = month_paid.get(code, ZERO) + line.amount
            month_base[code] = month_base.get(code, ZERO) + line.base
    return Used(
        paid=paid,
        base=base,
        month_paid=month_paid,
        month_base=month_base,
        self_pay=used.self_pay + bill.left,
        compliant_self_pay=used.compliant_self_pay + bill.left_inside,
        highest_level=_higher(bill.taken.level, used.highest_level),
        stays=used.stays + (bill.taken.care == "inpatient"),
    )


def _higher(level: Level, before: Highest) -> Highest:
    return level if RANK[level] > RANK[before] else before
