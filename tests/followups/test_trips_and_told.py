"""A call at one house and the way to the next; what climbed the ladder, and who has seen it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from core.base.ids import uuid7
from followups.models import Escalation, PlanChange, Visit
from followups.queries.today import next_household, today_list
from followups.services.visits import record_visit
from households.models import Household
from tests.factories.followups import TODAY, a_body, a_duty, a_household_body
from tests.factories.registry import a_condition, a_household, a_person


@pytest.fixture
def homes(county):
    """Three doors in the order of the village; by their places the third is the first one's neighbour."""
    made = []
    for number, north in enumerate(("27.80", "27.90", "27.81")):
        home = a_household(
            county.lianhe, visit_order=number, latitude=Decimal(north), longitude=Decimal("112.9")
        )
        a_person(home, name=f"张{number}")
        a_duty(household=home)
        made.append(home)
    return made


def order(user):
    return [day.household for day in today_list(user, TODAY).households]


def test_before_the_first_call_the_village_order_counts(homes, cast):
    assert order(cast.doctor) == homes


def test_after_a_call_the_nearest_house_comes_first(homes, cast):
    record_visit(body=a_household_body(homes[0]), by=cast.doctor, received_on=TODAY)
    assert order(cast.doctor) == [homes[2], homes[1]]
    assert next_household(cast.doctor, TODAY, after=homes[0]) == homes[2]


def test_risk_and_weeks_overdue_come_before_distance(homes, cast):
    a_duty(household=homes[1], starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 9))
    assert next_household(cast.doctor, TODAY, after=homes[0]) == homes[1]


def test_after_the_last_house_there_is_no_next_one(homes, cast):
    Household.objects.filter(pk__in=[home.pk for home in homes[1:]]).update(
        left_on=TODAY, left_reason="moved"
    )
    assert next_household(cast.doctor, TODAY, after=homes[0]) is None


def test_visits_of_one_call_share_their_trip(homes, cast):
    trip, person = str(uuid7()), homes[0].members.get()
    a_condition(person)
    record_visit(body=a_household_body(homes[0], trip=trip), by=cast.doctor, received_on=TODAY)
    record_visit(body=a_body(person, trip=trip), by=cast.doctor, received_on=TODAY)
    assert {str(visit.trip) for visit in Visit.objects.all()} == {trip}


def test_a_trip_that_is_no_number_is_refused_in_words(homes, cast):
    receipt = record_visit(body=a_household_body(homes[0], trip="monday"), by=cast.doctor, received_on=TODAY)
    assert (receipt.status, receipt.problems[0].field) == ("refused", "trip")


@pytest.fixture
def now_owed(county):
    on = timezone.localdate()
    home = a_household(county.lianhe)
    person = a_person(home)
    return a_duty(person, starts_on=on - timedelta(days=3), due_on=on, ends_on=on + timedelta(days=20))


def test_the_page_of_a_call_shows_what_is_owed_and_where_to_go_next(now_owed, county, cast, signed_in):
    other = a_household(county.lianhe)
    a_person(other, name="李四")
    a_duty(household=other, starts_on=now_owed.starts_on, ends_on=now_owed.ends_on, due_on=now_owed.due_on)
    address = reverse("followups:house_call", args=[now_owed.household.uuid])
    page = signed_in(cast.doctor).get(address).content.decode()
    assert f"duty={now_owed.pk}" in page and f"/calls/{other.uuid}/" in page
    assert f"back=at-{now_owed.household.uuid.hex}" in page


def test_a_visit_saved_from_a_call_leads_back_to_it(now_owed, cast, signed_in):
    uuid = now_owed.household.uuid
    body = {"uuid": str(uuid7()), "reason": "6", "note": ""}
    address = reverse("followups:not_found", args=[now_owed.pk])
    answer = signed_in(cast.doctor).post(f"{address}?back=at-{uuid.hex}", body)
    assert answer.url == reverse("followups:house_call", args=[uuid])


def test_a_visit_is_moved_on_its_page(now_owed, cast, signed_in):
    address, to = reverse("followups:duty_move", args=[now_owed.pk]), now_owed.ends_on
    refused = signed_in(cast.doctor).post(address, {"now_on": to + timedelta(days=1), "reason": "asked"})
    assert refused.status_code == 422
    signed_in(cast.doctor).post(address, {"now_on": to, "reason": "asked", "note": ""})
    assert PlanChange.objects.get().now_on == to


@pytest.fixture
def told(now_owed, cast):
    fields = {"told": cast.township, "told_on": date(2026, 11, 3), "channel": "file"}
    return Escalation.objects.create(duty=now_owed, step="township", **fields)


def test_the_township_says_that_it_has_seen_what_it_was_told(told, cast, signed_in):
    page = signed_in(cast.township).get(reverse("followups:told")).content.decode()
    assert f'value="{told.duty_id}"' in page
    signed_in(cast.county).post(reverse("followups:told_seen"), {"told": told.duty_id})
    told.refresh_from_db()
    assert told.seen_at is None
    signed_in(cast.township).post(reverse("followups:told_seen"), {"told": [told.duty_id, "x"]})
    told.refresh_from_db()
    assert told.seen_at is not None


def test_the_doctor_sees_on_today_who_knows(told, cast, signed_in):
    page = signed_in(cast.doctor).get(reverse("followups:today")).content.decode()
    assert "11月3日" in page and "乡镇" in page


def test_what_is_known_of_a_sensitive_visit_stays_with_health_staff(told, cast, signed_in):
    type(told.duty).objects.filter(pk=told.duty_id).update(is_sensitive=True)
    address = reverse("followups:told") + "?show=open"
    assert f'value="{told.duty_id}"' in signed_in(cast.county).get(address).content.decode()
    assert (
        f'value="{told.duty_id}"' not in signed_in(cast.township_administration).get(address).content.decode()
    )
