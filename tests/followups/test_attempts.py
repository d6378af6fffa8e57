"""Nobody there: noted with a reason; three calls close the duty and put it on the leader's list."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.base.ids import uuid7
from followups.choices import DutyState, NotFoundReason
from followups.models import Attempt
from followups.queries.attempts import not_found_duties
from followups.services.attempts import record_attempt
from followups.services.visits import record_visit
from tests.factories.followups import TODAY, a_body, a_duty
from tests.factories.registry import a_household, a_person


@pytest.fixture
def duty(county):
    return a_duty(a_person(a_household(county.lianhe)))


@pytest.fixture
def attempt(cast):
    def call(*duties, day=0, uuid=None, reason=NotFoundReason.NOT_AT_HOME):
        when = TODAY + timedelta(days=day)
        return record_attempt(duties=duties, uuid=uuid or uuid7(), reason=reason, by=cast.doctor, on=when)

    return call


def test_two_calls_leave_the_duty_open_and_the_third_closes_it(duty, attempt, cast):
    attempt(duty), attempt(duty, day=1)
    duty.refresh_from_db()
    assert duty.state == DutyState.OPEN and not not_found_duties(cast.team_doctor).exists()
    attempt(duty, day=2, reason=NotFoundReason.AWAY_WORKING)
    duty.refresh_from_db()
    assert (duty.state, duty.close_reason) == (DutyState.NOT_FOUND, NotFoundReason.AWAY_WORKING)
    assert list(not_found_duties(cast.team_doctor)) == [duty]


def test_the_same_call_sent_again_counts_once(duty, attempt):
    number = uuid7()
    attempt(duty, uuid=number), attempt(duty, uuid=number), attempt(duty)
    assert Attempt.objects.count() == 1


def test_one_call_concerns_everybody_who_was_not_met(duty, attempt):
    other = a_duty(household=duty.household)
    assert len(attempt(duty, other)) == 2


def test_meeting_the_person_later_has_the_duty_done(duty, attempt, cast):
    for day in range(3):
        attempt(duty, day=day - 3)
    record_visit(body=a_body(duty.person), by=cast.doctor, received_on=TODAY)
    duty.refresh_from_db()
    assert (duty.state, duty.close_reason) == (DutyState.DONE, "")


def test_the_leaders_list_holds_only_the_own_area(duty, attempt, cast):
    for day in range(3):
        attempt(duty, day=day)
    assert not not_found_duties(cast.stranger).exists()


def test_the_database_takes_one_call_a_day(duty, attempt, cast):
    attempt(duty)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(uuid=uuid7(), duty=duty, attempted_on=TODAY, reason="1", by=cast.doctor)
