"""What a bill would come to if it were settled now: nothing is written, nothing is locked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from claims.choices import AdmissionState, SettlementKind
from claims.models import Admission
from claims.policy.decision import Decision
from claims.policy.facts import Facts
from claims.queries.facts.policies import InForce
from claims.queries.facts.situation import Situation, read_situation
from claims.queries.facts.stays import SCHEMES
from claims.services.problems import ClaimRefused, FieldProblem, refuse, wrong
from claims.services.settling.planning import Plan, plan_of, read_seen, seen
from core.accounts.models import User
from core.accounts.permissions import check
from core.base.texts import Text

_NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class LaterBill:
    """A bill settled already that would be settled again: what the patient paid of it, and would pay."""

    number: str
    last_day: date
    patient_before: Decimal
    patient_after: Decimal


@dataclass(frozen=True)
class Preview:
    """`expected` goes back to `settle`, so that nothing else is settled than what was seen."""

    decision: Decision
    facts: Facts
    in_force: InForce
    warnings: tuple[FieldProblem, ...]
    later: tuple[LaterBill, ...]
    expected: str


@dataclass(frozen=True)
class Changed:
    """One amount that is no longer what was seen."""

    label: Text
    before: Decimal
    after: Decimal


class YearMoved(Exception):
    """The year has moved since the preview; nothing was settled. `preview` is what it would be now."""

    def __init__(self, preview: Preview, changes: tuple[Changed, ...]) -> None:
        super().__init__(", ".join(f"{one.label.en}: {one.before} → {one.after}" for one in changes))
        self.preview, self.changes = preview, changes


def preview(*, admission: Admission, by: User, on: date) -> Preview:
    """This will say what each payer would bear if the stay were settled on a day; `on` ends one that goes on.

    :raises ClaimRefused: without a bill or a policy for the day, for a stay that is settled or cancelled.
    """
    check(by, "settle_bills")
    situation = read_situation(admission.pk, on=on)
    check_ready(situation, on=on, is_preview=True)
    return preview_of(situation, plan_of(situation, SettlementKind.SETTLED))


def preview_of(situation: Situation, plan: Plan) -> Preview:
    decision, facts, in_force = plan.decision, plan.facts, situation.in_force
    if decision is None or facts is None or in_force is None:
        raise refuse("", "no_policy", day=situation.facts.discharged_on)
    later = tuple(
        LaterBill(str(old.row["number"]), old.last_day, old.outcome.patient, new.outcome.patient)
        for old, new in plan.moved
    )
    warnings = tuple(_warnings(decision, facts, in_force, later))
    return Preview(decision, facts, in_force, warnings, later, seen(decision))


def check_ready(situation: Situation, *, on: date, is_preview: bool = False) -> None:
    """This will raise ClaimRefused where the bill cannot be settled on a day, with what to do first."""
    problems = list(_problems(situation, on, is_preview))
    if problems:
        raise ClaimRefused(problems)


def check_seen(expected: str, found: Preview) -> None:
    """This will raise YearMoved where an amount is not what was seen."""
    before, after = read_seen(expected), read_seen(found.expected)
    if before == after:
        return
    labels = {f"{line.layer}.{line.payer}": line.label for line in found.decision.lines}
    labels["patient"] = Text(zh="个人支付", en="Paid by the patient")
    names = [name for name in dict.fromkeys([*after, *before]) if before.get(name) != after.get(name)]
    changes = (
        Changed(labels.get(name, Text(zh=name, en=name)), _yuan(before.get(name)), _yuan(after.get(name)))
        for name in names
    )
    raise YearMoved(found, tuple(changes))


def _yuan(text: str | None) -> Decimal:
    try:
        return Decimal(text or "0.00")
    except ArithmeticError:
        return _NOTHING


def _problems(situation: Situation, on: date, is_preview: bool) -> Iterator[FieldProblem]:
    state, facts = situation.stay["state"], situation.facts
    if state == AdmissionState.CANCELLED:
        yield wrong("", "stay_cancelled")
    if state in (AdmissionState.SETTLED, AdmissionState.CLOSED):
        yield wrong("", "stay_settled")
    if state == AdmissionState.ADMITTED and not is_preview:
        yield wrong("discharged_on", "not_discharged")
    if not facts.lines:
        yield wrong("lines", "bill_empty")
    if situation.in_force is None:
        yield wrong("", "no_policy", day=facts.discharged_on)
    elif situation.in_force.policy.is_divided(facts):
        yield wrong("", "divide_first", from_day=facts.admitted_on, to_day=facts.discharged_on)
    yield from day_problems(situation, on)


def day_problems(situation: Situation, on: date) -> Iterator[FieldProblem]:
    """The problems of settling anything on a day."""
    if situation.month_is_closed:
        yield wrong("", "month_closed", month=f"{on:%Y-%m}")
    if on < situation.facts.discharged_on:
        yield wrong("", "before_discharge", day=situation.facts.discharged_on)


def _warnings(
    decision: Decision, facts: Facts, in_force: InForce, later: tuple[LaterBill, ...]
) -> Iterator[FieldProblem]:
    on = in_force.policy.date_of(facts)
    if not any(span.code in SCHEMES and span.holds(on) for span in facts.enrolments):
        yield wrong("", "not_insured", year=on.year)
    for line in decision.lines:
        for reason in line.reasons:
            if reason.code == "fund_left":
                words = {"left": reason.given[0], "wanted": reason.wanted[0]}
                yield wrong("", "fund_short", zh=line.label.zh, en=line.label.en, **words)
    if later:
        yield wrong("", "later_bills", number=len(later))
