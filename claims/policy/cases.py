"""Runs the cases inside a policy file: every amount that a case writes down must come out to the cent."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from claims.policy.decision import Decision
from claims.policy.engine import assess
from claims.policy.money import ZERO
from claims.policy.schema import Case, Policy
from claims.policy.years import PersonsBill, in_years, one_after_another


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
    found = [difference for case in policy.cases for difference in differences(policy, case)]
    return found + list(_of_years(policy))


def _of_years(policy: Policy) -> Iterator[Difference]:
    for rule in policy.year_end:
        for case in rule.cases:
            amount = rule.reckon(case.whole, case.own).amount
            if amount != case.amount:
                yield Difference(case.name, f"year_end.{rule.code}", str(case.amount), str(amount))


def differences(policy: Policy, case: Case) -> list[Difference]:
    """This will settle one case and give what comes out otherwise than written."""
    decisions = _settled(policy, case)
    wrong = [
        Difference(case.name, name, str(wanted), str(found))
        for name, wanted, found in _amounts(decisions, case)
        if wanted != found
    ]
    return wrong + list(_reasons(decisions, case))


def _settled(policy: Policy, case: Case) -> list[Decision]:
    """One decision, or one for each year where the policy divides the stay at New Year."""
    if not policy.is_divided(case.facts):
        return [assess(policy, case.facts)]
    return list(one_after_another(policy, in_years(policy, PersonsBill(1, 1, case.facts))))


def _amounts(decisions: list[Decision], case: Case) -> Iterator[tuple[str, Decimal, Decimal | None]]:
    for name in ("total", "discount", "compliant", "patient"):
        wanted = getattr(case.expect, name)
        if wanted is not None:
            yield name, wanted, sum((getattr(one, name) for one in decisions), ZERO)
    found: dict[str, Decimal] = {}
    for line in (line for one in decisions for line in one.lines):
        found[line.layer] = found.get(line.layer, ZERO) + line.amount
    for layer, wanted in case.expect.lines.items():
        yield f"lines.{layer}", wanted, found.get(layer)


def _reasons(decisions: list[Decision], case: Case) -> Iterator[Difference]:
    for layer, wanted in case.expect.reasons.items():
        told = {
            reason.code
            for decision in decisions
            for line in decision.lines
            if line.layer == layer
            for reason in line.reasons
            if not reason.holds
        }
        if not told.issuperset(wanted):
            yield Difference(case.name, f"reasons.{layer}", ", ".join(wanted), ", ".join(sorted(told)))
