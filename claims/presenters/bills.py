"""A stay with its bill, its decision, its revisions and what was paid, as the pages and papers show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from claims.choices import AdmissionState, Care, ItemCategory, ItemClass, ReceiptKind, SettlementKind
from claims.models import InstalmentPlan, Receipt, Settlement
from claims.policy.decision import decision_from_json
from claims.presenters.decisions import DecisionView, present_decision
from claims.presenters.window import TONES, age_words, days_words, stages
from claims.queries.bills import bill_facts
from core.accounts.models import User

ZERO = Decimal("0.00")
KIND_TONES = {
    SettlementKind.SETTLED: "good",
    SettlementKind.CORRECTED: "info",
    SettlementKind.ADJUSTED: "info",
    SettlementKind.REVERSED: "quiet",
}


@dataclass(frozen=True)
class CostRow:
    """One kind of cost: its sum by class, and what of it is paid first or over the limit."""

    label: str
    by_class: dict[str, Decimal]
    first_pay: Decimal
    over_limit: Decimal

    @property
    def total(self) -> Decimal:
        return sum(self.by_class.values(), ZERO)

    @property
    def class_a(self) -> Decimal:
        return self.by_class.get(ItemClass.A, ZERO)

    @property
    def class_b(self) -> Decimal:
        return self.by_class.get(ItemClass.B, ZERO)

    @property
    def class_c(self) -> Decimal:
        return self.by_class.get(ItemClass.C, ZERO)


@dataclass(frozen=True)
class Costs:
    rows: list[CostRow]
    sums: CostRow

    @property
    def total(self) -> Decimal:
        return self.sums.total


def costs_of(items: Iterable[Any], label: str) -> Costs:
    """Rows in the order of the categories, and one with the sums of all, called `label`."""
    kept = list(items)
    rows = [
        _row(str(category.label), [i for i in kept if i.category == category]) for category in ItemCategory
    ]
    return Costs([row for row in rows if row.total], _row(label, kept))


def _row(label: str, items: list[Any]) -> CostRow:
    by_class: dict[str, Decimal] = {}
    for item in items:
        by_class[item.item_class] = by_class.get(item.item_class, ZERO) + item.amount
    first = sum((item.first_pay for item in items), ZERO)
    return CostRow(label, by_class, first, sum((item.over_limit for item in items), ZERO))


@dataclass(frozen=True)
class Revision:
    """One revision as a column beside the others."""

    settlement: Settlement
    name: str
    kind: str
    tone: str
    is_standing: bool
    reason: str
    because_of: str
    has_slip: bool
    lines: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    """Revisions side by side: `rows` are label and one amount for each revision."""

    revisions: list[Revision]
    rows: list[tuple[str, list[Decimal | None]]]


@dataclass(frozen=True)
class StayView:
    title: str
    person: str
    age: str
    state: str
    tone: str
    days: str
    stages: list[dict[str, str]]
    costs: Costs
    standing: Settlement | None
    decision: DecisionView | None
    story: Story
    adjusted: list[Settlement]
    receipts: list[Receipt]
    plan: InstalmentPlan | None
    instalments: list[dict[str, Any]]
    received: Decimal
    due: Decimal | None
    can_agree: bool

    @property
    def refund(self) -> Decimal:
        return max(-(self.due or ZERO), ZERO)


def present_stay(stay: Any, user: User, on: date) -> StayView:
    """A stay that `queries.window.get_stay` has read."""
    facts = bill_facts(user, stay)
    due = stay.due if facts.standing else None
    decision = facts.standing.decision if facts.standing else {}
    return StayView(
        title=stay.diagnosis,
        person=stay.person.name,
        age=age_words(stay.person.birth_date, on),
        state=stay.get_state_display(),
        tone=TONES[AdmissionState(stay.state)],
        days=days_words(stay),
        stages=stages(stay),
        costs=costs_of(facts.items, ""),
        standing=facts.standing,
        decision=present_decision(decision_from_json(decision)) if decision else None,
        story=_story(facts.revisions),
        adjusted=facts.adjusted,
        receipts=facts.receipts,
        plan=facts.plan,
        instalments=_instalments(facts.plan, due or ZERO, on),
        received=stay.received,
        due=due,
        can_agree=stay.care == Care.INPATIENT and stay.treats_first,
    )


def _story(revisions: list[Settlement]) -> Story:
    shown = [_revision(each) for each in revisions]
    rows: list[tuple[str, list[Decimal | None]]] = [
        (label, [revision.lines.get(code) for revision in shown])
        for code, label in labels_of(revisions).items()
    ]
    return Story(shown, rows)


def _revision(settlement: Settlement) -> Revision:
    lines: dict[str, Decimal] = {}
    for line in settlement.lines.all():
        lines[line.layer] = lines.get(line.layer, ZERO) + line.amount
    return Revision(
        settlement=settlement,
        name=f"{settlement.number}-{settlement.revision}",
        kind=settlement.get_kind_display(),
        tone=KIND_TONES[SettlementKind(settlement.kind)],
        is_standing=settlement.is_standing and settlement.kind != SettlementKind.REVERSED,
        reason=settlement.reason,
        because_of=str(settlement.because_of) if settlement.because_of_id else "",
        has_slip=bool(settlement.decision or (settlement.reverses and settlement.reverses.decision)),
        lines=lines,
    )


def labels_of(settlements: Sequence[Settlement]) -> dict[str, str]:
    """How the policies call the layers that pay something; the bare code where no decision is kept."""
    language = get_language() or "zh-hans"
    paying = {line.layer: line.layer for each in settlements for line in each.lines.all() if line.amount}
    for each in settlements:
        if each.decision:
            lines = decision_from_json(each.decision).lines
            paying |= {line.layer: line.label.get(language) for line in lines if line.layer in paying}
    return paying


def _instalments(plan: InstalmentPlan | None, due: Decimal, on: date) -> list[dict[str, Any]]:
    """Each part with what has come in for it, the earliest first: the parts made what was due, so what is
    not due any more is paid."""
    parts = sorted(plan.instalments.all(), key=lambda part: part.due_on) if plan else []
    left = max(sum((part.amount for part in parts), ZERO) - due, ZERO)
    shown = []
    for part in parts:
        paid = min(left, part.amount)
        left -= paid
        is_late = paid < part.amount and part.due_on < on
        shown.append({"due_on": part.due_on, "amount": part.amount, "paid": paid, "is_late": is_late})
    return shown


def is_refund(receipt: Receipt) -> bool:
    return receipt.kind == ReceiptKind.REFUND
