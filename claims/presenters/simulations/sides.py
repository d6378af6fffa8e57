"""One bill settled twice, line beside line, with both explanations."""

from dataclasses import dataclass
from decimal import Decimal

from claims.policy.decision import Decision
from claims.policy.explanation import Told, told
from claims.presenters.policies.numbers import language

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Beside:
    """What one layer pays before and after; a layer of only one of the rules pays nothing in the other."""

    label: str
    before: Decimal
    after: Decimal

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


def beside(before: Decision, after: Decision) -> list[Beside]:
    old = {line.layer: line for line in before.lines}
    new = {line.layer: line for line in after.lines}
    rows = []
    for code in [*new, *(code for code in old if code not in new)]:
        line = new.get(code) or old[code]
        amounts = [side[code].amount if code in side else ZERO for side in (old, new)]
        rows.append(Beside(line.label.get(language()), *amounts))
    return [row for row in rows if row.before or row.after]


def explained(decision: Decision) -> Told:
    return told(decision, language())
