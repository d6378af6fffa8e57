"""The books as a single-threaded replay makes them: every standing bill, in order of discharge, through `assess`.

It knows nothing of how the product gathers a year: what was used up comes from the engine's own `used_after`."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from claims.models import Admission, Fund, Settlement
from claims.policy.engine import assess
from claims.policy.facts import Used, facts_from_json
from claims.policy.reading import read_policy

ZERO = Decimal(0)


def standing() -> list[Settlement]:
    found = Settlement.objects.filter(is_standing=True).exclude(kind="reversed")
    return list(
        found.select_related("policy", "admission").order_by("admission__discharged_on", "admission_id")
    )


def replayed() -> dict[int, tuple[dict[str, Decimal], Decimal]]:
    """By admission: yuan by layer, and the patient's share."""
    policies: dict[int, Any] = {}
    persons: dict[Any, Used] = defaultdict(Used)
    households: dict[Any, Used] = defaultdict(Used)
    found = {}
    for one in standing():
        if one.policy_id not in policies:
            policies[one.policy_id] = read_policy(one.policy.text)
        policy = policies[one.policy_id]
        facts = facts_from_json(one.facts)
        mine, ours = (one.person_id, policy.year_of(facts)), (one.household_id, policy.year_of(facts))
        facts = replace(facts, used=persons[mine], household_used=households[ours], fund_left={})
        decision = assess(policy, facts)
        persons[mine], households[ours] = decision.used_after, decision.household_used_after
        found[one.admission_id] = (
            {line.layer: line.amount for line in decision.lines if line.amount},
            decision.patient,
        )
    return found


def kept() -> dict[int, tuple[dict[str, Decimal], Decimal]]:
    """The same, as it stands in the database."""
    return {
        one.admission_id: (
            {line.layer: line.amount for line in one.lines.all() if line.amount},
            one.patient,
        )
        for one in standing()
    }


def check_books() -> None:
    """Asserts that decisions, slips, chains of revisions, states, funds and numbers all tell the same."""
    assert kept() == replayed()
    for admission in Admission.objects.all():
        _check_chain(admission)
    for fund in Fund.objects.all():
        _check_fund(fund)
    _check_numbers()


def _check_chain(admission: Admission) -> None:
    revisions = list(admission.settlements.order_by("revision"))
    assert [one.revision for one in revisions] == list(range(1, len(revisions) + 1))
    assert len({one.number for one in revisions}) <= 1
    stands = [one for one in revisions if one.is_standing and one.kind != "reversed"]
    assert len(stands) == (admission.state in ("settled", "closed")), (admission.state, revisions)
    assert len([one for one in revisions if one.kind == "reversed"]) == len(revisions) // 2
    for one in revisions:
        assert one.total == one.discount + one.paid + one.patient
        assert one.paid == (one.lines.aggregate(sum=Sum("amount"))["sum"] or ZERO)
        if one.kind != "reversed":
            assert Decimal(one.decision["patient"]) == one.patient
    assert sum((one.patient for one in revisions), ZERO) == sum((one.patient for one in stands), ZERO)


def _check_fund(fund: Fund) -> None:
    put_in = fund.entries.filter(kind="opening").aggregate(sum=Sum("amount"))["sum"] or ZERO
    paid = [
        line.amount
        for one in standing()
        if one.year == fund.year
        for line in one.lines.all()
        if line.payer == fund.payer
    ]
    assert fund.balance == put_in - sum(paid, ZERO)
    assert fund.balance == (fund.entries.aggregate(sum=Sum("amount"))["sum"] or ZERO)


def _check_numbers() -> None:
    numbers = sorted(set(Settlement.objects.values_list("number", flat=True)))
    months = defaultdict(list)
    for number in numbers:
        head, _, running = number.rpartition("-")
        months[head].append(int(running))
    for found in months.values():
        assert found == list(range(1, len(found) + 1))
