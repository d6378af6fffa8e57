"""A visit on the form of the health record brings the record up to date, and follows its corrections."""

from datetime import date

import pytest

from followups.services.visits import amend_visit
from households.models import HealthRecord
from tests.factories.posting import posted
from tests.factories.records import a_health_record
from tests.factories.registry import a_household, a_person

ON = date(2026, 11, 18)
FOUND = {
    "archive_number": "43030400110100012", "present_address": "东坪街道联合村", "archive_unit": "东坪卫生院",
    "responsible_doctor": "李医生", "archive_date": "2019-05-06", "sex": "1", "birth_date": "1950-03-01",
    "residence": "1", "ethnic": "01", "payment": ["2"], "allergy": ["1"], "past_diseases": ["1"],
    "disability": ["1"],
}  # fmt: skip


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe), birth_date=date(1950, 3, 1))


@pytest.fixture
def look_at(cast, person):
    def send(on=ON, **found):
        return posted(person, "health_record", FOUND | found, by=cast.doctor, on=on, received_on=ON)

    return send


def test_the_record_says_when_it_was_made_and_what_is_missing(look_at, person):
    visit = look_at()
    record = HealthRecord.objects.get()
    assert (record.person, record.visit, record.updated_on) == (person, visit.pk, ON)
    assert (record.made_on, record.archive_number) == (date(2019, 5, 6), "43030400110100012")
    assert "blood" in record.missing and "allergy" not in record.missing


def test_an_earlier_look_that_arrives_late_changes_nothing(look_at):
    last = look_at()
    look_at(on=date(2026, 3, 2), responsible_doctor="王医生")
    record = HealthRecord.objects.get()
    assert (record.visit, record.doctor) == (last.pk, "李医生")


def test_a_record_on_paper_comes_into_the_product_with_its_form(look_at, person):
    a_health_record(person)
    visit = look_at()
    assert HealthRecord.objects.get().visit == visit.pk


def test_a_correction_corrects_the_record_even_with_an_earlier_day(look_at, cast):
    visit = look_at()
    found = visit.answers | {"blood": "1", "visit_date": "2026-11-10"}
    receipt = amend_visit(supersedes=visit.pk, answers=found, reason="补填血型", by=cast.doctor, on=ON)
    assert receipt.status == "accepted", receipt.problems
    record = HealthRecord.objects.get()
    assert (record.updated_on, "blood" in record.missing) == (date(2026, 11, 10), False)
