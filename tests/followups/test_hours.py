"""The first visit in tuberculosis is owed within 72 hours of the notice, and Today says by which hour."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from followups.models import Duty, Escalation
from followups.presenters.duties import lateness
from followups.services.generation import generate_duties
from followups.services.notices import note_notice
from healthaid.journeys.escalation import escalate_by_hour
from households.models import Condition
from tests.factories.followups import a_contract, a_team
from tests.factories.registry import a_condition, a_household, a_person

CHINA = ZoneInfo("Asia/Shanghai")
FOUND = date(2026, 11, 16)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=CHINA)


@pytest.fixture
def ill(county, cast):
    person = a_person(a_household(county.lianhe))
    a_contract(person, a_team(county.lianhe, leader=cast.team_doctor), cast.doctor)
    return a_condition(person, "tuberculosis", confirmed_on=FOUND)


def first_visit(on: date = FOUND) -> Duty:
    generate_duties(on=on)
    return Duty.objects.get(rule="tuberculosis_first")


def test_without_an_hour_of_the_notice_the_day_counts_to_its_end(ill):
    duty = first_visit()
    assert datetime.fromisoformat(duty.why["until"]) == at(20, 0)
    assert duty.ends_on == date(2026, 11, 19)
    assert lateness(duty, date(2026, 11, 18)) == ("最迟 11月19日 24:00", "warn")


@pytest.mark.parametrize(("noticed", "until"), [(at(16, 10, 30), at(19, 10, 30)), (at(18, 9), at(21, 9))])
def test_with_the_hour_of_the_notice_72_hours_are_counted_from_there(noticed, until, ill):
    Condition.objects.update(noticed_at=noticed)
    duty = first_visit()
    assert datetime.fromisoformat(duty.why["until"]) == until
    assert duty.ends_on == until.date()


def test_on_the_last_day_the_line_is_red(ill):
    Condition.objects.update(noticed_at=at(16, 10, 30))
    assert lateness(first_visit(), date(2026, 11, 19)) == ("最迟 11月19日 10:30", "bad")


def test_when_the_hours_have_passed_leader_township_and_county_are_told_within_the_hour(ill, cast):
    Condition.objects.update(noticed_at=at(16, 10, 30))
    first_visit()
    assert set(escalate_by_hour(at=at(19, 10, 5)).values()) == {0}
    assert escalate_by_hour(at=at(19, 11, 5)) == {"leader": 1, "township": 1, "county": 1}
    assert {step.told for step in Escalation.objects.all()} == {cast.team_doctor, cast.township, cast.county}


def test_the_hour_of_the_notice_is_noted_afterwards(ill, cast):
    duty = first_visit()
    note_notice(duty=duty, at=at(17, 8), by=cast.doctor, now=at(17, 9))
    duty.refresh_from_db()
    ill.refresh_from_db()
    assert (ill.noticed_at, duty.ends_on) == (at(17, 8), date(2026, 11, 20))
    assert datetime.fromisoformat(duty.why["until"]) == at(20, 8)


@pytest.mark.parametrize("moment", [at(17, 10), at(15, 23)])
def test_a_notice_to_come_or_from_before_the_finding_is_refused(moment, ill, cast):
    with pytest.raises(ValidationError):
        note_notice(duty=first_visit(), at=moment, by=cast.doctor, now=at(17, 9))


def test_the_page_takes_the_hour_and_the_form_of_the_visit_says_when_the_hours_end(county, cast, signed_in):
    today = timezone.localdate()
    person = a_person(a_household(county.lianhe))
    a_condition(person, "tuberculosis", confirmed_on=today - timedelta(days=1))
    duty = first_visit(today)
    client = signed_in(cast.doctor)
    address = reverse("followups:notice", args=[duty.pk])
    form = client.get(f"{reverse('followups:visit_new')}?duty={duty.pk}").content.decode()
    assert address in form
    assert client.post(address, {"at": "soon"}).status_code == 422
    day = today - timedelta(days=1)
    assert client.post(address, {"at": f"{day}T09:00"}).status_code == 302
    ends = day + timedelta(days=3)
    page = client.get(reverse("followups:today") + "?show=all").content.decode()
    assert f"{ends.month}月{ends.day}日 09:00" in page


def test_staff_outside_health_never_come_to_the_notice(ill, cast, signed_in):
    address = reverse("followups:notice", args=[first_visit().pk])
    assert signed_in(cast.township_administration).get(address).status_code == 404
