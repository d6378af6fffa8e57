"""While a doctor is away a deputy sees and does what is the doctor's: not before, not after, nobody else's."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from core.accounts.models import Absence, User
from core.accounts.scope import stands_in_for, village_ids
from followups.models import Escalation, Need, Visit
from followups.queries.escalations import count_unseen
from followups.queries.own_list import own_list
from followups.queries.today import today_list
from followups.services.absences import arrange_absence, end_absence
from followups.services.escalations import mark_seen
from followups.services.visits import record_visit
from healthaid.journeys import climbing, reminders
from healthaid.outreach.models import Message
from tests.factories.absences import an_absence
from tests.factories.followups import a_body, a_contract, a_duty, a_team
from tests.factories.ground import a_practitioner, a_user
from tests.factories.registry import a_condition, a_household, a_person

ON = timezone.localdate()
LATER = ON + timedelta(days=6)


def again(user: User) -> User:
    """As the next request finds the user."""
    return User.objects.get(pk=user.pk)


@pytest.fixture
def home(county):
    home = a_household(county.lianhe)
    a_person(home)
    a_duty(household=home, starts_on=ON - timedelta(days=3), due_on=ON, ends_on=ON + timedelta(days=9))
    return home


def arrange(cast, **more) -> Absence:
    fields = {"doctor": cast.doctor, "deputy": cast.colleague, "first_on": ON, "last_on": LATER}
    fields |= {"reason": "leave", "by": cast.doctor, "on": ON, **more}
    return arrange_absence(**fields)


@pytest.mark.parametrize(
    ("first", "days", "stands"), [(1, 5, False), (0, 1, True), (-4, 5, True), (-5, 5, False)]
)
def test_the_deputy_reaches_the_village_only_in_the_days_of_the_absence(first, days, stands, county, cast):
    an_absence(cast.doctor, cast.colleague, first_on=ON + timedelta(days=first), days=days)
    reached = {county.shunjiang.pk} | ({county.lianhe.pk} if stands else set())
    assert set(village_ids(again(cast.colleague))) == reached
    assert stands_in_for(again(cast.colleague)) == ([cast.doctor.pk] if stands else [])


def test_nobody_else_reaches_more_and_the_doctor_no_less(county, cast):
    an_absence(cast.doctor, cast.colleague)
    assert village_ids(again(cast.doctor)) == [county.lianhe.pk]
    assert village_ids(again(cast.stranger)) == [county.far.pk]


def test_the_deputy_has_the_doctors_day_and_every_visit_carries_the_deputys_name(home, cast):
    assert today_list(again(cast.colleague), ON).households == []
    arrange(cast)
    deputy = again(cast.colleague)
    assert [day.household for day in today_list(deputy, ON).households] == [home]
    person = home.members.get()
    a_condition(person)
    record_visit(
        body=a_body(person, visited_on=ON.isoformat(), answers={"next_date": ""}), by=deputy, received_on=ON
    )
    assert Visit.objects.get().by == cast.colleague


def test_today_says_for_whom_one_stands_in_and_who_stands_in_for_oneself(cast, signed_in):
    arrange(cast)
    there = signed_in(cast.colleague).get(reverse("followups:today")).content.decode()
    here = signed_in(cast.doctor).get(reverse("followups:today")).content.decode()
    assert cast.doctor.get_full_name() in there and cast.colleague.get_full_name() in here


def test_ended_early_nobody_stands_in_from_that_day_on(county, cast):
    begun = an_absence(cast.doctor, cast.colleague, first_on=ON - timedelta(days=2))
    end_absence(absence=begun, by=cast.doctor, on=ON)
    begun.refresh_from_db()
    assert begun.period.upper == ON
    assert village_ids(again(cast.colleague)) == [county.shunjiang.pk]


def test_one_that_has_not_begun_is_taken_away(cast):
    coming = an_absence(cast.doctor, cast.colleague, first_on=ON + timedelta(days=2))
    end_absence(absence=coming, by=cast.doctor, on=ON)
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"deputy": "stranger"}, "deputy"),
        ({"deputy": "doctor"}, "deputy"),
        ({"deputy": "township"}, "deputy"),
        ({"first_on": ON - timedelta(days=1)}, "first_on"),
        ({"last_on": ON - timedelta(days=1)}, "last_on"),
        ({"last_on": ON + timedelta(days=400)}, "last_on"),
        ({"doctor": "stranger"}, "doctor"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(change, field, cast):
    named = {name: getattr(cast, who) if isinstance(who, str) else who for name, who in change.items()}
    with pytest.raises(ValidationError) as refused:
        arrange(cast, **named)
    assert list(refused.value.error_dict) == [field]


def test_a_deputy_whose_account_is_closed_is_refused(cast):
    User.objects.filter(pk=cast.colleague.pk).update(is_active=False)
    with pytest.raises(ValidationError):
        arrange(cast)


def test_two_deputies_on_one_day_are_refused_in_words(cast):
    arrange(cast)
    with pytest.raises(ValidationError):
        arrange(cast, deputy=cast.team_doctor, first_on=LATER, last_on=LATER)


def test_a_deputy_who_is_away_too_is_refused(cast):
    an_absence(cast.colleague, cast.team_doctor, first_on=LATER)
    with pytest.raises(ValidationError):
        arrange(cast)


def test_the_office_and_the_leader_arrange_it_and_a_colleague_cannot(county, cast):
    arrange(cast, by=cast.township)
    leader = a_user("team_doctor", county.dongping)
    team = a_team(county.lianhe, leader=leader)
    seat = a_practitioner(team.institution, user=cast.doctor)
    team.members.create(practitioner=seat, slot="village_doctor", from_on=date(2026, 1, 1))
    arrange(cast, by=leader, first_on=LATER + timedelta(days=1), last_on=LATER + timedelta(days=2))
    with pytest.raises(ValidationError):
        arrange(
            cast, by=cast.colleague, first_on=LATER + timedelta(days=9), last_on=LATER + timedelta(days=9)
        )


def test_the_page_arranges_and_ends_it(cast, signed_in):
    client, address = signed_in(cast.doctor), reverse("followups:absences")
    body = {
        "doctor": cast.doctor.pk,
        "deputy": cast.colleague.pk,
        "first_on": ON,
        "last_on": LATER,
        "reason": "leave",
    }
    assert client.post(address, body | {"last_on": ON - timedelta(days=1)}).status_code == 422
    assert client.post(address, body).status_code == 302
    absence = Absence.objects.get()
    assert cast.colleague.get_full_name() in client.get(address).content.decode()
    signed_in(cast.colleague).post(reverse("followups:absence_end"), {"absence": absence.pk})
    assert Absence.objects.exists()
    client.post(reverse("followups:absence_end"), {"absence": absence.pk})
    assert not Absence.objects.exists()


def test_what_the_doctor_was_told_the_deputy_sees_and_has_seen(home, cast):
    duty = home.duties.get()
    Escalation.objects.create(duty=duty, step="leader", told=cast.doctor, told_on=ON, channel="file")
    assert count_unseen(again(cast.colleague)).visits == 0
    arrange(cast)
    deputy = again(cast.colleague)
    assert count_unseen(deputy).visits == 1
    mark_seen(matter="visits", numbers=[duty.pk], by=deputy, at=timezone.now())
    assert Escalation.objects.get().seen_by == cast.colleague


def test_the_deputy_is_reminded_of_both_villages_and_the_doctor_of_none(home, county, cast):
    a_duty(household=a_household(county.shunjiang), starts_on=ON, due_on=ON, ends_on=LATER)
    arrange(cast)
    reminders.remind_doctors(on=ON)
    assert Message.objects.get(user=cast.colleague).context["due"] == 2
    assert not Message.objects.filter(user=cast.doctor).exists()


def test_a_message_up_the_ladder_reaches_the_deputy_too(cast):
    arrange(cast)
    climbing.digest(climbing.Counter({cast.doctor.pk: 3}), on=ON, purpose="x", template="escalation")
    assert {m.user_id: m.context["count"] for m in Message.objects.all()} == {
        cast.doctor.pk: 3,
        cast.colleague.pk: 3,
    }


def test_a_need_that_the_deputy_notes_belongs_to_the_doctor(home, cast):
    arrange(cast)
    person = home.members.get()
    need = Need.objects.create(
        **{
            "household": home,
            "person": person,
            "village": home.village,
            "kind": "other",
            "description": "拐杖",
        },
        **{"raised_on": ON, "due_on": LATER, "raised_by": cast.colleague, "owner": cast.colleague},
    )
    need.refresh_from_db()
    assert need.owner == cast.doctor


def test_the_phone_of_the_deputy_has_the_household_while_it_lasts(home, cast):
    absence = arrange(cast)
    assert [each.uuid for each in own_list(again(cast.colleague), ON)] == [home.uuid]
    end_absence(absence=absence, by=cast.doctor, on=ON)
    assert own_list(again(cast.colleague), ON) == []


def test_a_confidential_case_is_on_the_deputys_phone_only_while_standing_in(home, county, cast):
    """Two teams serve the village: the other team's case is the deputy's own for these days only."""
    person = home.members.get()
    a_condition(person, "tuberculosis")
    leader = a_user("team_doctor", county.dongping)
    a_contract(person, a_team(county.lianhe, leader=leader), cast.doctor, since=ON.replace(day=1, month=1))
    deputy = a_user("team_doctor", county.dongping)
    own = a_team(county.lianhe, leader=deputy, name="第二团队")
    other = a_person(home, name="李四", relation="10")
    a_contract(other, own, cast.doctor, since=ON.replace(day=1, month=1))
    assert [len(each.persons) for each in own_list(again(deputy), ON)] == [1]
    an_absence(leader, deputy)
    assert [len(each.persons) for each in own_list(again(deputy), ON)] == [2]
