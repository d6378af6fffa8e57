"""What the database itself refuses, whoever writes: every constraint of the work, tried from below."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from core.base.ids import uuid7
from followups.models import Conflict, Contract, Duty, Submission, TeamMember, Visit
from followups.services.visits import record_visit
from tests.factories.followups import TODAY, a_body, a_contract, a_duty, a_team
from tests.factories.ground import a_practitioner, an_institution
from tests.factories.registry import a_household, a_person


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe))


@pytest.fixture
def visit(person, cast):
    return record_visit(body=a_body(person), by=cast.doctor, received_on=TODAY).visit


def refused():
    return pytest.raises(IntegrityError)


@pytest.mark.parametrize(
    "broken",
    [
        {"due_on": date(2026, 1, 1)},
        {"ends_on": date(2026, 10, 1)},
        {"state": "done", "closed_on": TODAY},
        {"state": "cancelled"},
        {"closed_on": TODAY},
    ],
)
def test_a_duty_keeps_its_window_and_says_how_it_was_closed(person, broken):
    duty = a_duty(person)
    with refused(), transaction.atomic():
        Duty.objects.filter(pk=duty.pk).update(**broken)


def test_one_duty_for_each_window_rule_and_form(person):
    a_duty(person), a_duty(person, protocol="type2_diabetes"), a_duty(household=person.household)
    with refused(), transaction.atomic():
        a_duty(person)
    with refused(), transaction.atomic():
        a_duty(household=person.household)


def test_a_move_takes_the_open_duty_along_and_never_doubles_it(person, county):
    a_duty(person)
    there = a_household(county.qingshui)
    type(person).objects.filter(pk=person.pk).update(household=there)
    duty = Duty.objects.get()
    assert (duty.household, duty.village) == (there, county.qingshui)
    with refused(), transaction.atomic():
        a_duty(type(person).objects.get(pk=person.pk))


@pytest.mark.parametrize(
    "change", [{"answers": {}}, {"visited_on": date(2026, 1, 1)}, {"mode": "3"}, {"protocol": "home_visit"}]
)
def test_a_visit_is_never_edited(visit, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(**change)


@pytest.mark.parametrize(
    "broken", [{"satisfaction": 0}, {"sbp": 80, "dbp": 90}, {"next_on": date(2026, 11, 18)}]
)
def test_impossible_numbers_of_a_visit_are_refused(visit, broken):
    with refused(), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(**broken)


def test_a_version_is_replaced_once(visit, person, cast):
    def second(**more):
        return Visit.objects.create(
            uuid=uuid7(), household=person.household, person=person, village=person.village, county=person.county,
            protocol="hypertension", edition="2017", visited_on=TODAY, mode="2", by=cast.doctor, supersedes=visit, **more,
        )  # fmt: skip

    second()
    with refused(), transaction.atomic():
        second()


def test_the_same_body_is_kept_once_and_one_conflict_for_each_pair(visit, cast, person):
    kept = Submission.objects.get()
    with refused(), transaction.atomic():
        Submission.objects.create(
            client_id=kept.client_id, sha256=bytes(kept.sha256), body={}, user=cast.doctor
        )
    Conflict.objects.create(kind="duty_twice", village=person.village, kept=visit, offered=kept)
    with refused(), transaction.atomic():
        Conflict.objects.create(kind="stale", village=person.village, kept=visit, offered=kept)


def test_one_leader_at_a_time(county):
    team = a_team(county.lianhe)
    doctor = a_practitioner(an_institution(county.dongping), is_general_practitioner=True)
    with refused(), transaction.atomic():
        TeamMember.objects.create(team=team, practitioner=doctor, slot="leader", from_on=TODAY)


def test_contracts_of_one_person_never_overlap_not_even_by_a_day(person, county, cast):
    team = a_team(county.lianhe)
    a_contract(person, team, cast.county)
    with refused(), transaction.atomic():
        a_contract(person, team, cast.county, since=date(2026, 12, 31))
    assert a_contract(person, team, cast.county, since=date(2027, 1, 1))


def test_a_guardian_without_a_name_is_refused(person, county, cast):
    with refused(), transaction.atomic():
        a_contract(person, a_team(county.lianhe), cast.county, signed_by="guardian")
    assert not Contract.objects.exists()
