"""What a decision says in words: every reason, the clause, the arithmetic with its numbers in it."""

import tomllib
from pathlib import Path
from typing import get_args

import pytest

from claims.choices import Care, HospitalLevel, ItemCategory, ReferralStanding
from claims.policy import explanation
from claims.policy import facts as facts_module
from claims.policy.conditions import QUESTIONS
from claims.policy.engine import assess
from claims.policy.explanation import as_text, told, word
from claims.policy.formulas import FORMULAS, percent, yuan
from claims.policy.shelf import library_policy
from households.choices import Cause, IdentityKind, Scheme
from tests.factories.policies import facts, layer, line, policy_of


def steps(step):
    yield step
    for child in step.children:
        yield from steps(child)


def chen():
    return assess(library_policy("yuetang_2019"), library_policy("yuetang_2019").cases[0].facts)


def test_the_root_says_who_bears_what():
    assert told(chen(), "zh-hans").text == "总费用 4,549.20 元，各方共支付 4,094.28 元，个人负担 454.92 元"
    assert (
        told(chen(), "en").text == "of 4,549.20 yuan in all, the payers bear 4,094.28 and the patient 454.92"
    )


def test_a_layer_says_its_clause_its_amount_and_its_arithmetic():
    layers = [step for step in told(chen(), "zh-hans").children if step.rule == "layer"]
    basic = layers[0]
    assert basic.title == "城乡居民基本医疗保险"
    assert basic.clause.endswith("住院统筹")
    assert str(basic.amount) == "2971.84"
    assert "(3,746.28 − 250.00) × 85% = 2,971.838" in [step.formula for step in basic.children]
    assert "适用调整：贫困人口住院起付线降低50%，报销比例提高10个百分点" in [
        step.text for step in basic.children
    ]


def test_what_the_hospital_takes_off_is_told_first():
    policy = library_policy("xian_550_2017")
    text = told(assess(policy, policy.cases[3].facts), "zh-hans").text
    assert text == "总费用 42,600.00 元，先减免 200.00 元，各方共支付 40,400.00 元，个人负担 2,000.00 元"


def test_edges_above_the_deductible_are_told_as_such():
    policy = library_policy("shimen_2017")
    text = as_text(told(assess(policy, policy.cases[1].facts), "zh-hans"))
    assert "起付线以上 0.00 元以上至 30,000.00 元的部分 1,500.00 元，按 50% 支付" in text


def test_both_ratios_stand_with_their_denominator():
    text = as_text(told(chen(), "zh-hans"))
    assert "实际补偿比（÷ 总费用）  [4,094.28 ÷ 4,549.20 = 90.00%]" in text
    assert "政策范围内报销比（÷ 合规费用）  [3,746.28 ÷ 3,746.28 = 100.00%]" in text


def test_reasons_for_and_against_are_told():
    policy = policy_of(
        layer("x", "zero_burden", 'when = { identity = ["destitute", "subsistence"], level = ["county"] }')
    )
    (one,) = [
        step for step in told(assess(policy, facts(line("10"))), "zh-hans").children if step.rule == "layer"
    ]
    assert not one.applied
    assert [(reason.holds, reason.text) for reason in one.reasons] == [
        (False, "身份是建档立卡贫困人口，要求特困供养人员、低保对象"),
        (True, "在县级医院就诊"),
    ]


def test_several_identities_are_told_with_the_one_that_counts():
    case = library_policy("xian_550_2017").cases[3]
    text = as_text(told(assess(library_policy("xian_550_2017"), case.facts), "zh-hans"))
    assert "同时有这些身份：建档立卡贫困人口、低保对象；取待遇最好的一种：低保对象" in text


def test_every_band_is_told_with_its_part():
    case = library_policy("xian_550_2017").cases[1]
    text = as_text(told(assess(library_policy("xian_550_2017"), case.facts), "zh-hans"))
    assert (
        "10,000.00 元以上至 30,000.00 元的部分 20,000.00 元，按 95% 支付  [20,000.00 × 95% = 19,000.00]"
        in text
    )
    assert "50,000.00 元以上的部分 10,000.00 元，按 85% 支付" in text


@pytest.mark.parametrize(
    ("amount", "text"), [("0", "0.00"), ("1234.5", "1,234.50"), ("2971.838", "2,971.838")]
)
def test_amounts_are_written_with_at_least_two_places(amount, text):
    assert yuan(line("0").amount + type(line("0").amount)(amount)) == text


@pytest.mark.parametrize(("share", "text"), [("1", "100%"), ("0.9", "90%"), ("0.925", "92.5%"), ("0", "0%")])
def test_shares_are_written_as_percent(share, text):
    assert percent(type(line("0").amount)(share)) == text


CODES = [
    *Care, *HospitalLevel, *ItemCategory, *ReferralStanding, *Cause, *IdentityKind, *Scheme,
]  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_every_code_of_the_records_has_its_words(code):
    assert word(str(code), "en") != "" and word(str(code), "zh-hans") != str(code)


@pytest.mark.parametrize(
    ("codes", "choices"),
    [
        (facts_module.Care, Care), (facts_module.Level, HospitalLevel), (facts_module.Category, ItemCategory),
        (facts_module.Referral, ReferralStanding), (facts_module.Cause, Cause), (facts_module.Scheme, Scheme),
    ],
)  # fmt: skip
def test_a_policy_knows_the_codes_of_the_records(codes, choices):
    assert get_args(codes) == tuple(choices.values)


def test_identities_stand_in_the_order_of_the_records():
    assert tuple(IdentityKind.values) == facts_module.BY_BENEFIT


def test_every_question_and_every_rule_has_its_words():
    raw = tomllib.loads(Path(explanation.__file__).with_name("explanation.toml").read_text(encoding="utf-8"))
    assert set(QUESTIONS) <= set(raw["reasons"])
    assert set(FORMULAS) <= set(raw["steps"])
    for part in ("steps", "bases", "codes"):
        assert all(set(words) == {"zh", "en"} for words in raw[part].values())
