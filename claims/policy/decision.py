"""What a policy gives for one bill: a line for each payer, the patient's share, and all the workings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter

from claims.policy.facts import Used
from claims.policy.steps import Step, step_by_step
from claims.policy.taken import Taken
from core.base.texts import Text


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a line (`holds`) or against it: what is wanted and what is so, as codes or numbers."""

    code: str
    holds: bool
    wanted: tuple[str, ...] = ()
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Working:
    """One piece of arithmetic: the rule, the numbers that went in by name, and what came out."""

    rule: str
    numbers: Mapping[str, Decimal]
    result: Decimal
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What one payer pays by one layer. A layer that gives nothing has a line too, with the reasons why."""

    layer: str
    payer: str
    amount: Decimal
    base: Decimal
    """What the layer was reckoned on, before its deductible."""
    deductible: Decimal
    """The part of it that was taken from this bill."""
    left_before: Decimal
    left_after: Decimal
    clause: str
    applied: bool
    """Whether the person and the bill meet the conditions of the layer."""
    reasons: tuple[Reason, ...]
    label: Text
    kind: str
    workings: tuple[Working, ...]


@dataclass(frozen=True, slots=True)
class Discounted:
    """What a hospital takes off some categories before anything is settled."""

    code: str
    label: Text
    clause: str
    amount: Decimal
    compliant: Decimal
    """The part of it that lies inside the policy's range."""
    rate: Decimal
    of: Decimal
    categories: tuple[str, ...]
    applied: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """total - discount = sum of the lines + patient, to the cent; nothing is below zero.

    `compliant` is what lies inside the policy's range after the discount. `actual_ratio` is what the payers
    bear of total - discount; `policy_ratio` what they bear of `compliant`, without money for what is outside.
    """

    policy: str
    title: Text
    on: date
    year: int
    """The calendar year whose totals this bill was reckoned with."""
    taken: Taken
    total: Decimal
    discount: Decimal
    compliant: Decimal
    discounts: tuple[Discounted, ...]
    lines: tuple[Line, ...]
    patient: Decimal
    patient_compliant: Decimal
    """The part of the patient's share that lies inside the policy's range."""
    actual_ratio: Decimal | None
    policy_ratio: Decimal | None
    used_after: Used
    household_used_after: Used
    target: Decimal | None = None
    """The share of `settled` that the policy wants borne; None where it names none."""

    @property
    def settled(self) -> Decimal:
        """What was there to be paid after the discounts."""
        return self.total - self.discount

    @property
    def paid(self) -> Decimal:
        """What all payers bear together."""
        return self.settled - self.patient

    @property
    def explanation(self) -> Step:
        """The whole reckoning as a tree, made from the stored numbers when it is asked for."""
        return step_by_step(self)

    def line(self, layer: str) -> Line:
        """This will give the line of a layer.

        :raises KeyError: where the policy has no such layer.
        """
        for line in self.lines:
            if line.layer == layer:
                return line
        raise KeyError(layer)

    def as_json(self) -> dict[str, Any]:
        """The decision as plain JSON, amounts and dates as text; `decision_from_json` gives an equal one."""
        given: dict[str, Any] = _DECISION.dump_python(self, mode="json")
        return given | {
            "used_after": self.used_after.as_json(),
            "household_used_after": self.household_used_after.as_json(),
        }


_DECISION: TypeAdapter[Decision] = TypeAdapter(Decision)


def decision_from_json(given: Mapping[str, Any]) -> Decision:
    """This will read a decision back from `Decision.as_json`."""
    return _DECISION.validate_python(given)
