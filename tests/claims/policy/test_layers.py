"""The parameters of layers: what a document may say of bases, deductibles, ceilings, modifiers, payers."""

from datetime import date
from decimal import Decimal

import pytest

from claims.policy.engine import assess
from claims.policy.facts import Span, Used
from tests.factories.policies import facts, layer, line, policy_of


def paid(policy, bill, code="x"):
    return str(assess(policy, bill).line(code).amount)


def rate(body, code="x"):
    return layer(code, "rate", f"rate = 1\n{body}")


def against(decision, code="x"):
    return [reason.code for reason in decision.line(code).reasons if not reason.holds]


MIXED = (
    line("1000"),
    line("500", cls="B", first_pay="50", over_limit="100"),
    line("300", cls="C", category="material"),
)


@pytest.mark.parametrize(
    ("base", "amount"),
    [
        ("total", "1800.00"), ("compliant", "1350.00"), ("remaining", "1600.00"), ("remaining_compliant", "1150.00"),
        ("outside", "450.00"), ("first_pay", "50.00"), ("over_limit", "100.00"), ("class_c", "300.00"),
    ],
)  # fmt: skip
def test_a_base_is_its_part_of_the_bill(base, amount):
    policy = policy_of(layer("first", "fixed"), rate(f'base = "{base}"'))
    decision = assess(policy, facts(*MIXED, reported={"first": Decimal(200)}))
    assert str(decision.line("x").base) == amount


@pytest.mark.parametrize(
    ("rules", "amount"),
    [
        ("", "1350.00"), ('class_c = "inside"', "1650.00"), ('first_pay = "inside"', "1400.00"),
        ('over_limit = "inside"', "1450.00"), ('class_c = "inside"\nnegative_list = ["material"]', "1350.00"),
    ],
)  # fmt: skip
def test_what_is_compliant_is_the_policy_s_choice(rules, amount):
    policy = policy_of(rate('base = "compliant"'), more=f"[compliance]\n{rules}")
    assert paid(policy, facts(*MIXED)) == amount


def test_a_layer_on_the_compliant_part_never_pays_for_the_rest():
    policy = policy_of(layer("first", "fixed"), rate('base = "compliant"'))
    decision = assess(policy, facts(*MIXED, reported={"first": Decimal(1000)}))
    assert str(decision.line("x").amount) == "350.00"
    assert decision.patient == Decimal("450.00")


def test_money_for_what_lies_outside_leaves_the_compliant_part():
    policy = policy_of(rate('base = "class_c"', "first"), rate('base = "compliant"'))
    assert paid(policy, facts(*MIXED)) == "1350.00"


def test_only_some_categories_count():
    policy = policy_of(rate('base = "total"\ncategories = ["material"]'))
    assert paid(policy, facts(*MIXED)) == "300.00"


@pytest.mark.parametrize(
    ("level", "amount"), [("township", "1000.00"), ("county", "600.00"), ("city", "0.00")]
)
def test_a_deductible_goes_by_level(level, amount):
    policy = policy_of(rate('base = "total"\ndeductible = { township = 0, county = 400, other = 1500 }'))
    assert paid(policy, facts(line("1000"), level=level)) == amount


def test_a_year_s_deductible_is_borne_once():
    policy = policy_of(rate('base = "total"\ndeductible = 700\ndeductible_period = "year"'))
    decision = assess(policy, facts(line("500"), used=Used(base={"x": Decimal("600.00")})))
    assert (str(decision.line("x").amount), str(decision.line("x").deductible)) == ("400.00", "100.00")


def test_a_household_shares_its_deductible_and_its_ceiling():
    policy = policy_of(
        rate(
            'base = "total"\nper = "household"\ndeductible = 500\ndeductible_period = "year"\nceiling_year = 1000'
        )
    )
    household = Used(base={"x": Decimal("400.00")}, paid={"x": Decimal("300.00")})
    decision = assess(policy, facts(line("2000"), household_used=household))
    assert str(decision.line("x").amount) == "700.00"
    assert decision.household_used_after.paid["x"] == Decimal("1000.00")


def test_what_counts_of_a_bill_is_limited_before_the_rate():
    policy = policy_of(layer("x", "rate", 'base = "total"\nrate = 0.5\nbase_ceiling = 1000'))
    assert paid(policy, facts(line("5000"))) == "500.00"


def test_what_counts_in_a_month_is_limited_before_the_rate():
    policy = policy_of(layer("x", "rate", 'base = "total"\nrate = 0.5\nbase_month = 400'))
    used = Used(month_base={"x": Decimal("300.00")})
    assert paid(policy, facts(line("250"), used=used)) == "50.00"


