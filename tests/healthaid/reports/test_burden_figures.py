"""What illness costs households: each indicator with its version, the unknown left out, both sides of each line."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from healthaid.reports.indicators import INDICATORS, NOTHING, Figure, Slice
from healthaid.reports.queries.figures import figures
from households.models import HouseholdStatus
from households.services.monitoring.working import add_measure, verify_risk
from tests.factories.burdens import ON, Bills, a_reference, a_survey
from tests.factories.claims import a_reversal
from tests.factories.monitoring import AID, a_case_found, a_case_verified
from tests.factories.registry import a_condition, a_household, a_person


@pytest.fixture
def bills(county, cast) -> Bills:
    return Bills(county, cast, rules="")


@pytest.fixture
def home(county):
    return a_household(county.lianhe, income_per_head=10_000)


@pytest.fixture
def person(home):
    return a_person(home)


@pytest.fixture
def figure(county):
    def seen(code, *, on=ON) -> Figure:
        cut = Slice((county.lianhe.pk,), on, on - timedelta(days=60), sees_sensitive=True)
        return figures(cut, [INDICATORS[code]]).get(county.lianhe.pk, {}).get(code, NOTHING)

    return seen


@pytest.mark.parametrize(("patient", "part"), [("1000.00", 0), ("1000.01", 1)])
def test_ten_per_cent_of_income_where_spending_was_not_asked(bills, person, figure, patient, part):
    bills.bears(person, patient)
    assert figure("sdg_382_10") == Figure(part, 1)
    assert figure("sdg_382_25") == Figure(0, 1)


def test_what_is_spent_goes_before_income(bills, person, home, cast, figure):
    a_survey(home, cast.township, spent=4_000, food=1_000)
    bills.bears(person, "1000.01")
    assert figure("sdg_382_25") == Figure(1, 1)


def test_without_income_and_survey_a_household_is_not_counted(bills, county, figure):
    bills.bears(a_person(a_household(county.lianhe, income_per_head=None)), "9000")
    for code in ("sdg_382_10", "sdg_382_2025", "who_catastrophic"):
        assert figure(code) == Figure(0, 0)
    assert figure("spending_known") == Figure(0, 1)


@pytest.mark.parametrize(
    ("patient", "over", "poorer"), [("4000.00", 0, 0), ("4000.01", 1, 0), ("10000.01", 1, 1)]
)
def test_forty_per_cent_of_what_is_spent_above_the_line(
    bills, person, home, county, cast, figure, patient, over, poorer
):
    """20,000 spent by four, 2,500 each on the line: 10,000 above it."""
    a_reference(county.county, "societal_poverty_line", 2026, 2_500)
    a_survey(home, cast.township)
    bills.bears(person, patient)
    assert figure("sdg_382_2025") == Figure(over, 1)
    assert figure("sdg_382_impoverishing") == Figure(poorer, 1)


def test_whoever_is_below_the_line_is_over_with_any_cost_and_not_without_one(
    bills, person, home, county, cast, figure
):
    a_reference(county.county, "societal_poverty_line", 2026, 9_000)
    a_survey(home, cast.township)
    assert figure("sdg_382_2025") == Figure(0, 1)
    bills.bears(person, "1")
    assert figure("sdg_382_2025") == Figure(1, 1)


def test_without_the_line_of_the_year_nothing_can_be_said(bills, person, home, cast, figure):
    a_survey(home, cast.township)
    bills.bears(person, "9000")
    assert figure("sdg_382_2025") == Figure(0, 0)


@pytest.mark.parametrize(("patient", "part"), [("4799.99", 0), ("4800.00", 1)])
def test_forty_per_cent_of_the_capacity_to_pay(bills, person, home, cast, figure, patient, part):
    """The only household asked is its own middle: 20,000 less 8,000 for food."""
    a_survey(home, cast.township)
    a_survey(a_household(home.village), cast.township, food=20_000)
    a_reference(home.county, "subsistence_spending", 2026, 90_000)
    bills.bears(person, patient)
    assert figure("who_catastrophic") == Figure(part, 2)


def test_food_that_was_not_asked_leaves_the_capacity_unknown(bills, home, cast, figure):
    a_survey(home, cast.township, food=None)
    assert figure("who_catastrophic") == Figure(0, 0)


def test_a_year_is_the_twelve_months_up_to_the_day_and_a_reversal_counts_from_its_own(
    bills, person, cast, figure
):
    bill = bills.bears(person, "2000", settled_on=ON - timedelta(days=300))
    a_reversal(bill, cast.clerk, settled_on=ON)
    assert figure("sdg_382_10", on=ON - timedelta(days=1)) == Figure(1, 1)
    assert figure("sdg_382_10") == Figure(0, 1)
    assert figure("sdg_382_10", on=date(2025, 11, 1)) == Figure(0, 1)


def test_stays_are_counted_by_whether_ninety_per_cent_were_reached(bills, person, figure):
    bills.bears(person, "100", total="1000", care="inpatient")
    bills.bears(person, "100.01", total="1000", care="outpatient")
    assert figure("stays_reached") == Figure(1, 1)


def monitored(home, since, until=None, risk="illness"):
    return HouseholdStatus.objects.create(
        household=home, standing="monitored", monitored_kind="sudden", risk=risk, period=(since, until)
    )


def test_a_risk_of_illness_needs_an_ill_member(home, person, figure):
    monitored(home, date(2026, 1, 1))
    assert figure("monitored_ill") == Figure(0, 1)
    a_condition(person)
    assert figure("monitored_ill") == Figure(1, 1)


def test_a_monitored_household_is_wholly_insured(home, person, figure):
    monitored(home, date(2026, 1, 1), risk="disaster")
    assert figure("monitored_insured") == Figure(0, 1)
    person.enrolments.create(village=person.village, year=2026, scheme="basic", is_enrolled=True)
    assert figure("monitored_insured") == Figure(1, 1)


@pytest.mark.parametrize(("until", "part"), [(date(2026, 3, 1), 0), (date(2026, 3, 2), 1)])
def test_a_risk_removed_within_two_months_is_an_exception(home, person, figure, until, part):
    monitored(home, date(2026, 1, 1), until)
    assert figure("monitored_long_enough") == Figure(part, 1)


def test_an_illness_on_top_of_another_risk_is_to_be_insured(home, person, figure):
    monitored(home, date(2026, 1, 1), risk="disaster")
    assert figure("monitored_insured_other") == Figure(0, 1)
    HouseholdStatus.objects.update(risk="illness")
    assert figure("monitored_insured_other") == Figure(0, 0)


@pytest.mark.parametrize(("days", "whole"), [(30, 0), (32, 1)])
def test_a_monitored_household_has_a_measure_within_a_month(home, person, cast, figure, days, whole):
    since = ON - timedelta(days=days)
    case = a_case_verified(home, cast, on=since)
    assert figure("monitored_helped") == Figure(0, whole)
    add_measure(case=case, measure=replace(AID, since=since), by=cast.township, on=ON)
    assert figure("monitored_helped") == Figure(whole, whole)


def test_a_risk_is_verified_at_home_within_its_days(home, person, cast, county, figure):
    found_on = ON - timedelta(days=20)
    case = a_case_found(home, cast, on=found_on)
    late = a_case_found(a_household(county.lianhe), cast, on=found_on)
    assert figure("risks_verified") == Figure(0, 2)
    for each, days in ((case, 15), (late, 16)):
        verify_risk(
            case=each, finding="欠债", visited_on=found_on + timedelta(days=days), by=cast.doctor, on=ON
        )
    assert figure("risks_verified") == Figure(1, 2)


@pytest.mark.parametrize(
    "code", ["sdg_382_10", "stays_reached", "monitored_ill", "monitored_helped", "spending_known"]
)
def test_each_figure_opens_its_list(bills, person, home, cast, signed_in, code):
    bills.bears(person, "3000", care="inpatient")
    monitored(home, date(2026, 1, 1))
    url = reverse("reports:list", args=[code, "all"])
    answer = signed_in(cast.county).get(f"{url}?area={cast.county.area_id}&on=2026-09-15")
    assert answer.status_code == 200
    assert home.register_no in answer.content.decode()
