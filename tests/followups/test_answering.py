"""The three levels that answer for a monthly visit in major disease, and when its month counts as kept."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils import timezone

from followups.models import CaseAssignment, Duty
from followups.queries.answering import count_waiting, month_of_visits, three_levels, who_answers
from followups.services.visits import record_visit
from tests.factories.followups import TODAY, a_body, a_contract, a_duty, a_team
from tests.factories.ground import a_practitioner, an_institution
from tests.factories.registry import a_condition, a_household, a_person

MONTH, ENDS = date(2026, 11, 1), date(2026, 11, 30)


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe), health_class="major")


@pytest.fixture
def duty(person) -> Duty:
    return a_duty(person, rule="major_monthly", protocol="major_disease", starts_on=MONTH, ends_on=ENDS)


def named(person, level: str, by, user=None, *, since: date = date(2026, 1, 1)) -> CaseAssignment:
    doctor = a_practitioner(an_institution(person.village), user=user)
    return CaseAssignment.objects.create(
        person=person, level=level, practitioner=doctor, period=DateRange(since, None), by=by
    )


def visited(duty: Duty, doctor, on: date) -> None:
    a_condition(duty.person)
    body = a_body(duty.person, visited_on=on.isoformat(), answers={"next_date": ""})
    visit = record_visit(body=body, by=doctor, received_on=max(on, TODAY)).visit
    Duty.objects.filter(pk=duty.pk).update(state="done", visit=visit, closed_on=on)


def month(user, **more):
    return month_of_visits(user, TODAY, MONTH, missing=more.pop("missing", False), limit=30)


def test_the_case_names_the_doctor_before_the_team_does(person, county, cast):
    team = a_team(county.lianhe, leader=cast.team_doctor)
    a_contract(person, team, cast.doctor)
    seats = who_answers(person.pk, TODAY)
    assert set(seats) == {"township"}
    own = named(person, "township", cast.county)
    assert who_answers(person.pk, TODAY)["township"].name == own.practitioner.name


def test_a_month_is_kept_once_it_is_visited_and_all_three_are_named(duty, cast):
    for level in ("village", "township"):
        named(duty.person, level, cast.county)
    visited(duty, cast.doctor, date(2026, 11, 12))
    found = month(cast.county)
    assert (found.owed, found.made, found.kept) == (1, 1, 0)
    named(duty.person, "county", cast.county)
    assert (month(cast.county).kept, month(cast.county, missing=True).visits) == (1, [])


def test_who_was_named_after_the_visit_does_not_keep_it(duty, cast):
    for level in ("village", "township"):
        named(duty.person, level, cast.county)
    named(duty.person, "county", cast.county, since=date(2026, 11, 13))
    visited(duty, cast.doctor, date(2026, 11, 12))
    assert month(cast.county).kept == 0


def test_a_plan_can_be_asked_for_as_well(duty, cast, monkeypatch):
    for level in ("village", "township", "county"):
        named(duty.person, level, cast.county)
    visited(duty, cast.doctor, date(2026, 11, 12))
    assert month(cast.county).kept == 1
    rule = three_levels()["major_monthly"].model_copy(update={"kept_when": ("named", "planned")})
    monkeypatch.setattr("followups.queries.answering.three_levels", lambda: {"major_monthly": rule})
    assert month(cast.county).kept == 0


def test_a_doctor_finds_whom_they_answer_for_and_nobody_else(duty, county, cast):
    named(duty.person, "township", cast.county, cast.team_doctor)
    other = a_person(a_household(county.lianhe), health_class="major")
    a_duty(other, rule="major_monthly", protocol="major_disease", starts_on=MONTH, ends_on=ENDS)
    assert [visit.duty for visit in month(cast.team_doctor).visits] == [duty.pk]
    assert month(cast.county).owed == 2
    assert count_waiting(cast.team_doctor, TODAY) == 1


def test_the_village_doctors_own_visits_are_not_asked_for_twice(duty, cast):
    named(duty.person, "village", cast.county, cast.doctor)
    assert count_waiting(cast.doctor, TODAY) == 0


def test_the_pages_say_who_answers_and_where_nobody_is_named(person, cast, signed_in):
    today = timezone.localdate()
    first = today.replace(day=1)
    duty = a_duty(
        person, rule="major_monthly", protocol="major_disease", starts_on=first, due_on=today, ends_on=today
    )
    doctor = named(person, "township", cast.county, cast.team_doctor).practitioner
    client = signed_in(cast.team_doctor)
    for address in (
        reverse("households:person", args=[person.uuid]),
        f"{reverse('followups:visit_new')}?duty={duty.pk}",
        reverse("followups:answering"),
    ):
        page = client.get(address).content.decode()
        assert (doctor.name in page and "县级医院医生" in page) or "县级医生" in page


def test_another_county_sees_nothing_of_it(duty, cast):
    assert month(cast.stranger).owed == 0
