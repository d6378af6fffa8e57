"""Ratios of yuan, treat-first and one-stop: both sides of each line, and the bills behind each sum."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from healthaid.reports.indicators import INDICATORS, NOTHING, Figure, Side, Slice
from healthaid.reports.queries import lists
from healthaid.reports.queries.figures import figures, total
from tests.factories.burdens import ON, Bills
from tests.factories.claims import a_hospital_at, a_reversal, an_admission
from tests.factories.registry import a_household, a_person


@pytest.fixture
def bills(county, cast) -> Bills:
    return Bills(county, cast, rules="")


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe))


def another(person):
    return a_person(person.household, name="李四", relation="10")


@pytest.fixture
def cut(county):
    return Slice((county.lianhe.pk, county.shunjiang.pk), ON, ON - timedelta(days=60), sees_sensitive=True)


@pytest.fixture
def figure(cut):
    def seen(code: str) -> Figure:
        asked = [INDICATORS[code]]
        return total(figures(cut, asked).values(), asked)[code]

    return seen


def test_a_ratio_is_yuan_over_yuan_and_not_a_mean_of_ratios(bills, person, figure):
    bills.bears(person, "100.00", total="1000.00", care="inpatient")
    bills.bears(another(person), "5000.01", total="9000.00", care="inpatient")
    assert figure("actual_ratio") == Figure(Decimal("4899.99"), Decimal("10000.00"))
    assert figure("actual_ratio").share == 49


def test_nothing_settled_is_no_ratio(person, figure):
    assert figure("actual_ratio") == NOTHING
    assert figure("actual_ratio").share is None


def test_the_in_policy_ratio_leaves_out_what_no_list_covers(bills, person, figure):
    bills.bears(person, "300", total="1000", compliant="800", compliant_patient="100", care="inpatient")
    assert figure("actual_ratio").share == 70
    assert figure("policy_ratio") == Figure(Decimal("700.00"), Decimal("800.00"))


def test_a_reversed_bill_and_an_outpatient_one_are_not_in_it(bills, person, cast, figure):
    bill = bills.bears(person, "100", total="1000", care="inpatient")
    bills.bears(person, "100", total="1000", care="outpatient")
    a_reversal(bill, cast.clerk, settled_on=ON)
    assert figure("actual_ratio") == NOTHING


def test_villages_add_up_to_the_fen(bills, county, person, figure):
    bills.bears(person, "0.01", total="0.10", care="inpatient")
    bills.bears(a_person(a_household(county.shunjiang)), "0.02", total="0.20", care="inpatient")
    assert figure("actual_ratio") == Figure(Decimal("0.27"), Decimal("0.30"))


def test_what_lies_outside_the_county_is_left_out_of_the_narrower_figure(bills, person, figure):
    stay = bills.bears(person, "500", total="1000", care="inpatient")
    stay.admission.is_in_county = False
    stay.admission.save()
    assert figure("actual_ratio").whole == 1000
    assert figure("actual_ratio_here") == NOTHING
    assert figure("stays_reached") == Figure(0, 1)
    assert figure("stays_reached_here") == NOTHING


def test_each_side_of_a_sum_lists_the_bills_that_add_to_it(bills, person, cut):
    bills.bears(person, "100", total="1000", care="inpatient")
    bills.bears(another(person), "0", total="50", care="inpatient")
    asked = INDICATORS["actual_ratio"]
    found = {side: [row["amount"] for row in lists.rows(cut, asked, side)] for side in Side}
    assert {side: sum(amounts) for side, amounts in found.items()} == {
        "all": 1050,
        "met": 950,
        "missing": 100,
    }
    assert [lists.length(cut, asked, side) for side in Side] == [2, 2, 1]


def test_the_list_of_a_sum_states_yuan_and_bills(bills, person, cast, signed_in):
    bills.bears(person, "100.50", total="1000", care="inpatient")
    url = reverse("reports:list", args=["actual_ratio", "missing"])
    text = signed_in(cast.county).get(f"{url}?area={cast.county.area_id}&on={ON}").content.decode()
    assert 'data-total="100.50"' in text
    assert 'data-amount="100.50"' in text


@pytest.fixture
def hospital(county):
    return a_hospital_at(county.county, has_settlement_window=True)


def admitted(person, hospital, cast, **more):
    days = {"admitted_on": ON - timedelta(9), "discharged_on": ON - timedelta(2)}
    return an_admission(person, hospital, cast.clerk, care="inpatient", **{**days, **more})


@pytest.mark.parametrize(
    ("why", "whole", "eligible"), [("", 1, 1), ("declined", 1, 1), ("third_party", 1, 0), ("arrears", 1, 0)]
)
def test_whoever_the_rule_leaves_out_is_not_eligible(person, hospital, cast, figure, why, whole, eligible):
    admitted(person, hospital, cast, treats_first=not why, no_credit=why)
    assert figure("treated_first") == Figure(0 if why else 1, whole)
    assert figure("treated_first_due") == Figure(0 if why else eligible, eligible)


def test_a_stay_that_was_called_off_is_none(person, hospital, cast, figure):
    admitted(person, hospital, cast, state="cancelled", cancel_reason="重复登记")
    assert figure("treated_first") == figure("one_stop") == NOTHING


def test_the_first_day_decides_on_treat_first_and_the_last_on_one_stop(person, hospital, cast, figure):
    admitted(person, hospital, cast, admitted_on=date(2026, 1, 5))
    assert figure("treated_first") == NOTHING
    assert figure("one_stop") == Figure(0, 1)


@pytest.mark.parametrize(("days", "window", "part"), [(0, True, 1), (1, True, 0), (0, False, 0)])
def test_one_stop_is_settled_at_the_window_on_the_day_of_discharge(bills, person, figure, days, window, part):
    bill = bills.bears(person, "100", total="1000", care="inpatient", settled_on=ON)
    bill.admission.discharged_on = ON - timedelta(days)
    bill.admission.save()
    bill.institution.has_settlement_window = window
    bill.institution.save()
    assert figure("one_stop") == Figure(part, 1)