@pytest.mark.parametrize(("rule", "amount"), [("ceiling_visit", "400.00"), ("ceiling_month", "100.00")])
def test_a_ceiling_holds_what_is_paid(rule, amount):
    policy = policy_of(rate(f'base = "total"\n{rule} = 400'))
    decision = assess(policy, facts(line("1000"), used=Used(month_paid={"x": Decimal("300.00")})))
    assert str(decision.line("x").amount) == amount
    assert against(decision) == [rule]


def test_a_year_s_ceiling_may_go_by_the_highest_level_used():
    body = 'base = "total"\nceiling_year = { county = 1000, province = 5000, other = 0 }\nceiling_by = "{}"'
    bill = facts(line("3000"), used=Used(highest_level="province"))
    assert paid(policy_of(rate(body.replace("{}", "highest_level"))), bill) == "3000.00"
    assert paid(policy_of(rate(body.replace("{}", "this_level"))), bill) == "1000.00"


@pytest.mark.parametrize(
    ("before", "amount"), [("2000.00", "0.00"), ("2800.00", "300.00"), ("9000.00", "500.00")]
)
def test_self_pay_of_a_year_is_capped(before, amount):
    policy = policy_of(layer("x", "cap_self_pay", "cap = 3000"))
    bill = facts(line("500"), used=Used(compliant_self_pay=Decimal(before)))
    assert paid(policy, bill) == amount


def test_a_cumulated_self_pay_counts_what_was_borne_before():
    policy = policy_of(layer("x", "rate", 'base = "cumulated_self_pay"\ndeductible = 5000\nrate = 0.7'))
    used = Used(self_pay=Decimal("4000.00"))
    decision = assess(policy, facts(line("3000"), used=used))
    assert str(decision.line("x").amount) == "1400.00"
    again = assess(policy, facts(line("1000"), used=decision.used_after))
    assert str(again.line("x").amount) == "700.00"


def test_an_earlier_deductible_may_be_taken_off_the_base():
    policy = policy_of(
        layer("basic", "rate", 'base = "total"\nrate = 0.5\ndeductible = 400'),
        rate('base = "remaining"\nless_deductibles = ["basic"]'),
    )
    assert paid(policy, facts(line("1000"))) == "300.00"


@pytest.mark.parametrize(("edge", "amount"), [("inclusive", "10000.00"), ("exclusive", "9500.00")])
def test_an_amount_on_the_edge_of_a_bracket(edge, amount):
    bands = "[{ upto = 10000, rate = 1 }, { rate = 0.95 }]"
    body = f'base = "total"\nmode = "whole_bracket"\nupper_edge = "{edge}"\nbands = {bands}'
    assert paid(policy_of(layer("x", "bands", body)), facts(line("10000"))) == amount


@pytest.mark.parametrize(
    ("how", "amount"),
    [("half_up", "33.34"), ("floor", "33.33"), ("yuan_half_up", "33.00"), ("yuan_floor", "33.00")],
)
def test_a_layer_rounds_its_own_way(how, amount):
    policy = policy_of(layer("x", "rate", f'base = "total"\nrate = 0.33335\nrounding = "{how}"'))
    assert paid(policy, facts(line("100"))) == amount


def test_a_whole_yuan_is_never_more_than_is_left():
    policy = policy_of(rate('base = "total"\nrounding = "yuan_half_up"'))
    assert paid(policy, facts(line("99.70"))) == "99.70"


def test_modifiers_apply_in_their_order():
    body = """base = "total"
deductible = 1000
adjust = [
  { when = { identity = ["registered"] }, deductible_factor = 0.5, rate_factor = 0.5 },
  { when = { level = ["county"] }, rate_plus = 0.25 },
  { when = { level = ["city"] }, rate = 0 },
]"""
    assert paid(policy_of(rate(body)), facts(line("1500"))) == "750.00"


def test_points_never_lift_a_rate_above_the_whole():
    body = 'base = "total"\nadjust = [{ when = { level = ["county"] }, rate_plus = 0.5 }]'
    assert paid(policy_of(rate(body)), facts(line("100"))) == "100.00"


def test_a_split_loses_no_cent():
    body = """base = "remaining"
share = 0.5
remainder_code = "y"
remainder_payer = "township"
remainder_label = { zh = "镇", en = "township" }"""
    decision = assess(policy_of(layer("x", "split", body, payer="hospital")), facts(line("0.05")))
    assert [(one.payer, str(one.amount)) for one in decision.lines] == [
        ("hospital", "0.03"),
        ("township", "0.02"),
    ]
    assert decision.patient == 0


OFF = """[[discounts]]
code = "off"
label = { zh = "减免", en = "off" }
clause = "第一条"
categories = ["bed"]
rate = 0.20
"""


def test_a_discount_before_lowers_the_bill_and_its_compliant_part():
    policy = policy_of(layer("x", "topup", "target = 0.9"), more=OFF)
    decision = assess(policy, facts(line("100", category="bed", over_limit="40"), line("900")))
    assert (str(decision.total), str(decision.discount)) == ("1000.00", "20.00")
    assert str(decision.compliant) == "948.00"
    assert str(decision.line("x").amount) == "882.00"


