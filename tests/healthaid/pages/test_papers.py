"""The person page shows the newest examination with its findings and the cover of the health record."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories.posting import posted
from tests.factories.registry import a_household, a_person

ON = date(2026, 11, 18)
EXAM = {
    "symptoms": ["1"], "pulse": 72, "sbp_left": 128, "dbp_left": 78, "sbp_right": 152, "dbp_right": 80,
    "height": 165, "weight": 60, "waist": 80, "ecg": "2", "ecg_text": "房颤", "evaluation": "2",
    "abnormal_1": "血压高",
}  # fmt: skip
RECORD = {
    "archive_number": "43030400510100012", "present_address": "联合村三组", "archive_unit": "荷塘卫生院",
    "responsible_doctor": "王医生", "archive_date": "2020-05-06", "sex": "1", "birth_date": "1950-03-01",
    "residence": "1", "ethnic": "01", "payment": ["3"], "allergy": ["2"], "past_diseases": ["2"],
    "disability": ["1"],
}  # fmt: skip


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe), birth_date=date(1950, 3, 1))


@pytest.fixture
def fill(cast, person):
    def send(protocol, answers, on=ON):
        return posted(person, protocol, answers, by=cast.doctor, on=on, received_on=ON)

    return send


@pytest.fixture
def page(person, signed_in, cast):
    def read(user=None):
        address = reverse("households:person", args=[person.uuid])
        return signed_in(user or cast.doctor).get(address)

    return read


def test_the_newest_examination_stands_with_its_findings(fill, page):
    fill("annual_exam", EXAM | {"sbp_right": 120, "ecg": "1", "evaluation": "1"}, on=date(2025, 6, 1))
    fill("annual_exam", EXAM)
    answer = page()
    exam = answer.context["exam"]
    assert exam.day == ON
    assert [(line.label, line.value) for line in exam.lines] == [("右侧高压", "152 mmHg"), ("心电图", "异常")]
    assert "2025年6月1日" in answer.content.decode()


def test_the_record_shows_what_every_doctor_has_to_know(fill, page):
    fill("health_record", RECORD)
    words = page().content.decode()
    assert "43030400510100012" in words and "青霉素" in words and "建立健康档案" not in words


def test_without_a_record_one_is_asked_for(page):
    assert "建立健康档案" in page().content.decode()


def test_a_record_that_tells_of_tuberculosis_is_for_health_staff(fill, page, cast):
    visit = fill("health_record", RECORD | {"past_diseases": ["9"]})
    assert visit.is_sensitive
    assert page().context["record"] is not None
    other = page(cast.township_administration)
    assert other.context["record"] is None and "43030400510100012" not in other.content.decode()


def test_what_differs_from_the_register_stands_on_the_record_and_changes_nothing(
    fill, person, signed_in, cast
):
    visit = fill("health_record", RECORD | {"sex": "2"})
    words = signed_in(cast.doctor).get(reverse("followups:visit", args=[visit.pk])).content.decode()
    assert "档案与登记信息不一致" in words and "登记为“男”" in words
    person.refresh_from_db()
    assert person.sex == "1"
