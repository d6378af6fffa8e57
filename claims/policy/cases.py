"""Runs the cases inside a policy file: every amount that a case writes down must come out to the cent."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from claims.policy.decision import Decision
from claims.policy.engine import assess
from claims.policy.schema import Case, Policy


@dataclass(frozen=True)
class Difference:
    """What a case expects and does not get; `name` is patient, total, lines.basic, reasons.backstop."""

    case: str
    name: str
    wanted: str
    found: str

    def __str__(self) -> str:
        return f"{self.case}: {self.name}: {self.found}, not {self.wanted}"


def run_cases(policy: Policy) -> list[Difference]:
    """This will settle every case of a policy and give what comes out otherwise than written."""
    return [difference for case in policy.cases for difference in differences(policy, case)]


def differences(policy: Policy, case: Case) -> list[Difference]:
    """This will settle one case and give what comes out otherwise than written."""
    decision = assess(policy, case.facts)
    wrong = [
        Difference(case.name, name, str(wanted), str(found))
        for name, wanted, found in _amounts(decision, case)
        if wanted != found
    ]
    return wrong + list(_reasons(decision, case))


def _amounts(decision: Decision, case: Case) -> Iterator[tuple[str, Decimal, Decimal | None]]:
    for name in ("total", "discount", "compliant", "patient"):
        wanted = getattr(case.expect, name)
        if wanted is not None:
            yield name, wanted, getattr(decision, name)
    found = {line.layer: line.amount for line in decision.lines}
    for layer, wanted in case.expect.lines.items():
        yield f"lines.{layer}", wanted, found.get(layer)


def _reasons(decision: Decision, case: Case) -> Iterator[Difference]:
    for layer, wanted in case.expect.reasons.items():
        told = {
            reason.code
            for line in decision.lines
            if line.layer == layer
            for reason in line.reasons
            if not reason.holds
        }
        if not told.issuperset(wanted):
            yield Difference(case.name, f"reasons.{layer}", ", ".join(wanted), ", ".join(sorted(told)))
