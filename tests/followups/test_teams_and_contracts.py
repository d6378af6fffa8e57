"""Teams led by a general practitioner; contracts, one at a time; whole villages signed in one stroke."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import Http404

from followups.choices import ContractState, Slot
from followups.models import Contract, TeamMember
from followups.queries.contracts import running_out, village_preview
from followups.queries.teams import get_team, workloads
from followups.services.contracts import end_contract, sign_contract, sign_village
from followups.services.renewals import renew
from followups.services.teams import change_member, form_team, remove_member, serve_villages
from followups.services.visits import record_visit
from tests.factories.followups import TODAY, a_body, a_contract, a_duty, a_team
from tests.factories.ground import a_practitioner, an_institution
from tests.factories.registry import a_condition, a_household, a_person


@pytest.fixture
def team(county):
    return a_team(county.lianhe, county.shunjiang)


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe))


def test_a_team_is_formed_with_its_leader(county, cast):
    hospital = an_institution(county.dongping, "township_hospital")
    doctor = a_practitioner(hospital, is_general_practitioner=True)
    team = form_team(
        name="联合团队",
        area=county.dongping,
        institution=hospital,
        villages=[county.lianhe],
        leader=doctor,
        by=cast.township,
        on=TODAY,
    )
    assert team.members.get().practitioner == doctor and list(team.villages.all()) == [county.lianhe]


def test_a_leader_must_be_a_general_practitioner(county, cast, team):
    nurse = a_practitioner(an_institution(county.dongping), is_general_practitioner=False)
    with pytest.raises(ValidationError, match=r"general practitioner|全科医生"):
        change_member(team=team, practitioner=nurse, slot=Slot.LEADER, by=cast.township, on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        TeamMember.objects.filter(team=team, slot=Slot.LEADER).update(practitioner=nurse)


def test_a_new_leader_takes_the_place_of_the_old_one(county, cast, team):
    doctor = a_practitioner(an_institution(county.dongping), is_general_practitioner=True)
    change_member(team=team, practitioner=doctor, slot=Slot.LEADER, by=cast.township, on=TODAY)
    leaders = TeamMember.objects.filter(team=team, slot=Slot.LEADER)
    assert leaders.count() == 2 and leaders.get(to_on=None).practitioner == doctor


def test_the_leader_cannot_just_leave(cast, team):
    with pytest.raises(ValidationError, match=r"leader|团队长"):
        remove_member(member=team.members.get(), by=cast.township, on=TODAY)


def test_any_other_member_can(county, cast, team):
    nurse = a_practitioner(an_institution(county.dongping))
    seat = change_member(team=team, practitioner=nurse, slot=Slot.NURSE, by=cast.township, on=TODAY)
    assert remove_member(member=seat, by=cast.township, on=TODAY).to_on == TODAY


def test_only_villages_of_the_own_area_can_be_given_to_a_team(county, cast, team):
    with pytest.raises(ValidationError, match=r"own area|本辖区"):
        serve_villages(team=team, villages=[county.far], by=cast.township)


def test_a_doctor_does_not_form_teams(county, cast, team):
    with pytest.raises(PermissionDenied):
        serve_villages(team=team, villages=[county.lianhe], by=cast.doctor)


def test_a_contract_runs_a_year_with_what_its_package_promises(person, team, cast):
    contract = sign_contract(
        person=person, team=team, package="chronic", since=TODAY, by=cast.doctor, on=TODAY
    )
    contract.refresh_from_db()
    assert (contract.period.lower, contract.period.upper) == (TODAY, date(2027, 11, 18))
    assert contract.promised == {"home_visit": 24, "exam": 1, "follow_up": 4}
    assert contract.village_id == person.village_id


def test_nobody_has_two_contracts_at_a_time(person, team, cast):
    sign_contract(person=person, team=team, package="basic", since=TODAY, by=cast.doctor, on=TODAY)
    with pytest.raises(ValidationError) as refused:
        sign_contract(
            person=person, team=team, package="basic", since=date(2027, 3, 1), by=cast.doctor, on=TODAY
        )
    assert "since" in refused.value.message_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        a_contract(person, team, cast.county, since=TODAY)


def test_a_guardian_who_signs_is_named(person, team, cast):
    with pytest.raises(ValidationError) as refused:
        sign_contract(
            person=person,
            team=team,
            package="basic",
            since=TODAY,
            by=cast.doctor,
            on=TODAY,
            signed_by="guardian",
        )
    assert "signer_name" in refused.value.message_dict


def test_a_team_signs_only_where_it_serves(county, team, cast):
    elsewhere = a_person(a_household(county.qingshui))
    with pytest.raises(ValidationError, match=r"serve|不服务"):
        sign_contract(person=elsewhere, team=team, package="basic", since=TODAY, by=cast.county, on=TODAY)


def test_a_whole_village_signs_everybody_once_with_the_package_that_fits(county, team, cast, person):
    a_condition(person)
    a_condition(a_person(person.household, name="李秀英", relation="10"), "type2_diabetes")
    child = a_person(person.household, name="张小宝", relation="40", birth_date=date(2015, 6, 1))
    a_person(a_household(county.lianhe), name="王大力", health_class="major")
    a_person(a_household(county.lianhe), name="已签约")
    signed = a_person(a_household(county.lianhe), name="刘签")
    a_contract(signed, team, cast.county)
    left = a_person(a_household(county.lianhe), name="赵走", left_on=date(2026, 5, 1), left_reason="moved")
    preview = village_preview(county.lianhe, TODAY)
    assert (preview.persons, preview.with_contract, preview.new) == (6, 1, 5)
    assert preview.to_sign == {"basic": 2, "chronic": 1, "diabetes": 1, "major": 1}
    assert sign_village(village=county.lianhe, team=team, by=cast.township, on=TODAY) == 5
    assert sign_village(village=county.lianhe, team=team, by=cast.township, on=TODAY) == 0
    assert not left.contracts.exists()
    young = child.contracts.get()
    assert (young.signed_by, young.signer_name) == ("guardian", person.name)
    assert village_preview(county.lianhe, TODAY).new == 0


def test_renewing_begins_on_the_day_the_old_contract_ends(person, team, cast):
    old = a_contract(person, team, cast.county)
    old.refresh_from_db()
    new = renew(contract=old, by=cast.doctor, on=date(2026, 12, 20))
    assert new.period.lower == date(2027, 1, 1)


def test_a_contract_that_runs_out_is_listed_a_month_before(person, team, cast):
    a_contract(person, team, cast.county)
    assert not running_out(cast.doctor, date(2026, 11, 30)).exists()
    assert running_out(cast.doctor, date(2026, 12, 2)).count() == 1
    assert not running_out(cast.stranger, date(2026, 12, 2)).exists()


def test_ending_keeps_what_was_and_makes_room(person, team, cast):
    contract = a_contract(person, team, cast.county)
    ended = end_contract(contract=contract, reason="换团队", by=cast.doctor, on=TODAY)
    assert (ended.state, ended.period.upper) == (ContractState.ENDED, TODAY)
    assert sign_contract(person=person, team=team, package="basic", since=TODAY, by=cast.doctor, on=TODAY)
    with pytest.raises(ValidationError):
        end_contract(contract=contract, reason="再来", by=cast.doctor, on=TODAY)


def test_an_empty_period_is_refused_by_the_database(person, team, cast):
    contract = a_contract(person, team, cast.county)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(period=DateRange(TODAY, TODAY))


def test_the_workload_counts_persons_duties_and_visits(county, cast, person):
    team = a_team(county.lianhe, leader=cast.doctor)
    a_contract(person, team, cast.county)
    a_duty(person, team=team, starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30))
    a_duty(household=person.household, team=team, due_on=date(2026, 11, 17))
    spouse = a_person(person.household, name="李秀英", relation="10")
    record_visit(body=a_body(spouse, mode="1"), by=cast.doctor, received_on=TODAY)
    (load,) = workloads(cast.township, TODAY)
    assert (load.persons, load.due, load.overdue, load.visits) == (1, 2, 1, 1)
    assert load.leader.practitioner.user == cast.doctor


def test_a_team_of_another_area_is_not_found(team, cast):
    with pytest.raises(Http404):
        get_team(cast.stranger, team.pk)
    assert workloads(cast.stranger, TODAY) == []
