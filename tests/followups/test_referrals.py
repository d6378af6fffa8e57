"""Referrals: sent, answered, back with a result, and asked after within two weeks."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from core.base.ids import uuid7
from core.base.states import MoveRefused
from followups.choices import CheckResult, PriorityKind, ReferralResult, ReferralState
from followups.models import Duty, Need, Referral
from followups.queries.referrals import (
    advised,
    count_referrals,
    get_referral,
    hospitals,
    referrals,
    service_times,
)
from followups.services.referrals import (
    Outcome,
    accept_referral,
    cancel_referral,
    check_referral,
    decline_referral,
    note_arrival,
    note_priority,
    return_result,
)
from followups.services.visits import record_visit
from tests.factories.facts import a_visit_to
from tests.factories.followups import TODAY, a_body, a_household_body
from tests.factories.referrals import a_hospital, a_referral, at
from tests.factories.registry import a_household, a_person

OUTCOME = Outcome(ReferralResult.IMPROVED, "左股骨颈骨折，术后", "两周后拆线", discharged_on=TODAY)


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe), name="左双宁")


@pytest.fixture
def referral(person, cast):
    return a_referral(person, cast.doctor)


def _show(user: Any, show: str, day: Any = TODAY) -> list[Referral]:
    return list(referrals(user, show=show, on=day))


def test_a_referral_raises_the_need_it_is_made_for(referral, person):
    need = Need.objects.get()
    assert (need.kind, need.person, referral.need) == ("hospital", person, need)
    assert "区人民医院" in need.steps.latest("id").note


def test_the_same_form_sent_twice_makes_one_referral(person, cast):
    number = uuid7()
    hospital = a_hospital(person.village.county)
    first = a_referral(person, cast.doctor, uuid=number, to=hospital)
    assert a_referral(person, cast.doctor, uuid=number, to=hospital) == first


def test_a_visit_that_says_refer_is_on_the_list_until_it_is_done(person, cast):
    body = a_body(person, answers={"sbp": 188, "dbp": 112, "next_date": "2026-11-25"})
    visit = record_visit(body=body, by=cast.doctor, received_on=TODAY).visit
    assert [each.pk for each in advised(cast.doctor, TODAY)] == [visit.pk]
    assert count_referrals(cast.township, TODAY)["advised"] == 1
    referral = a_referral(person, cast.doctor, visit=visit)
    assert not advised(cast.doctor, TODAY).exists()
    assert referral.need == Need.objects.get()  # the need that the visit raised by itself
    assert a_referral(person, cast.doctor, visit=visit) == referral


def test_a_declined_referral_puts_the_visit_back_on_the_list(person, cast):
    visit = a_visit_to(person, cast.doctor, TODAY, assessment={"referral": True})
    referral = a_referral(person, cast.doctor, visit=visit)
    decline_referral(referral=referral, reason="没有床位", by=cast.clerk, at=at(hour=11))
    assert advised(cast.doctor, TODAY).exists()
    assert a_referral(person, cast.doctor, visit=visit, follows=referral).follows == referral


def test_the_whole_way_from_sent_to_result(referral, cast):
    accept_referral(referral=referral, by=cast.clerk, at=at(hour=10))
    note_arrival(referral=referral, on=TODAY, is_admitted=True, by=cast.clerk, at=at(hour=12))
    back = return_result(referral=referral, outcome=OUTCOME, by=cast.clerk, at=at(hour=17))
    back.refresh_from_db()
    assert (back.state, back.diagnosis, back.discharged_on) == ("returned", OUTCOME.diagnosis, TODAY)
    assert {task.code for task in back.need.tasks.all()} >= {"identity", "agreement", "insurer"}
    told = [step.note for step in back.need.steps.order_by("id")]
    assert len(told) == 6 and "两周后拆线" in told[-2]


def test_a_discharge_from_a_ward_owes_home_visits_and_an_outpatient_none(person, referral, cast):
    note_arrival(referral=referral, on=TODAY, is_admitted=True, by=cast.clerk, at=at(hour=12))
    return_result(referral=referral, outcome=OUTCOME, by=cast.clerk, at=at(hour=17))
    owed = Duty.objects.filter(person=person, protocol="discharge_care", state="open")
    count = owed.count()
    assert count > 0 and owed.first().why["ground"] == str(referral.uuid)
    seen = a_referral(person, cast.doctor, sent=at(hour=10))
    note_arrival(referral=seen, on=TODAY, is_admitted=False, by=cast.clerk, at=at(hour=12))
    return_result(referral=seen, outcome=OUTCOME, by=cast.clerk, at=at(hour=17))
    assert owed.count() == count


def test_in_an_emergency_the_arrival_is_the_answer(referral, cast):
    arrived = note_arrival(referral=referral, on=TODAY, is_admitted=True, by=cast.clerk, at=at(hour=9))
    assert (arrived.answered_by, arrived.state) == (cast.clerk, ReferralState.ARRIVED)


def test_no_result_before_the_person_was_there(referral, cast):
    with pytest.raises(MoveRefused):
        return_result(referral=referral, outcome=OUTCOME, by=cast.clerk, at=at(hour=17))


def test_declining_and_calling_off_need_a_reason(referral, cast):
    with pytest.raises(ValidationError):
        decline_referral(referral=referral, reason=" ", by=cast.clerk, at=at(hour=10))
    with pytest.raises(ValidationError):
        cancel_referral(referral=referral, reason="", by=cast.doctor, at=at(hour=10))


@pytest.mark.parametrize("days", [-1, 1])
def test_arrival_lies_between_referral_and_today(referral, cast, days):
    with pytest.raises(ValidationError):
        note_arrival(
            referral=referral, on=TODAY + timedelta(days), is_admitted=False, by=cast.clerk, at=at(hour=12)
        )


def test_doctors_do_not_answer_for_the_hospital_nor_the_hospital_for_them(referral, cast):
    with pytest.raises(PermissionDenied):
        accept_referral(referral=referral, by=cast.doctor, at=at(hour=10))
    with pytest.raises(PermissionDenied):
        check_referral(referral=referral, result=CheckResult.TREATED, by=cast.clerk, at=at(hour=10))


def test_the_check_is_overdue_from_the_fifteenth_day(referral, cast):
    last = TODAY + timedelta(days=14)
    assert referral.check_by == last
    assert (_show(cast.township, "overdue", last), _show(cast.township, "to_check", last)) == ([], [referral])
    assert _show(cast.township, "overdue", last + timedelta(days=1)) == [referral]
    check_referral(referral=referral, result=CheckResult.IN_HOSPITAL, by=cast.doctor, at=at(last))
    assert _show(cast.township, "overdue", last + timedelta(days=9)) == []
    referral.refresh_from_db()
    assert (referral.checked_on, referral.checked_by) == (last, cast.doctor)


def test_the_two_weeks_run_from_the_visit_that_advised_it(person, cast):
    visit = a_visit_to(person, cast.doctor, TODAY - timedelta(days=5), assessment={"referral": True})
    assert a_referral(person, cast.doctor, visit=visit).check_by == TODAY + timedelta(days=9)


def test_an_emergency_stands_first(referral, person, cast):
    calm = a_referral(person, cast.doctor, urgency="routine", sent=at(TODAY - timedelta(days=3)))
    assert _show(cast.clerk, "waiting") == [referral, calm]


def test_median_time_to_service_says_how_many_it_rests_on(person, cast):
    for hours in (1, 2, 9):
        referral = a_referral(person, cast.doctor, sent=at(hour=8))
        note_priority(
            referral=referral,
            kind=PriorityKind.REGISTRATION,
            asked_at=at(hour=8),
            served_at=at(hour=8 + hours),
            by=cast.clerk,
        )
    a_referral(person, cast.doctor)
    registration, examination, _admission = service_times(cast.clerk, since=TODAY, on=TODAY)
    assert (registration.served, registration.median_hours, registration.waiting) == (3, 2.0, 1)
    assert (examination.served, examination.median_hours) == (0, None)


def test_a_service_does_not_lie_before_its_request(referral, cast):
    with pytest.raises(ValidationError):
        note_priority(
            referral=referral, kind="admission", asked_at=at(hour=9), served_at=at(hour=8), by=cast.clerk
        )


def test_lists_and_pages_hold_only_the_area(referral, cast):
    assert _show(cast.clerk, "waiting") == [referral]
    assert _show(cast.colleague, "waiting") == []
    with pytest.raises(Http404):
        get_referral(cast.stranger, referral.uuid)


def test_sensitive_referrals_are_for_health_staff_only(person, cast):
    visit = a_visit_to(person, cast.doctor, TODAY, is_sensitive=True, assessment={"referral": True})
    assert not advised(cast.township_administration, TODAY).exists()
    referral = a_referral(person, cast.doctor, visit=visit)
    assert _show(cast.township, "waiting") == [referral]
    assert _show(cast.township_administration, "waiting") == []


def test_people_are_sent_to_hospitals_of_the_county_and_above(county, cast):
    mine, above = a_hospital(county.county), a_hospital(county.province, name="省医院")
    town = a_hospital(county.hetang, kind="township_hospital", name="卫生院")
    a_hospital(county.other_county, name="别区医院")
    a_hospital(county.lianhe, kind="village_clinic", name="卫生室")
    assert set(hospitals(cast.doctor)) == {mine, above, town}


def test_who_moves_takes_the_referral_along(referral, person, county):
    person.household.village = county.qingshui
    person.household.save()
    referral.refresh_from_db()
    assert referral.village == county.qingshui


def test_a_fall_of_another_member_is_noted_in_the_visit_itself(person, cast):
    mother = a_person(person.household, name="戴喜珍", relation="50", sex="2")
    body = a_household_body(person.household, need_person=str(mother.uuid), need_kind="hospital")
    body["need_words"] = "左腿摔伤，站不起来"
    receipt = record_visit(body=body, by=cast.doctor, received_on=TODAY)
    need = Need.objects.get()
    assert (need.person, need.kind, need.visit) == (mother, "hospital", receipt.visit)
    assert need.steps.get().note == "左腿摔伤，站不起来"
    again = record_visit(body=body, by=cast.doctor, received_on=TODAY)
    assert (again.status, Need.objects.count()) == ("repeated", 1)


def test_a_need_of_the_same_kind_gets_the_words_instead_of_a_twin(person, cast):
    for number, words in enumerate(("缺轮椅", "轮椅还没有来")):
        day = str(TODAY - timedelta(days=5 - number))
        body = a_household_body(person.household, visited_on=day, need_kind="device", need_words=words)
        assert record_visit(body=body, by=cast.doctor, received_on=TODAY).status == "accepted"
    assert [step.note for step in Need.objects.get().steps.order_by("id")] == ["缺轮椅", "轮椅还没有来"]


def test_a_need_of_somebody_who_does_not_live_there_refuses_the_visit(person, cast, county):
    other = a_person(a_household(county.lianhe), name="李四")
    body = a_household_body(person.household, need_person=str(other.uuid), need_words="轮椅")
    receipt = record_visit(body=body, by=cast.doctor, received_on=TODAY)
    assert (receipt.status, receipt.problems[0].field) == ("refused", "need_person")
    assert not Need.objects.exists()
