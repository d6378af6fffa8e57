"""Home care after a hospital stay, and another day for a visit."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from core.base.ids import uuid7
from followups.choices import DutyState
from followups.models import Duty, PlanChange
from followups.presenters.reasons import moved, why
from followups.services.attempts import record_attempt
from followups.services.discharge import owe_discharge_care
from followups.services.generation import generate_duties
from followups.services.grounds import open_again
from followups.services.plans import reschedule
from households.models import Person
from tests.factories.followups import TODAY, a_duty
from tests.factories.registry import a_condition, a_household, a_person


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe))


def test_a_discharge_owes_one_visit_within_a_week_and_one_within_four(person, cast):
    owed = owe_discharge_care(person=person, discharged_on=TODAY, by=cast.doctor, on=TODAY)
    assert [(duty.starts_on - TODAY).days for duty in owed] == [0, 8]
    assert [(duty.ends_on - TODAY).days for duty in owed] == [7, 28]
    assert "11" in why(owed[0], TODAY, None)
    assert owe_discharge_care(person=person, discharged_on=TODAY, by=cast.doctor, on=TODAY) == owed


def test_a_discharge_of_long_ago_owes_nothing_that_could_not_be_made(person, cast):
    long_ago = TODAY - timedelta(days=50)
    assert len(owe_discharge_care(person=person, discharged_on=long_ago, by=cast.doctor, on=TODAY)) == 1


def test_nothing_is_owed_after_a_discharge_to_who_has_left(person, cast):
    Person.objects.filter(pk=person.pk).update(left_on=TODAY, left_reason="died")
    assert owe_discharge_care(person=person, discharged_on=TODAY, by=cast.doctor, on=TODAY) == []


def test_another_day_inside_the_window_is_on_record_with_its_reason(person, cast):
    duty = a_duty(person, due_on=date(2026, 11, 20))
    to = date(2026, 11, 27)
    reschedule(duty=duty, to=to, reason="weather", by=cast.doctor, on=TODAY)
    duty.refresh_from_db()
    change = PlanChange.objects.get()
    assert (duty.due_on, change.was_on, change.now_on, change.by) == (to, date(2026, 11, 20), to, cast.doctor)
    assert "27" in moved(duty, TODAY)
    assert reschedule(duty=duty, to=to, reason="weather", by=cast.doctor, on=TODAY) is None


@pytest.mark.parametrize("to", [date(2026, 11, 17), date(2027, 1, 1)])
def test_a_day_that_has_passed_or_lies_outside_the_window_is_refused(person, cast, to):
    with pytest.raises(ValidationError):
        reschedule(duty=a_duty(person), to=to, reason="asked", by=cast.doctor, on=TODAY)
    assert not PlanChange.objects.exists()


def test_only_doctors_put_visits_on_another_day(person, cast):
    with pytest.raises(PermissionDenied):
        reschedule(duty=a_duty(person), to=TODAY, reason="asked", by=cast.township, on=TODAY)


def test_tuberculosis_is_not_found_after_two_calls(person, cast):
    duty = a_duty(person, rule="tuberculosis_first", protocol="tuberculosis_first")
    for day in (0, 1):
        call = {"uuid": uuid7(), "reason": "6", "by": cast.doctor, "on": TODAY + timedelta(days=day)}
        record_attempt(duties=[duty], **call)
    duty.refresh_from_db()
    assert duty.state == DutyState.NOT_FOUND


def test_death_stops_what_is_owed_from_that_day_and_keeps_history(person, cast):
    a_condition(person)
    generate_duties(on=TODAY)
    Person.objects.filter(pk=person.pk).update(left_on=TODAY, left_reason="died")
    own = Duty.objects.filter(person=person)
    assert own.exists() and {(duty.state, duty.closed_on) for duty in own} == {("cancelled", TODAY)}
    assert set(generate_duties(on=TODAY + timedelta(days=1)).values()) == {0}


def test_coming_back_opens_nothing_until_the_night_and_then_says_so(person):
    a_condition(person)
    generate_duties(on=TODAY)
    past = a_duty(person, starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30))
    Person.objects.filter(pk=person.pk).update(left_on=TODAY, left_reason="moved")
    Person.objects.filter(pk=person.pk).update(left_on=None, left_reason="")
    assert not Duty.objects.filter(person=person, state=DutyState.OPEN).exists()
    assert open_again(on=TODAY) == Duty.objects.filter(person=person, state=DutyState.OPEN).count() > 0
    past.refresh_from_db()
    assert past.state == DutyState.CANCELLED
    assert "11" in why(Duty.objects.get(person=person, rule="chronic_quarterly", state="open"), TODAY, None)


def test_mental_disorder_and_tuberculosis_owe_their_visits_to_health_staff_only(person, cast):
    a_condition(person, "severe_mental_disorder")
    a_condition(person, "tuberculosis", confirmed_on=TODAY - timedelta(days=2))
    generate_duties(on=TODAY)
    of_two = Duty.objects.filter(is_sensitive=True)
    assert {duty.rule for duty in of_two} == {
        "chronic_quarterly",
        "tuberculosis_first",
        "tuberculosis_monthly",
    }
    assert not Duty.objects.visible_to(cast.township_administration).filter(is_sensitive=True).exists()


def test_a_person_of_the_major_class_is_owed_a_home_visit_each_month(person):
    Person.objects.filter(pk=person.pk).update(health_class="major")
    generate_duties(on=TODAY)
    assert {duty.protocol for duty in Duty.objects.filter(person=person)} == {
        "major_disease",
        "annual_exam",
        "tcm_constitution",
    }
