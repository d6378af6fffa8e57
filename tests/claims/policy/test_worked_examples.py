"""Published settlement cases: those that add up come out to the cent, those that do not are not believed."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from claims.policy.engine import assess
from claims.policy.facts import Used
from tests.factories.policies import facts, layer, line, policy_of

DATA = json.loads((Path(__file__).parent / "data" / "worked_examples.json").read_text(encoding="utf-8"))
EXAMPLES = {example["id"]: example for example in DATA["examples"]}


def vector(example):
    return EXAMPLES[example]["test_vector"]


def inputs(example):
    return {
        name: yuan(value)
        for name, value in EXAMPLES[example]["inputs"].items()
        if not isinstance(value, list)
    }


def yuan(value):
    return Decimal(str(value)) if isinstance(value, int | float) else value


def as_toml(bands):
    return (
        "["
        + ", ".join(
            f"{{upto = {edge}, rate = {rate}}}" if edge else f"{{rate = {rate}}}" for edge, rate in bands
        )
        + "]"
    )


def band_policy(given, base="remaining", **more):
    mode = more.pop("mode", given.get("mode", "marginal"))
    origin = more.pop("origin", given["band_origin"])
    body = [f'base = "{base}"', f"deductible = {given.get('deductible', given.get('deductible_year'))}"]
    body += [f'mode = "{mode}"', f'origin = "{origin}"', f"bands = {as_toml(given['bands'])}"]
    body += [f"{name} = {value}" for name, value in more.items()]
    return policy_of(layer("x", "bands", "\n".join(body)))


def told_policy(*codes):
    return policy_of(*(layer(code, "fixed") for code in codes))


def settled(total, *told):
    """A bill of which some payers have told what they pay."""
    amounts = {f"payer{place}": Decimal(str(amount)) for place, amount in enumerate(told)}
    return assess(told_policy(*amounts), facts(line(str(total)), reported=amounts))


def test_four_payers_at_one_window():
    given = vector("E01")
    rows = given["rows"]
    policy = policy_of(
        layer("a", "fixed"),
        layer("b", "fixed"),
        layer("c", "rate", f'base = "remaining"\nrate = {rows[2][2]}'),
        layer("d", "rate", f'base = "remaining"\nrate = {rows[3][2]}'),
    )
    reported = {"a": Decimal(rows[0][2]), "b": Decimal(rows[1][2])}
    decision = assess(policy, facts(line(given["total"]), reported=reported))
    assert [str(one.amount) for one in decision.lines] == given["expected_pays"]
    assert str(decision.patient) == given["expected_self"]


@pytest.mark.parametrize("example", ["E05", "E06", "E28"])
def test_bands_by_the_origin_of_their_edges(example):
    given = vector(example)
    decision = assess(band_policy(given), facts(line(given["base"])))
    assert str(decision.paid) == given["expected"]


@pytest.mark.parametrize(("example", "origin"), [("E05", "net"), ("E06", "gross")])
def test_the_other_origin_gives_the_other_amount(example, origin):
    given = vector(example)
    decision = assess(band_policy(given, origin=origin), facts(line(given["base"])))
    assert str(decision.paid) == given[f"expected_if_{origin}_origin"]


def test_inside_and_outside_the_catalogue_have_deductibles_of_their_own():
    given = vector("E09")
    policy = policy_of(
        layer("inside", "rate", f'base = "remaining_compliant"\ndeductible = {given["inside_deductible"]}\nrate = {given["inside_rate"]}'),
        layer("outside", "bands", f'base = "class_c"\ndeductible = {given["outside_deductible"]}\nbands = {as_toml(given["outside_bands"])}'),
    )  # fmt: skip
    decision = assess(policy, facts(line(given["inside_self"]), line(given["outside_self"], cls="C")))
    assert [str(one.amount) for one in decision.lines] == given["expected"]


def test_eighty_five_percent_inside_the_policy_leaves_a_hundred_thousand():
    told = inputs("E10")
    policy = told_policy("basic", "critical")
    reported = {"basic": told["居民医保"], "critical": told["大病保险"]}
    bill = facts(line("133083.32"), line("81240.72", cls="C"), reported=reported)
    decision = assess(policy, bill)
    assert decision.total == told["总费用"]
    assert str(decision.patient) == "101203.21"
    assert decision.policy_ratio == Decimal("0.85").quantize(decision.policy_ratio)
    assert str(decision.actual_ratio)[:6] == "0.5278"


def test_the_patient_of_the_first_document_bears_a_tenth():
    given = vector("E12")
    policy = policy_of(layer("x", "topup", f"target = {given['target_ratio']}"))
    decision = assess(policy, facts(line(given["total"])))
    assert (str(decision.patient), str(decision.paid)) == (
        given["expected_self"],
        given["expected_reimbursed"],
    )


@pytest.mark.parametrize("base", EXAMPLES["E13"]["published_output"]["table"])
@pytest.mark.parametrize("mode", ["marginal", "whole_bracket"])
def test_the_fund_of_the_second_document(base, mode):
    decision = assess(band_policy(vector("E13"), mode=mode), facts(line(base)))
    assert str(decision.paid) == EXAMPLES["E13"]["published_output"]["table"][base][mode]


def test_a_bill_of_shimen_stays_below_ninety_percent():
    told = inputs("E14")
    decision = settled(told["总费用"], told["报销补偿"])
    assert str(decision.patient) == "7727.90"
    assert str(decision.actual_ratio)[:5] == "0.817"


def test_aid_of_sixty_percent_of_what_insurance_leaves():
    policy = policy_of(
        layer("a", "fixed"),
        layer("b", "fixed"),
        layer("c", "rate", 'base = "remaining_compliant"\nrate = 0.6'),
    )
    bill = facts(line("114500"), reported={"a": Decimal(40000), "b": Decimal(47000)})
    decision = assess(policy, bill)
    assert (str(decision.line("c").amount), str(decision.patient)) == ("16500.00", "11000.00")


@pytest.mark.parametrize(
    ("bill", "age", "deductible", "pays", "bears"),
    [("30000", 40, "404.20", "24564.51", "5435.49"), ("60000", 50, "970.08", "46336.00", "13664.00")],
)
def test_a_rate_that_rises_with_age_under_a_year_s_ceiling(bill, age, deductible, pays, bears):
    body = 'base = "total"\nrate = 0.75\nrate_per_year_of_age = 0.002\nceiling_year = 46336'
    policy = policy_of(layer("x", "rate", f"{body}\ndeductible = {deductible}"))
    decision = assess(policy, facts(line(bill), birth_date=facts().discharged_on.replace(year=2020 - age)))
    assert (str(decision.paid), str(decision.patient)) == (pays, bears)


def test_a_rate_with_a_ceiling_of_the_year():
    given = vector("E19")
    body = f'base = "total"\nrate = {given["rate"]}\ndeductible = {given["deductible"]}'
    bill = facts(line(given["base"]))
    assert str(assess(policy_of(layer("x", "rate", body)), bill).paid) == given["expected_uncapped"]
    capped = policy_of(layer("x", "rate", f"{body}\nceiling_year = {given['cap']}"))
    assert str(assess(capped, bill).paid) == given["expected"]


def in_turn(policy, bills):
    """Settles bills one after another, each with the year's sums so far; gives what each is paid."""
    used, paid = Used(), []
    for lines in bills:
        decision = assess(policy, facts(*lines, used=used))
        used = decision.used_after
        paid.append(str(decision.paid))
    return paid


