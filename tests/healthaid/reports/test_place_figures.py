"""Villages and clinics, and the figures that differ by what they leave out."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from core.clinics.models import Licence, RebuildProject
from healthaid.reports.indicators import INDICATORS, NOTHING, Figure, Slice
from healthaid.reports.queries.figures import figures
from households.models import Condition
from tests.factories.cases import a_case, an_ill_person
from tests.factories.facts import (
    ON,
    a_duty_of,
    a_visit_to,
    an_attempt_at,
    an_enrolment_of,
    an_exam_of,
)
from tests.factories.ground import a_practitioner, an_institution
from tests.factories.outreach import a_price, an_event
from tests.factories.registry import a_condition, a_household, a_person


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe))


@pytest.fixture
def seen(county):
    def figure(code: str, *, on: date = ON, sensitive: bool = True) -> Figure:
        cut = Slice((county.lianhe.pk,), on, date(2026, 7, 1), sees_sensitive=sensitive)
        return figures(cut, [INDICATORS[code]]).get(county.lianhe.pk, {}).get(code, NOTHING)

    return figure


def licensed(clinic, until: date) -> Licence:
    return Licence.objects.create(
        practitioner=a_practitioner(clinic),
        kind="乡村医生",
        number=f"N{until}",
        valid_from=date(2020, 1, 1),
        valid_to=until,
    )


class TestPlaces:
    def test_a_village_without_registered_households_is_not_counted(self, county, seen):
        an_institution(county.lianhe)
        assert seen("villages_with_clinic") == NOTHING
        assert seen("clinics_public") == Figure(1, 1)

    def test_a_village_without_a_clinic_is_a_gap(self, county, person, seen):
        assert seen("villages_with_clinic") == Figure(0, 1)
        an_institution(county.lianhe)
        an_institution(county.lianhe)
        assert seen("villages_with_clinic") == Figure(1, 1)

    def test_a_licence_counts_to_its_last_day(self, county, person, seen):
        licensed(an_institution(county.lianhe), ON)
        assert seen("villages_licensed") == Figure(1, 1)
        assert seen("villages_licensed", on=ON + timedelta(1)) == Figure(0, 1)

    def test_rented_rooms_are_not_publicly_owned(self, county, person, seen):
        an_institution(county.lianhe, ownership="rented", is_standardised=True)
        an_institution(county.lianhe)
        assert seen("clinics_public") == seen("clinics_standardised") == Figure(1, 2)

    def test_a_rebuilt_clinic_meets_the_standard_from_the_day_it_was_accepted(self, county, seen):
        clinic = an_institution(county.lianhe, is_standardised=True)
        RebuildProject.objects.create(
            institution=clinic, title="改建", budget=1, began_on=ON - timedelta(90), accepted_on=ON
        )
        assert seen("clinics_standardised") == Figure(1, 1)
        assert seen("clinics_standardised", on=ON - timedelta(1)) == Figure(0, 1)

    @pytest.mark.parametrize("code", ["villages_licensed", "clinics_standardised"])
    def test_a_place_is_listed_by_its_name(self, county, person, cast, signed_in, code):
        an_institution(county.lianhe, name="联合村卫生室")
        url = reverse("reports:list", args=[code, "all"])
        text = signed_in(cast.county).get(f"{url}?area={cast.county.area_id}&on={ON}").content.decode()
        assert "联合村卫生室" in text and 'data-total="1"' in text


class TestBeds:
    @pytest.fixture
    def hospitals(self, county):
        """The county's hospital is counted in the county's first village, a town's in the town's."""
        an_institution(county.county, "county_hospital", name="区医院", beds=200, reserved_beds=10)
        an_institution(county.dongping, "township_hospital", name="东坪卫生院", beds=21, reserved_beds=1)
        an_institution(county.hetang, "township_hospital", beds=20, reserved_beds=1)
        an_institution(county.province, "higher_hospital", beds=900, reserved_beds=45)

    def test_beds_are_summed_once_for_their_town_and_county(self, county, hospitals):
        cut = Slice((county.lianhe.pk, county.shunjiang.pk, county.qingshui.pk), ON, date(2026, 7, 1))
        found = figures(cut, [INDICATORS["beds_reserved"]])
        assert {pk: each["beds_reserved"] for pk, each in found.items()} == {
            county.lianhe.pk: Figure(11, 221),
            county.qingshui.pk: Figure(1, 20),
        }

    def test_five_per_cent_are_rounded_up_in_each_hospital(self, hospitals, seen):
        assert seen("hospitals_reserving") == Figure(1, 2)

    def test_the_list_sums_the_beds_hospital_by_hospital(self, hospitals, county, cast, signed_in):
        url = f"{reverse('reports:list', args=['beds_reserved', 'all'])}?area={county.county.pk}&on={ON}"
        text = signed_in(cast.county).get(url).content.decode()
        assert 'data-total="241"' in text and 'data-amount="200"' in text and "东坪卫生院" in text


class TestEvents:
    def test_free_clinics_are_counted_from_the_first_of_january(self, county, cast, seen):
        an_event(county.lianhe, cast.doctor)
        an_event(county.dongping, cast.doctor)
        an_event(county.lianhe, cast.doctor, held_on=date(2025, 12, 31))
        an_event(county.lianhe, cast.doctor, "lecture")
        assert seen("free_clinics").whole == 2
        assert seen("publicity_held").whole == 1
        assert seen("free_clinics", on=date(2026, 1, 31)) == NOTHING

    def test_a_village_without_a_free_clinic_of_its_own_is_a_gap(self, county, cast, person, seen):
        an_event(county.dongping, cast.doctor)
        assert seen("villages_free_clinic") == Figure(0, 1)
        an_event(county.lianhe, cast.doctor)
        assert seen("villages_free_clinic") == Figure(1, 1)


class TestPrices:
    @pytest.mark.parametrize(("asked", "is_zero"), [("6.20", 1), ("6.00", 1), ("6.21", 0)])
    def test_one_drug_above_what_was_paid_is_a_mark_up(self, county, cast, seen, asked, is_zero):
        clinic = an_institution(county.lianhe)
        a_price(clinic, cast.county)
        a_price(clinic, cast.county, drug="二甲双胍片", asked=asked)
        assert seen("zero_markup") == Figure(is_zero, 1)

    def test_the_last_check_counts(self, county, cast, seen):
        clinic = an_institution(county.lianhe)
        a_price(clinic, cast.county, asked="9.00", checked_on=date(2026, 1, 5))
        assert seen("zero_markup") == Figure(0, 1)
        a_price(clinic, cast.county, checked_on=date(2026, 2, 5))
        assert seen("zero_markup") == Figure(1, 1)

    def test_a_clinic_not_checked_for_a_year_is_listed(self, county, cast, seen, signed_in):
        a_price(
            an_institution(county.lianhe, name="联合村卫生室"), cast.county, checked_on=ON - timedelta(366)
        )
        assert seen("zero_markup") == Figure(0, 1)
        url = f"{reverse('reports:list', args=['zero_markup', 'missing'])}?area={county.lianhe.pk}&on={ON}"
        text = signed_in(cast.county).get(url).content.decode()
        assert "联合村卫生室" in text and "未检查" in text


class TestWithAndWithout:
    @pytest.mark.parametrize(("why", "due"), [("参军", 0), ("服刑", 0), ("暂未缴费", 1)])
    def test_who_need_not_be_insured_is_left_out(self, person, seen, why, due):
        an_enrolment_of(person, is_enrolled=False, why_not=why)
        assert seen("insured") == Figure(0, 1)
        assert seen("insured_due") == Figure(0, due)

    def test_a_soldier_insured_as_an_employee_stays_in(self, person, seen):
        an_enrolment_of(person, is_enrolled=False, why_not="参军")
        an_enrolment_of(person, scheme="employee")
        assert seen("insured_due") == Figure(1, 1)

    def test_who_is_away_is_left_out_of_the_examinations(self, person, cast, seen):
        an_attempt_at(a_duty_of(person.household, ON, person), ON - timedelta(30), cast.doctor)
        assert seen("examined") == Figure(0, 1)
        assert seen("examined_present") == NOTHING
        an_exam_of(person, ON)
        assert seen("examined") == Figure(1, 1)

    def test_households_count_by_cause_and_persons_by_illness(self, county, seen):
        home = a_household(county.lianhe, main_cause="illness")
        a_condition(a_person(home))
        a_person(home, name="李四", relation="10")
        a_condition(a_person(a_household(county.lianhe, main_cause="disability")))
        assert seen("ill_caused") == Figure(1, 2)
        assert seen("ill_poor") == Figure(1, 3)


class TestPatients:
    def test_known_and_not_managed_is_the_exception(self, county, person, seen):
        a_condition(person)
        a_condition(a_person(a_household(county.lianhe)), is_managed=False)
        assert seen("in_care_hypertension") == Figure(1, 2)

    def test_mental_disorder_and_tuberculosis_are_for_health_staff(self, person, seen):
        a_condition(person, "severe_mental_disorder")
        assert seen("in_care_mental").whole == 1
        assert seen("in_care_mental", sensitive=False) == NOTHING
        assert seen("followed_mental", sensitive=False) == NOTHING

    @pytest.mark.parametrize(("days", "kept"), [((20, 120), 1), ((20, 30), 1), ((20,), 0)])
    def test_as_many_visits_as_quarters_have_ended(self, person, cast, seen, days, kept):
        a_condition(person, confirmed_on=date(2020, 1, 1))
        for number in days:
            a_visit_to(person, cast.doctor, date(2026, 1, 1) + timedelta(number))
        assert seen("followed_hypertension") == Figure(kept, 1)

    def test_a_call_is_no_visit(self, person, cast, seen):
        a_condition(person, confirmed_on=date(2020, 1, 1))
        for number in (20, 120):
            a_visit_to(person, cast.doctor, date(2026, 1, 1) + timedelta(number), mode="3")
        assert seen("followed_hypertension") == Figure(0, 1)


class TestClosings:
    def test_a_case_is_counted_by_its_reason_and_year(self, county, cast, seen):
        case = a_case(county, cast, stage="closed")
        year = {"on": date(case.closed_on.year, 12, 31)}
        assert seen("cases_closed_cured", **year) == Figure(1, 1)
        assert seen("cases_closed_died", **year) == Figure(0, 1)
        assert seen("cases_closed_cured", on=date(case.closed_on.year + 1, 1, 1)) == NOTHING

    def test_only_the_eleven(self, county, seen):
        an_ill_person(county.lianhe)
        condition = Condition.objects.get()
        condition.disease.catalogues = ["30"]
        condition.disease.save()
        assert seen("cases_treated", on=date(2030, 1, 1)) == Figure(0, 1)
        assert seen("cases_treated_eleven", on=date(2030, 1, 1)) == NOTHING
        condition.disease.catalogues = ["11", "30"]
        condition.disease.save()
        assert seen("cases_treated_eleven", on=date(2030, 1, 1)) == Figure(0, 1)
