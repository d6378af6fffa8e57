"""What holds for every policy and every bill."""

import json
from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.policy.conditions import Condition, compiled
from claims.policy.decision import decision_from_json
from claims.policy.engine import assess
from claims.policy.explanation import as_text, told
from claims.policy.facts import facts_from_json
from claims.policy.taken import taken_on
from tests.factories.random_policies import bills, conditions, policies

many = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


@many
@given(policies(), bills())
def test_payers_and_patient_make_the_bill_exactly(policy, facts):
    decision = assess(policy, facts)
    assert decision.total == sum(line.amount for line in facts.lines)
    assert (
        sum(line.amount for line in decision.lines) + decision.patient == decision.total - decision.discount
    )


@many
@given(policies(), bills())
def test_nothing_is_below_zero_and_nobody_pays_more_than_is_left(policy, facts):
    decision = assess(policy, facts)
    left = decision.settled
    for line in decision.lines:
        assert line.left_before == left
        assert Decimal(0) <= line.amount <= left
        assert line.amount == line.amount.quantize(Decimal("0.01"))
        assert line.base >= 0 and line.deductible >= 0
        left -= line.amount
        assert line.left_after == left
    assert Decimal(0) <= decision.patient_compliant <= decision.patient == left
    assert Decimal(0) <= decision.compliant <= decision.settled <= decision.total


@many
@given(st.lists(conditions(), min_size=1, max_size=3), bills())
def test_a_condition_holds_exactly_where_all_of_its_reasons_do(parts, facts):
    condition = compiled(
        Condition.model_validate({"all": [{"any": parts}, *parts], "not": {"all": parts[:1]}})
    )
    taken = taken_on(facts.discharged_on, facts)
    for asked in (condition, *condition.parts):
        assert asked.holds(taken) == all(reason.holds for reason in asked.reasons(taken))


@many
@given(policies(), bills())
def test_no_fund_pays_more_than_it_has(policy, facts):
    decision = assess(policy, facts)
    for payer, left in facts.fund_left.items():
        assert sum(line.amount for line in decision.lines if line.payer == payer) <= left


@many
@given(policies(), bills())
def test_ratios_lie_between_nothing_and_the_whole(policy, facts):
    decision = assess(policy, facts)
    for ratio in (decision.actual_ratio, decision.policy_ratio):
        assert ratio is None or 0 <= ratio <= 1


@many
@given(policies(), bills(), st.randoms())
def test_the_order_of_the_lines_of_a_bill_changes_nothing(policy, facts, random):
    shuffled = list(facts.lines)
    random.shuffle(shuffled)
    assert assess(policy, replace(facts, lines=tuple(shuffled))) == assess(policy, facts)


@many
@given(policies(), bills())
def test_facts_and_decision_survive_json_and_replay_to_the_same(policy, facts):
    decision = assess(policy, facts)
    again = facts_from_json(json.loads(json.dumps(facts.as_json())))
    assert again == facts
    assert decision_from_json(json.loads(json.dumps(decision.as_json()))) == decision
    assert assess(policy, again) == decision


@many
@given(policies(), bills())
def test_every_decision_can_be_told_in_both_languages(policy, facts):
    decision = assess(policy, facts)
    for language in ("zh-hans", "en"):
        assert "{" not in as_text(told(decision, language))


@many
@given(policies(), bills())
def test_totals_after_a_bill_are_those_before_and_the_bill(policy, facts):
    decision = assess(policy, facts)
    for before, after in (
        (facts.used, decision.used_after), (facts.household_used, decision.household_used_after)
    ):  # fmt: skip
        assert after.self_pay == before.self_pay + decision.patient
        assert after.compliant_self_pay == before.compliant_self_pay + decision.patient_compliant
        for line in decision.lines:
            assert after.paid.get(line.layer, 0) == before.paid.get(line.layer, 0) + line.amount
