"""Defects seen in running follow-up software that only show where visits and duties meet."""

from datetime import date

import pytest

from followups.choices import DutyState
from followups.models import Duty
from followups.services.generation import generate_duties
from followups.services.visits import record_visit
from tests.factories.followups import a_body
from tests.factories.registry import a_condition, a_household, a_person

LATE_IN_NOVEMBER = date(2026, 11, 30)


@pytest.fixture
def patient(county):
    person = a_person(a_household(county.lianhe))
    a_condition(person, confirmed_on=date(2024, 3, 1))
    return person


def visited(patient, cast, **more):
    body = a_body(patient, visited_on=LATE_IN_NOVEMBER.isoformat(), answers={"next_date": None, **more})
    body["answers"] = {name: value for name, value in body["answers"].items() if value is not None}
    assert record_visit(body=body, by=cast.doctor, received_on=LATE_IN_NOVEMBER).status == "accepted"


def windows(patient, rule):
    owed = Duty.objects.filter(person=patient, rule=rule).order_by("starts_on")
    return [(duty.starts_on, duty.due_on, duty.ends_on) for duty in owed]


def test_defect_7_three_months_after_november_lie_in_the_next_years_first_window(patient, cast):
    visited(patient, cast)
    generate_duties(on=date(2027, 1, 1))
    ((starts, due, ends),) = windows(patient, "chronic_quarterly")
    assert (starts, ends) == (date(2027, 1, 1), date(2027, 3, 31))
    assert starts <= due <= date(2027, 2, 28)


def test_defect_7_the_interval_after_a_bad_reading_is_owed_beside_the_years_four_windows(patient, cast):
    generate_duties(on=date(2026, 10, 1))
    visited(patient, cast, sbp=158, dbp=96)
    assert Duty.objects.get(person=patient, rule="chronic_quarterly").state == DutyState.DONE
    assert windows(patient, "follow_14_days") == [(date(2026, 12, 1), date(2026, 12, 14), date(2026, 12, 14))]
    for start in (date(2027, 1, 1), date(2027, 4, 1), date(2027, 7, 1), date(2027, 10, 1)):
        generate_duties(on=start)
    starts = [starts for starts, _due, _ends in windows(patient, "chronic_quarterly")]
    assert [day.month for day in starts if day.year == 2027] == [1, 4, 7, 10]
