"""Area responsibility and the rates: the county of DOMAIN A74 and A75."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from core.accounts.models import Level
from core.base.shares import per_cent
from core.clinics.models import HospitalTown
from followups.models import CaseAssignment, MajorCase, Treatment
from followups.presenters.case_figures import rates
from followups.queries.cases import coverage, responsible_doctor
from followups.services.cases.assigning import assign_waiting, give_town
from followups.services.cases.opening import open_missing
from households.models import Person
from tests.factories.cases import a_case, a_hospital, a_signing_doctor, an_ill_person, keeps_town, the_three
from tests.factories.ground import a_practitioner, an_area
from tests.factories.registry import a_household

ON = date(2026, 3, 2)
# Hospital → doctors sent, patients in each of its towns (DOMAIN A74: 50/9/117 and 23/8/60).
COUNTY_OF_A74 = {"县医院": (50, [13] * 9), "县中医院": (23, [7, 7, 7, 7, 8, 8, 8, 8])}


@pytest.fixture
def seventeen_towns(county, cast):
    number = 0
    for name, (doctors, patients) in COUNTY_OF_A74.items():
        hospital = a_hospital(county.county, name)
        for _doctor in range(doctors):
            a_practitioner(hospital)
        for many in patients:
            number += 1
            town = an_area(Level.TOWNSHIP, f"4303041{number:02d}", f"第{number}镇", county.county)
            village = an_area(Level.VILLAGE, f"4303041{number:02d}201", f"第{number}镇一村", town)
            give_town(township=town, hospital=hospital, by=cast.county, on=ON)
            home = a_household(village)
            for _patient in range(many):
                an_ill_person(village, home=home) if _patient == 0 else an_ill_person(village)
    assert open_missing(evidence="摸排", by=cast.county, on=ON, catalogue="11") == 177
    return list(HospitalTown.objects.values_list("institution", flat=True).distinct())


def test_73_doctors_17_towns_177_patients_each_with_one_responsible_doctor(seventeen_towns, county, cast):
    for hospital in seventeen_towns:
        assign_waiting(hospital_pk=hospital, by=cast.county, on=ON)
    first, second = coverage.loads(cast.county, ON)
    assert (first.doctors, len(first.towns), first.patients, first.ratio) == (50, 9, 117, Decimal("2.34"))
    assert (second.doctors, len(second.towns), second.patients, second.ratio) == (23, 8, 60, Decimal("2.61"))
    charges = CaseAssignment.objects.filter(level="county", period__contains=ON)
    assert charges.count() == charges.values("person").distinct().count() == 177
    assert charges.values("practitioner").distinct().count() == 73
    each = list(charges.values_list("practitioner", flat=True))
    assert {each.count(doctor) for doctor in each} == {2, 3}
    gaps, total = coverage.gaps(cast.county, ON, limit=200)
    assert total == 177 and {tuple(gap.reasons) for gap in gaps} == {("township", "village")}


def test_150_of_177_treated_is_84_7_per_cent_and_nobody_is_said_to_be_all(seventeen_towns, cast):
    operated, waiting = (
        {"status": "operated", "place": "省医院"},
        {"status": "not_treated", "why_not": "waiting"},
    )
    Treatment.objects.bulk_create(
        Treatment(case=case, on=ON, by=cast.county, **(operated if place < 150 else waiting))
        for place, case in enumerate(MajorCase.objects.order_by("pk"))
    )
    counted = coverage.identified(cast.county, ON, listed="11")
    assert (counted.found, counted.registered, counted.treated) == (177, 177, 150)
    shown = {rate["label"]: rate["value"] for rate in rates(counted)}
    assert {"84.7", "100"} <= set(shown.values())


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [(150, 177, "84.7"), (0, 0, None), (176, 177, "99.4"), (9999, 10000, "99.9"), (177, 177, "100.0")],
)  # fmt: skip
def test_a_share_is_told_honestly(part, whole, share):
    assert per_cent(part, whole) == (None if share is None else Decimal(share))


def test_sharing_out_twice_changes_nothing_and_moves_whom_it_can(county, cast):
    hospital = a_hospital(county.county)
    keeps_town(hospital, county.dongping)
    case = a_case(county, cast)
    assert assign_waiting(hospital_pk=hospital.pk, by=cast.county, on=ON) == 0
    doctor = a_signing_doctor(hospital, county.county)
    the_three(county.lianhe, hospital)
    assign_waiting(hospital_pk=hospital.pk, by=cast.county, on=ON)
    assign_waiting(hospital_pk=hospital.pk, by=cast.county, on=ON)
    assert responsible_doctor(case.person, ON) == doctor
    assert case.person.case_doctors.filter(level="village").count() == 1


def test_a_town_passes_to_another_hospital_and_the_doctor_of_the_first_is_a_gap(county, cast):
    first, second = a_hospital(county.county), a_hospital(county.county)
    keeps_town(first, county.dongping, date(2026, 1, 1))
    case = a_case(county, cast)
    a_signing_doctor(first, county.county)
    assign_waiting(hospital_pk=first.pk, by=cast.county, on=ON)
    give_town(township=county.dongping, hospital=second, by=cast.county, on=date(2026, 4, 1))
    gaps, _total = coverage.gaps(cast.county, date(2026, 4, 1), limit=10)
    assert "other_hospital" in gaps[0].reasons and gaps[0].case_uuid == case.uuid
    periods = HospitalTown.objects.order_by("period").values_list("period", flat=True)
    assert list(periods) == [DateRange(date(2026, 1, 1), date(2026, 4, 1)), DateRange(date(2026, 4, 1), None)]


def test_who_died_is_out_of_every_figure_from_that_day_and_in_before(county, cast):
    case = a_case(county, cast)
    Person.objects.filter(pk=case.person_id).update(left_on=date(2026, 5, 1), left_reason="died")
    assert coverage.identified(cast.county, date(2026, 4, 30)).found == 1
    assert coverage.identified(cast.county, date(2026, 5, 1)).found == 0


def test_nobody_counts_beyond_his_area(county, cast):
    an_ill_person(county.far)
    assert coverage.identified(cast.county, ON).found == 0
    assert coverage.missing_cases(cast.county, ON, limit=10) == ([], 0)
