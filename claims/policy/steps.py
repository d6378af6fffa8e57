"""The reckoning as a tree without words: which rule, on which numbers, with which result."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from claims.policy.formulas import formula
from core.base.texts import Text

if TYPE_CHECKING:
    from claims.policy.decision import Decision, Discounted, Line, Reason, Working


@dataclass(frozen=True, slots=True)
class Step:
    """`formula` is arithmetic with its numbers in it and reads the same in every language."""

    rule: str
    clause: str
    inputs: Mapping[str, Decimal | str]
    formula: str
    result: Decimal
    children: tuple["Step", ...] = ()
    label: Text | None = None
    applied: bool = True
    reasons: tuple["Reason", ...] = field(default=())


def step_by_step(decision: "Decision") -> Step:
    """This will make the tree of a decision: what was taken, the discounts, every layer, what is left."""
    children = [_taken(decision), *(_discount(one) for one in decision.discounts), _compliant(decision)]
    children += [_layer(line) for line in decision.lines]
    children += [_patient(decision), *_ratios(decision)]
    numbers = {"total": decision.total, "discount": decision.discount, "paid": decision.paid}
    return Step("bill", "", numbers, "", decision.patient, tuple(children), decision.title)


def _taken(decision: "Decision") -> Step:
    taken = decision.taken
    inputs: dict[str, Decimal | str] = {
        "on": taken.on.isoformat(),
        "identity": taken.identity,
        "held": " ".join(taken.identities),
        "causes": " ".join(taken.causes),
        "enrolments": " ".join(taken.enrolments),
        "age": Decimal(taken.age),
        "care": taken.care,
        "level": taken.level,
        "highest_level": taken.highest_level,
    }
    return Step("taken", "", inputs, "", Decimal(0))


def _discount(one: "Discounted") -> Step:
    numbers = {"base": one.of, "rate": one.rate}
    told = formula("discount", numbers, one.amount) if one.applied else ""
    return Step(
        "discount_before", one.clause, numbers, told, one.amount, (), one.label, one.applied, one.reasons
    )


def _compliant(decision: "Decision") -> Step:
    numbers = {"settled": decision.settled, "outside": decision.settled - decision.compliant}
    return Step(
        "compliant", "", numbers, formula("compliant", numbers, decision.compliant), decision.compliant
    )


def _layer(line: "Line") -> Step:
    numbers = {"left_before": line.left_before, "left_after": line.left_after, "base": line.base}
    children = tuple(_working(working) for working in line.workings)
    return Step(
        "layer", line.clause, numbers, "", line.amount, children, line.label, line.applied, line.reasons
    )


def _working(working: "Working") -> Step:
    told = formula(working.rule, working.numbers, working.result)
    return Step(working.rule, working.clause, working.numbers, told, working.result)


def _patient(decision: "Decision") -> Step:
    numbers = {"settled": decision.settled, "paid": decision.paid}
    inside = {"inside": decision.patient_compliant, "outside": decision.patient - decision.patient_compliant}
    told = formula("patient", numbers, decision.patient)
    return Step("patient", "", numbers | inside, told, decision.patient)


def _ratios(decision: "Decision") -> list[Step]:
    inside = decision.compliant - decision.patient_compliant
    found = []
    for rule, part, whole, result in (
        ("actual_ratio", decision.paid, decision.settled, decision.actual_ratio),
        ("policy_ratio", inside, decision.compliant, decision.policy_ratio),
    ):
        if result is not None:
            numbers = {"part": part, "whole": whole}
            found.append(Step(rule, "", numbers, formula(rule, numbers, result), result))
    return found
