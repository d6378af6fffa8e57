"""What a layer gives: bands, rates, top-ups, told amounts; and what every line says beside its amount."""

from decimal import Decimal

import pytest

from claims.policy.engine import assess
from claims.policy.facts import Used
from tests.factories.policies import facts, layer, line, policy_of

FUND = "bands = [{upto=10000, rate=1}, {upto=30000, rate=0.95}, {upto=50000, rate=0.90}, {rate=0.85}]"


def amount(policy, bill, code="x"):
    return assess(policy, bill).line(code).amount


@pytest.mark.parametrize(("mode", "pays"), [("marginal", "55500.00"), ("whole_bracket", "51000.00")])
def test_sixty_thousand_in_the_fund_s_bands(mode, pays):
    policy = policy_of(layer("x", "bands", f'base = "remaining"\nmode = "{mode}"\n{FUND}'))
    assert amount(policy, facts(line("60000"))) == Decimal(pays)


def test_a_top_up_leaves_a_tenth_of_the_whole():
    policy = policy_of(
        layer("basic", "rate", 'base = "compliant"\nrate = 0.5\ndeductible = 300'),
        layer("x", "topup", "target = 0.90"),
    )
    decision = assess(policy, facts(line("3949.20"), line("600", cls="C")))
    assert decision.patient == Decimal("454.92")
    assert decision.paid == Decimal("4094.28")


def test_a_told_amount_is_held_to_what_is_left():
    policy = policy_of(layer("x", "fixed"))
    decision = assess(policy, facts(line("100"), reported={"x": Decimal("120.00")}))
    assert decision.line("x").amount == Decimal("100.00")
    assert "no_more_than_left" in [reason.code for reason in decision.line("x").reasons]


def test_an_amount_that_was_not_told_is_said_so():
    decision = assess(policy_of(layer("x", "fixed")), facts(line("100")))
    assert [reason.code for reason in decision.line("x").reasons] == ["not_reported"]
    assert decision.patient == Decimal("100.00")


def test_a_layer_that_is_not_for_the_person_tells_every_reason():
    body = 'base = "total"\nrate = 1\nwhen = { identity = ["destitute"], level = ["township"], care = ["inpatient"] }'
    told = assess(policy_of(layer("x", "rate", body)), facts(line("100"))).line("x")
    assert not told.applied
    assert [(reason.code, reason.holds) for reason in told.reasons] == [
        ("identity", False), ("care", True), ("level", False),
    ]  # fmt: skip


def test_the_year_s_ceiling_counts_what_was_paid_before():
    policy = policy_of(layer("x", "rate", 'base = "total"\nrate = 1\nceiling_year = 1000'))
    used = Used(paid={"x": Decimal("900.00")})
    assert amount(policy, facts(line("500"), used=used)) == Decimal("100.00")


def test_totals_after_a_bill_hold_the_bill():
    policy = policy_of(layer("x", "rate", 'base = "compliant"\nrate = 0.8\ndeductible = 100'))
    after = assess(policy, facts(line("1000"), line("50", cls="C"))).used_after
    assert after.paid == {"x": Decimal("720.00")}
    assert after.base == {"x": Decimal("1000.00")}
    assert (after.self_pay, after.compliant_self_pay) == (Decimal("330.00"), Decimal("280.00"))
    assert after.highest_level == "county"
