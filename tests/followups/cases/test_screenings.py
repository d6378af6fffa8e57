"""Screening days: held once, everybody who attended has one result, and nobody else's area is seen."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.urls import reverse

from followups.models import ScreeningDay, ScreeningResult
from followups.queries.screenings import get_screening, outcomes, results
from followups.services.cases.screening import hold_screening, record_result
from tests.factories.cases import a_hospital, a_major_disease
from tests.factories.registry import a_household, a_person

ON = date(2026, 7, 27)


@pytest.fixture
def day(county, cast):
    return hold_screening(
        area=county.county,
        title="省级专家集中筛查",
        held_on=ON,
        hospital=a_hospital(county.county),
        experts="省人民医院五人",
        by=cast.county,
    )


def test_the_same_day_is_noted_once(day, county, cast):
    with pytest.raises(ValidationError, match=r"already|已登记"):
        hold_screening(
            area=county.county, title=day.title, held_on=ON, hospital=day.hospital, experts="", by=cast.county
        )


def test_a_doctor_holds_no_screening_day(county, cast):
    with pytest.raises(PermissionDenied):
        hold_screening(
            area=county.county,
            title="x",
            held_on=ON,
            hospital=a_hospital(county.county),
            experts="",
            by=cast.doctor,
        )


def test_who_attended_has_one_result_the_newest(day, county, cast):
    person = a_person(a_household(county.lianhe))
    record_result(day=day, person=person, outcome="none_found", by=cast.doctor)
    record_result(day=day, person=person, outcome="suspected", disease=a_major_disease(), by=cast.doctor)
    assert ScreeningResult.objects.get().outcome == "suspected"
    assert outcomes(cast.doctor, [day])[day.pk]["suspected"] == 1


def test_a_sensitive_result_and_another_area_are_hidden(day, county, cast):
    person = a_person(a_household(county.lianhe))
    tb = a_major_disease("mdr_tuberculosis", is_sensitive=True)
    record_result(day=day, person=person, outcome="confirmed", disease=tb, by=cast.doctor)
    assert results(cast.township, day).count() == 1
    assert results(cast.township_administration, day).count() == 0
    assert results(cast.colleague, day).count() == 0
    with pytest.raises(Http404):
        get_screening(cast.stranger, day.uuid)


def test_the_pages_take_a_day_and_a_result(county, cast, signed_in):
    hospital = a_hospital(county.county)
    officer = signed_in(cast.county)
    sent = {"title": "筛查", "held_on": "2026-07-27", "area": county.county.pk, "hospital": hospital.pk}
    assert officer.post(reverse("followups:screenings"), sent | {"title": ""}).status_code == 422
    officer.post(reverse("followups:screenings"), sent)
    address = reverse("followups:screening", args=[ScreeningDay.objects.get().uuid])
    person = a_person(a_household(county.lianhe), name="莫小满")
    doctor = signed_in(cast.doctor)
    assert doctor.post(address, {"person": "查无此人", "outcome": "none_found"}).status_code == 422
    assert doctor.post(address, {"person": "莫小满", "outcome": "suspected"}).status_code == 422
    doctor.post(address, {"person": "莫小满", "outcome": "none_found"})
    assert ScreeningResult.objects.get().person == person
    assert "莫小满" in doctor.get(address).content.decode()
    assert signed_in(cast.auditor).get(reverse("followups:screenings")).status_code == 200