@pytest.mark.parametrize("how", ['deductible_period = "year"', 'period = "year"'])
def test_a_year_s_deductible_crosses_visits(how):
    given = vector("E20")
    body = f'base = "compliant"\nrate = {given["rate"]}\ndeductible = {given["deductible_year"]}\n{how}'
    visits = [
        (line("200"), line("100", cls="B", first_pay="4"), line("50", cls="C")),
        (line("600"), line("100", cls="B", first_pay="4"), line("100", cls="C")),
        (line("200"), line("300", cls="B", first_pay="12")),
    ]
    policy = policy_of(layer("x", "rate", body))
    assert [assess(policy, facts(*lines)).compliant for lines in visits] == [
        Decimal(x) for x in given["eligible"]
    ]
    assert in_turn(policy, visits) == given["expected"]


def test_half_of_the_own_first_part_counts():
    policy = policy_of(
        layer("drug", "rate", 'base = "class_c"\ncategories = ["western_drug"]\nrate = 0.7'),
        layer(
            "a", "rate", "base = { remaining_compliant = 1, first_pay = 0.5 }\ndeductible = 15000\nrate = 0.7"
        ),
        layer("b", "rate", 'base = "class_c"\ncategories = ["material"]\ndeductible = 20000\nrate = 0.4'),
    )
    lines = (
        line("50000", cls="B", first_pay="30000"),
        line("70000", category="material", cls="C"),
        line("100000", category="western_drug", cls="C"),
    )
    decision = assess(policy, facts(*lines))
    assert [str(one.amount) for one in decision.lines] == ["70000.00", "14000.00", "20000.00"]
    assert decision.paid == Decimal("104000.00")


def test_rate_and_deductible_by_level_of_hospital():
    body = (
        'base = "total"\nrate = { province = 0.55, other = 0.65 }\ndeductible = { province = 500, other = 0 }'
    )
    policy = policy_of(layer("x", "rate", body))
    assert str(assess(policy, facts(line("60000"), level="province")).paid) == vector("E26")["expected"]
    assert str(assess(policy, facts(line("5000"), level="township")).paid) == "3250.00"


def test_bills_counted_over_the_year_make_the_same_sum():
    given = vector("E35")
    policy = band_policy(given, base="remaining_compliant", period='"year"')
    paid = in_turn(policy, [(line(amount),) for amount in given["eligible"]])
    assert paid == given["expected"]
    assert sum(Decimal(amount) for amount in paid) == Decimal(vector("E05")["expected"])


def test_the_order_of_bills_over_the_year_does_not_change_their_sum():
    given = vector("E35")
    policy = band_policy(given, base="remaining_compliant", period='"year"')
    turned = in_turn(policy, [(line(amount),) for amount in reversed(given["eligible"])])
    assert sum(Decimal(amount) for amount in turned) == Decimal("93800.00")


