"""A household that bears too much is warned of with the bill that crosses the line."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import BurdenWarning, Instalment, InstalmentPlan
from claims.queries.burdens.crossed import burden_after
from claims.services.warnings.raising import raise_all, raise_warnings
from tests.factories.burdens import ON, Bills, a_reference
from tests.factories.claims import a_reversal
from tests.factories.registry import a_household, a_person

DECEMBER = date(2026, 12, 20)


@pytest.fixture
def bills(county, cast) -> Bills:
    return Bills(county, cast)


@pytest.fixture
def home(county):
    return a_household(county.lianhe, standing="registered", income_per_head=9000)


@pytest.fixture
def person(home):
    return a_person(home)


def raised(settlement, on=DECEMBER, by=None):
    return raise_warnings(settlement=settlement, on=on, by=by or settlement.settled_by)


def the_warning(rule: str) -> BurdenWarning:
    return BurdenWarning.objects.get(rule=rule)


def test_ten_thousand_yuan_itself_raise_nothing(bills, person):
    assert raised(bills.bears(person, "10000.00")) == []


def test_one_fen_over_ten_thousand_raises_one_warning_with_its_reckoning(bills, person):
    settlement = bills.bears(person, "10000.01", settled_on=DECEMBER)
    assert len(raised(settlement)) == 1
    warning = the_warning("xian_low_income")
    assert (warning.burden, warning.threshold) == (Decimal("10000.01"), Decimal("10000.00"))
    assert (warning.edition, warning.year, warning.settlement, warning.state) == (
        "2025",
        2026,
        settlement,
        "raised",
    )
    assert (warning.village, warning.raised_on, warning.due_on) == (
        person.village,
        DECEMBER,
        date(2027, 1, 4),
    )
    assert warning.grounds["is_expected"] is False
    assert [(step.state, step.done_by) for step in warning.steps.all()] == [("raised", settlement.settled_by)]


def test_the_same_household_rule_and_year_are_raised_once(bills, person):
    raised(bills.bears(person, "10001"))
    assert raised(bills.bears(person, "500")) == []
    assert the_warning("xian_low_income").burden == Decimal("10501.00")
    assert the_warning("xian_low_income").steps.count() == 1


def test_a_dismissed_warning_stays_dismissed(bills, person):
    raised(bills.bears(person, "10001"))
    BurdenWarning.objects.update(state="dismissed", finding="有存款", ended_on=ON)
    assert raised(bills.bears(person, "500")) == []
    assert the_warning("xian_low_income").burden == Decimal("10001.00")


def test_the_bills_of_all_members_are_added_up(bills, home, person):
    wife = a_person(home, name="李四", relation="10", sex="2")
    bills.bears(person, "6000")
    assert len(raised(bills.bears(wife, "4001"))) == 1


def test_a_reversed_bill_is_no_burden(bills, person, cast):
    a_reversal(bills.bears(person, "9000"), cast.clerk)
    assert raised(bills.bears(person, "4000")) == []


def test_last_years_bills_are_not_this_years_burden(bills, person):
    bills.bears(person, "9000", settled_on=date(2025, 12, 30))
    assert raised(bills.bears(person, "4000")) == []


def test_a_household_of_no_low_income_has_the_higher_line(bills, county):
    lifted = a_person(a_household(county.lianhe, standing="lifted"))
    assert raised(bills.bears(lifted, "26000")) == []
    assert len(raised(bills.bears(lifted, "0.01"))) == 1
    assert the_warning("xian_general").threshold == Decimal("26000.00")


def test_an_identity_counts_on_the_day_of_the_bill(bills, county):
    lifted = a_person(a_household(county.lianhe, standing="lifted"))
    lifted.identities.create(kind="subsistence", period="[2026-01-01,2026-07-01)")
    assert raised(bills.bears(lifted, "10001"), on=date(2026, 9, 20)) == []
    lifted.identities.create(kind="destitute", period="[2026-07-01,)")
    assert len(raised(bills.bears(lifted, "1"), on=date(2026, 9, 20))) == 1


def test_a_county_without_rules_in_force_raises_nothing(county, cast, person):
    assert raised(Bills(county, cast, rules="").bears(person, "90000")) == []


def test_chronic_bills_are_expected_to_go_on_until_december(bills, person):
    """700 a month in July, August and September: 2,100 so far and 2,100 more. Then a stay of 6,000."""
    for month in (7, 8, 9):
        bills.bears(person, "700", settled_on=date(2026, month, 3), care="chronic_outpatient")
    last = bills.bears(person, "6000")
    assert len(raised(last, on=ON)) == 1
    warning = the_warning("xian_low_income")
    assert (warning.burden, warning.projected) == (Decimal("8100.00"), Decimal("10200.00"))
    assert warning.grounds["is_expected"] is True
    assert (warning.grounds["monthly"], warning.grounds["months_left"]) == ("700.00", 3)


def test_what_was_expected_becomes_what_is_borne(bills, person):
    test_chronic_bills_are_expected_to_go_on_until_december(bills, person)
    raised(bills.bears(person, "3000"), on=ON)
    assert the_warning("xian_low_income").grounds["is_expected"] is False


def test_instalments_of_earlier_years_still_due_are_expected(bills, person, cast):
    old = bills.bears(person, "9000", settled_on=date(2025, 11, 1))
    plan = InstalmentPlan.objects.create(
        admission=old.admission, agreed_on=date(2025, 11, 1), agreed_by=cast.clerk
    )
    for day in (date(2026, 9, 1), date(2026, 10, 1), date(2026, 12, 1), date(2027, 1, 1)):
        Instalment.objects.create(plan=plan, due_on=day, amount=600)
    assert len(raised(bills.bears(person, "9000"), on=ON)) == 1
    assert the_warning("xian_low_income").projected == Decimal("10200.00")


def test_a_person_is_measured_by_last_years_income_per_head_of_the_province(county, cast, home):
    bills = Bills(county, cast, rules="yangyuan_2022")
    a_reference(county.province, "rural_income_per_head", 2025, "20000")
    a_reference(county.province, "rural_income_per_head", 2026, "1")
    home.__class__.objects.filter(pk=home.pk).update(standing="lifted")
    husband, wife = a_person(home), a_person(home, name="李四", relation="10", sex="2")
    raised(bills.bears(husband, "9000"))
    assert not raised(bills.bears(wife, "9000"))
    raised(bills.bears(wife, "1000.01"))
    warning = the_warning("yangyuan_lifted")
    assert (warning.person, warning.threshold) == (wife, Decimal("10000.00"))
    assert (warning.grounds["reference"], warning.grounds["reference_year"]) == ("20000.00", 2025)


def test_a_missing_yearly_figure_raises_nothing(county, cast, person):
    assert raised(Bills(county, cast, rules="yangyuan_2022").bears(person, "90000")) == []


@pytest.mark.parametrize(
    ("patient", "line", "warned"),
    [("4500", "9000", 1), ("4499.99", "9000", 0), ("4500", "4500", 0), ("4500.01", "4500", 1)],
)
def test_half_of_the_income_and_the_rest_below_the_line(county, cast, person, patient, line, warned):
    """One person with 9,000 a year."""
    bills = Bills(county, cast, rules="")
    a_reference(county.county, "income_line", 2025, line)
    assert len(raised(bills.bears(person, patient))) == warned


def test_an_unknown_income_is_not_no_income(county, cast):
    poor = a_person(a_household(county.lianhe, income_per_head=None))
    a_reference(county.county, "income_line", 2026, "9000")
    assert raised(Bills(county, cast, rules="").bears(poor, "50000")) == []


def test_the_window_of_twelve_months_goes_over_the_new_year(county, cast, person):
    bills = Bills(county, cast, rules="")
    a_reference(county.county, "income_line", 2025, "9000")
    bills.bears(person, "4000", settled_on=date(2025, 10, 1))
    bills.bears(person, "4000", settled_on=date(2025, 8, 1))
    assert raised(bills.bears(person, "400"), on=ON) == []
    assert len(raised(bills.bears(person, "100"), on=ON)) == 1


def test_the_monthly_run_finds_every_household_and_finds_none_twice(bills, county, person):
    bills.bears(person, "10001")
    bills.bears(a_person(a_household(county.qingshui, standing="registered")), "12000")
    bills.bears(a_person(a_household(county.qingshui, standing="registered")), "9999")
    assert raise_all(on=DECEMBER, county_id=county.county.pk) == 2
    assert raise_all(on=DECEMBER, county_id=county.county.pk) == 0
    assert raise_all(on=DECEMBER, county_id=county.other_county.pk) == 0


def test_a_preview_tells_which_lines_a_bill_would_cross_and_writes_nothing(bills, person):
    bills.bears(person, "9000")
    with CaptureQueriesContext(
        connection,
    ) as said:
        crossed = burden_after(
            person=person, patient=Decimal("1000.01"), compliant_patient=Decimal("0"), on=ON
        )
    assert [(one.rule, one.burden, one.is_expected) for one in crossed] == [
        ("xian_low_income", Decimal("10000.01"), False)
    ]
    assert len(said.captured_queries) == 1
    assert not BurdenWarning.objects.exists()


def test_a_preview_of_a_harmless_bill_says_nothing(bills, person):
    bills.bears(person, "9000")
    assert burden_after(person=person, patient=Decimal("900"), compliant_patient=Decimal(0), on=ON) == []


class TestRulesOfSinglePersons:
    @pytest.fixture
    def bills(self, county, cast) -> Bills:
        a_reference(county.county, "rural_income_per_head", 2025, 8000)
        return Bills(county, cast, rules="yangyuan_2022")

    def test_each_member_over_the_line_is_warned_of(self, bills, home, person):
        wife = a_person(home, name="李四", relation="10", sex="2")
        raised(bills.bears(person, "8001"))
        assert len(raised(bills.bears(wife, "9001"))) == 1
        found = BurdenWarning.objects.filter(rule="yangyuan_other").order_by("burden")
        assert [(warning.person, warning.burden) for warning in found] == [(person, 8001), (wife, 9001)]

    def test_the_same_member_is_warned_of_once(self, bills, home, person):
        raised(bills.bears(person, "8001"))
        assert raised(bills.bears(person, "100")) == []
        assert BurdenWarning.objects.get(rule="yangyuan_other").burden == 8101

    def test_a_preview_names_whose_costs_cross_the_line(self, bills, home, person):
        wife = a_person(home, name="李四", relation="10", sex="2")
        bills.bears(person, "8001", settled_on=ON)
        found = burden_after(person=wife, patient=Decimal(9001), compliant_patient=Decimal(9001), on=DECEMBER)
        assert {crossing.person for crossing in found} == {person.name, "李四"}