def test_a_discount_as_a_row_leaves_the_bill_as_it_is():
    policy = policy_of(layer("x", "discount", 'categories = ["bed"]\nrate = 0.20', payer="hospital"))
    decision = assess(policy, facts(line("100", category="bed"), line("900")))
    assert (str(decision.total), str(decision.discount)) == ("1000.00", "0.00")
    assert str(decision.line("x").amount) == "20.00"


def test_no_burden_pays_what_is_left_of_the_compliant_part():
    policy = policy_of(layer("x", "zero_burden", 'when = { level = ["township"] }'))
    decision = assess(policy, facts(*MIXED, level="township"))
    assert (str(decision.line("x").amount), str(decision.patient)) == ("1350.00", "450.00")


# Who a layer is for, on which day.


def spans(*codes, starts=date(2016, 1, 1), ends=None):
    return tuple(Span(code, starts, ends) for code in codes)


def test_the_best_identity_counts():
    policy = policy_of(rate('base = "total"\nwhen = { identity = ["subsistence"] }'))
    decision = assess(policy, facts(line("1"), identities=spans("monitored", "registered", "subsistence")))
    assert decision.taken.identity == "subsistence"
    assert decision.taken.identities == ("monitored", "registered", "subsistence")
    assert decision.line("x").applied


def test_any_identity_may_be_asked_for():
    policy = policy_of(rate('base = "total"\nwhen = { holds = ["registered"] }'))
    assert assess(policy, facts(line("1"), identities=spans("registered", "destitute"))).line("x").applied


@pytest.mark.parametrize(("rule", "applied"), [("admission", False), ("discharge", True)])
def test_identity_is_taken_on_the_policy_s_date(rule, applied):
    policy = policy_of(rate('base = "total"\nwhen = { identity = ["registered"] }'))
    head = policy.policy.model_copy(update={"date_rule": rule})
    bill = facts(line("1"), identities=spans("registered", starts=date(2020, 6, 9)))
    assert assess(policy.model_copy(update={"policy": head}), bill).line("x").applied is applied


@pytest.mark.parametrize(("ends", "applied"), [(date(2020, 6, 9), False), (date(2020, 6, 10), True)])
def test_an_identity_ends_before_its_last_day(ends, applied):
    policy = policy_of(rate('base = "total"\nwhen = { identity = ["registered"] }'))
    assert (
        assess(policy, facts(line("1"), identities=spans("registered", ends=ends))).line("x").applied
        is applied
    )


def test_a_stay_over_new_year_counts_in_the_year_that_the_policy_names():
    policy = policy_of(rate('base = "total"'))
    bill = facts(line("1"), admitted_on=date(2019, 12, 30), discharged_on=date(2020, 1, 4))
    by_admission = policy.model_copy(
        update={"policy": policy.policy.model_copy(update={"year_rule": "admission"})}
    )
    assert (assess(policy, bill).year, assess(by_admission, bill).year) == (2020, 2019)


@pytest.mark.parametrize(("birth", "applied"), [(date(1960, 6, 9), True), (date(1960, 6, 10), False)])
def test_age_is_full_years_on_the_policy_s_date(birth, applied):
    policy = policy_of(rate('base = "total"\nwhen = { age_from = 60 }'))
    assert assess(policy, facts(line("1"), birth_date=birth)).line("x").applied is applied


@pytest.mark.parametrize(
    ("code", "applied"), [("I10.x00x002", True), ("i10", True), ("I15.9", False), ("", False)]
)
def test_a_diagnosis_is_matched_by_its_beginning(code, applied):
    policy = policy_of(rate('base = "total"\nwhen = { diagnosis = ["I10", "E11"] }'))
    assert assess(policy, facts(line("1"), diagnosis=code)).line("x").applied is applied


def test_one_of_several_conditions_is_enough():
    policy = policy_of(
        rate('base = "total"\nwhen = { any = [{ in_county = true }, { referral = ["followed"] }] }')
    )
    assert assess(policy, facts(line("1"))).line("x").reasons[0].code == "in_county"
    assert against(assess(policy, facts(line("1"), in_county=False))) == ["in_county", "referral"]


def test_what_is_excluded_is_told():
    policy = policy_of(rate('base = "total"\nwhen = { not = { level = ["province"] } }'))
    assert assess(policy, facts(line("1"))).line("x").applied
    assert against(assess(policy, facts(line("1"), level="province"))) == ["not_level"]


def test_later_layers_say_when_nothing_is_left():
    policy = policy_of(rate('base = "total"', "first"), rate('base = "total"'))
    decision = assess(policy, facts(line("10")))
    assert decision.line("x").applied and against(decision) == ["nothing_left"]