def test_two_payers_of_the_same_amount_both_count():
    given = vector("E40")
    assert settled(given["total"], *given["layers"]).patient == Decimal(given["expected_self"])


def test_a_hospital_may_be_who_tops_up():
    policy = policy_of(layer("x", "topup", "target = 0.9", payer="hospital"))
    decision = assess(policy, facts(line("3300")))
    assert (decision.line("x").payer, decision.patient) == ("hospital", Decimal("330.00"))


@pytest.mark.parametrize(
    ("example", "total", "told", "bears"),
    [
        ("E30", "157928.29", ["115541.99"], "42386.30"),
        ("E33", "430000", ["210000", "76000"], "144000.00"),
        ("E34", "50000", ["45000"], "5000.00"),
    ],
)
def test_told_amounts_leave_what_the_case_says(example, total, told, bears):
    assert str(settled(total, *told).patient) == bears


# Pages that do not add up: what is derived differs from what is printed, and is right.


def test_a_printed_self_pay_is_not_believed():
    told = inputs("E18")
    decision = settled(told["总费用"], told["合作医疗"], told["医疗救助"], told["临时医疗救助"])
    assert decision.patient == Decimal("1605.00")
    assert decision.patient != EXAMPLES["E18"]["published_output"]["个人"]


def test_a_printed_formula_with_another_rate_gives_another_amount():
    body = 'base = "total"\nrate = 0.85\ndeductible = 404.20'
    assert str(assess(policy_of(layer("x", "rate", body)), facts(line("60000"))).paid) == "50656.43"


def test_items_that_do_not_make_the_printed_total_are_added_up():
    visit = EXAMPLES["E20"]["inputs"]["visits"][1]
    decision = assess(told_policy("x"), facts(*(line(str(visit[name])) for name in ("甲", "乙", "自费"))))
    assert decision.total == Decimal("700.00") != visit["总"]


def test_a_deductible_is_no_cost_item():
    """Both pages reach their printed total by adding the deductible of 800 as if it had been spent."""
    given = inputs("E24")
    lines = (
        line(str(given["甲类"])), line(str(given["乙类"]), cls="B", first_pay="1820"),
        line(str(given["放宽项目"]), cls="B", first_pay="600", category="examination"),
        line(str(given["进口关节"]), category="material", cls="B", first_pay="25000"),
        line(str(given["自费药"]), cls="C"), line(str(given["自理"]), cls="C"),
    )  # fmt: skip
    policy = policy_of(
        layer("material", "rate", 'base = "compliant"\ncategories = ["material"]\nrate = 1'),
        layer("x", "rate", 'base = "compliant"\ncategories = ["treatment", "examination"]\nrate = 0.888'),
    )
    decision = assess(policy, facts(*lines))
    assert decision.total == Decimal("109200.00") != given["总费用"]
    assert decision.paid == Decimal("70980.64")
    assert decision.patient + 800 == Decimal("39019.36")


def test_fourteen_percent_of_the_items_without_the_deductible():
    given = inputs("E25")
    lines = (
        line(str(given["甲类"])), line(str(given["乙类"]), cls="B", first_pay="200"),
        line(str(given["放宽"]), cls="B", first_pay="180"), line(str(given["自费药"]), cls="C"),
        line(str(given["自理"]), cls="C"),
    )  # fmt: skip
    decision = assess(policy_of(layer("x", "rate", 'base = "compliant"\nrate = 0.86')), facts(*lines))
    assert decision.total == Decimal("19200.00") != given["总费用"]
    assert decision.paid == Decimal("14723.20")


def test_a_slipped_base_is_derived_again():
    body = 'base = "compliant"\ndeductible = 700\nrate = 0.92'
    bill = facts(line("8590.48", cls="B", first_pay="501.97"))
    decision = assess(policy_of(layer("x", "rate", body)), bill)
    assert str(decision.paid) == "6797.43"


def test_nobody_pays_more_than_the_bill():
    given = vector("E28")
    paid = assess(band_policy(given), facts(line(given["base"]))).paid
    assert paid == Decimal("104000.00") < EXAMPLES["E28"]["published_output"]["合计"]


def test_a_ratio_is_reckoned_and_not_an_adjective():
    told = inputs("E31")
    assert str(settled(told["总"], told["报销"]).actual_ratio)[:5] == "0.422"


@pytest.mark.parametrize(("place", "printed"), [(0, "50.6"), (1, "50.6"), (2, "51.4")])
def test_ratios_of_three_persons(place, printed):
    """The page prints 53.1 for the third."""
    given = EXAMPLES["E32"]["inputs"]
    ratio = settled(
        given["费用"][place] * 10000, given["基本"][place] * 10000, given["大病"][place] * 10000
    ).actual_ratio
    assert str((ratio * 100).quantize(Decimal("0.1"))) == printed


def test_a_bill_of_nothing_has_no_ratio():
    decision = assess(band_policy(vector("E13")), replace(facts(), lines=()))
    assert (decision.actual_ratio, decision.policy_ratio) == (None, None)
