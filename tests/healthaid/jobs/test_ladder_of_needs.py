"""Needs not met by their day, and referrals nobody answers or asks after, climb the ladder."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from followups.models import Need, NeedEscalation, Referral, ReferralEscalation
from followups.queries.escalations import count_unseen
from followups.queries.referrals import count_referrals
from followups.services.needs import close_need, postpone_need
from healthaid.journeys.matters import escalate_needs, escalate_referrals
from healthaid.outreach.models import Message
from tests.factories.followups import a_contract, a_team
from tests.factories.referrals import a_referral, at
from tests.factories.registry import a_household, a_person

ON = date(2026, 5, 20)  # a Wednesday


@pytest.fixture
def person(county, cast):
    person = a_person(a_household(county.lianhe))
    a_contract(person, a_team(county.lianhe, leader=cast.team_doctor), cast.doctor)
    return person


def a_need(person, owner, *, late: int, **more) -> Need:
    due = ON - timedelta(days=late)
    return Need.objects.create(
        **{"household": person.household, "person": person, "village": person.village, "kind": "cost"},
        **{"description": "怕花钱一直拖着", "raised_by": owner, "owner": owner, "due_on": due},
        raised_on=due - timedelta(days=7),
        **more,
    )


@pytest.mark.parametrize(
    ("late", "told"),
    [
        (0, []),
        (1, ["owner"]),
        (4, ["owner", "leader"]),
        (15, ["owner", "leader", "township"]),
        (31, ["owner", "leader", "township", "county"]),
    ],
)
def test_a_need_climbs_from_its_owner_to_the_county(late, told, person, cast):
    a_need(person, cast.doctor, late=late)
    escalate_needs(on=ON)
    whom = {"owner": "doctor", "leader": "team_doctor", "township": "township", "county": "county"}
    found = {step.step: step.told for step in NeedEscalation.objects.all()}
    assert found == {step: getattr(cast, whom[step]) for step in told}


def test_a_need_is_told_once_in_one_message(person, cast):
    a_need(person, cast.doctor, late=2)
    a_need(person, cast.doctor, late=3)
    assert escalate_needs(on=ON)["owner"] == 2
    assert escalate_needs(on=ON)["owner"] == 0
    assert Message.objects.get(user=cast.doctor, purpose="needs_owner").context["count"] == 2


def test_the_leader_who_owns_a_need_is_not_told_twice(person, cast):
    a_need(person, cast.team_doctor, late=9)
    assert escalate_needs(on=ON) == {"owner": 1, "leader": 0, "township": 0, "county": 0}


def test_nobody_is_told_of_needs_on_a_quiet_day(person, cast):
    a_need(person, cast.doctor, late=1)
    assert set(escalate_needs(on=date(2026, 5, 23)).values()) == {0}


def test_a_need_put_on_another_day_climbs_anew_after_that(person, cast):
    need = a_need(person, cast.doctor, late=2)
    escalate_needs(on=ON)
    postpone_need(need=need, due_on=ON + timedelta(days=5), reason="等床位", by=cast.doctor, on=ON)
    assert escalate_needs(on=ON)["owner"] == 0
    assert escalate_needs(on=ON + timedelta(days=6))["owner"] == 1


def test_a_confidential_need_is_not_told_outside_health(person, cast):
    person.contracts.update(state="ended", end_reason="moved")
    need = a_need(person, cast.doctor, late=40)
    Need.objects.filter(pk=need.pk).update(is_sensitive=True, owner=cast.township_administration)
    assert escalate_needs(on=ON)["owner"] == 0


def test_a_closed_need_waits_for_nobody(person, cast):
    need = a_need(person, cast.doctor, late=2)
    escalate_needs(on=ON)
    assert count_unseen(cast.doctor).needs == 1
    close_need(need=need, state="met", outcome="已手术", by=cast.doctor, on=ON, satisfaction=5)
    assert count_unseen(cast.doctor).needs == 0


def test_who_was_told_stands_on_the_page_of_the_need_and_under_told(person, cast, signed_in):
    need = a_need(person, cast.doctor, late=4)
    escalate_needs(on=ON)
    page = signed_in(cast.doctor).get(reverse("followups:need", args=[need.uuid])).content.decode()
    assert "5月20日" in page and cast.team_doctor.get_full_name() in page
    client = signed_in(cast.team_doctor)
    address = reverse("followups:told")
    assert f'value="{need.pk}"' in client.get(f"{address}?of=needs").content.decode()
    client.post(reverse("followups:told_seen"), {"of": "needs", "told": [need.pk]})
    step = NeedEscalation.objects.get(step="leader")
    assert (step.seen_by, step.seen_at is None) == (cast.team_doctor, False)
    assert NeedEscalation.objects.get(step="owner").seen_at is None


def sent(person, cast, *, days_ago: int, urgency: str = "emergency") -> Referral:
    return a_referral(person, cast.doctor, sent=at(ON - timedelta(days=days_ago)), urgency=urgency)


@pytest.mark.parametrize(
    ("urgency", "days_ago", "late"),
    [
        ("emergency", 0, False),
        ("emergency", 1, True),
        ("urgent", 1, False),
        ("urgent", 2, True),
        ("routine", 3, False),
        ("routine", 4, True),
    ],
)
def test_an_answer_is_late_by_the_urgency(urgency, days_ago, late, person, cast):
    sent(person, cast, days_ago=days_ago, urgency=urgency)
    told = escalate_referrals(on=ON)["owner"]
    assert (told, count_referrals(cast.doctor, ON)["unanswered"]) == (int(late), int(late))


def test_a_referral_that_was_answered_no_longer_waits(person, cast, signed_in):
    referral = sent(person, cast, days_ago=2)
    escalate_referrals(on=ON)
    assert count_unseen(cast.doctor).referrals == 1
    Referral.objects.filter(pk=referral.pk).update(
        state="accepted", answered_at=at(ON), answered_by=cast.township
    )
    assert count_unseen(cast.doctor).referrals == 0


def test_a_check_not_made_in_two_weeks_climbs(person, cast, signed_in):
    referral = sent(person, cast, days_ago=18)
    Referral.objects.filter(pk=referral.pk).update(
        state="accepted", answered_at=at(ON - timedelta(days=18), 10), answered_by=cast.township
    )
    escalate_referrals(on=ON)
    found = set(ReferralEscalation.objects.values_list("step", "cause"))
    assert found == {("owner", "unchecked"), ("leader", "unchecked")}
    page = signed_in(cast.doctor).get(reverse("followups:referral", args=[referral.uuid])).content.decode()
    assert cast.team_doctor.get_full_name() in page
