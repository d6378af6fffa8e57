"""Contracts go from one team to another in one act and come back by a contrary act; whom nobody covers."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from core.clinics.models import Licence
from followups.choices import ContractStanding, ContractState, Slot, Uncovered
from followups.models import Contract, TeamMember
from followups.queries.contracts import standing
from followups.queries.fulfilment import fulfilment_of_person
from followups.queries.teams import current_contract
from followups.queries.uncovered import gap_page, gaps
from followups.services.moves import move_contracts, undo_move
from followups.services.teams import close_team
from followups.services.visits import record_visit
from tests.factories.followups import TODAY, a_body, a_contract, a_duty, a_team
from tests.factories.registry import a_household, a_person

LATER = date(2026, 12, 1)


@pytest.fixture
def team(county):
    return a_team(county.lianhe, county.shunjiang)


@pytest.fixture
def other(county):
    return a_team(county.qingshui, name="第二团队")


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe))


def _move(team, other, cast, *, on=TODAY, **more):
    return move_contracts(from_team=team, to_team=other, reason="人太多", by=cast.county, on=on, **more)


def test_a_village_goes_over_with_its_open_visits_and_the_rest_of_the_year(county, team, other, cast, person):
    old = a_contract(person, team, cast.county, promised={"follow_up": 4})
    elsewhere = a_contract(a_person(a_household(county.shunjiang), name="李四"), team, cast.county)
    open_duty = a_duty(person, team=team)
    at_home = a_duty(household=person.household, team=team)
    move = _move(team, other, cast, villages=[county.lianhe])
    new = current_contract(person, TODAY)
    old.refresh_from_db(), open_duty.refresh_from_db(), at_home.refresh_from_db(), elsewhere.refresh_from_db()
    assert (move.contracts, move.duties) == (1, 2)
    assert (old.state, old.period.upper, old.end_reason) == (ContractState.ENDED, TODAY, "moved")
    assert (new.team, new.period.lower, new.period.upper) == (other, TODAY, date(2027, 1, 1))
    assert (new.follows, new.year_from, new.promised) == (old, date(2026, 1, 1), {"follow_up": 4})
    assert (open_duty.team, at_home.team, elsewhere.team) == (other, other, team)
    assert standing(old, TODAY) == ContractStanding.CHANGED_TEAM


def test_what_the_earlier_team_did_counts_on(team, other, cast, person):
    a_contract(person, team, cast.county, promised={"follow_up": 4})
    record_visit(body=a_body(person, visited_on="2026-10-20", mode="1"), by=cast.doctor, received_on=TODAY)
    _move(team, other, cast)
    (item,) = fulfilment_of_person(cast.county, person, TODAY)
    assert (item.promised, item.done) == (4, 1)


def test_only_the_chosen_ones_go(county, team, other, cast, person):
    chosen = a_contract(person, team, cast.county)
    stays = a_contract(a_person(a_household(county.lianhe), name="李四"), team, cast.county)
    _move(team, other, cast, contracts=[chosen.pk])
    stays.refresh_from_db()
    assert (current_contract(person, TODAY).team, stays.team, stays.state) == (other, team, "signed")


def test_a_contract_that_has_not_begun_only_changes_its_team(team, other, cast, person):
    ahead = a_contract(person, team, cast.county, since=date(2027, 1, 1))
    _move(team, other, cast)
    ahead.refresh_from_db()
    assert (ahead.team, ahead.state, ahead.period.lower) == (other, "signed", date(2027, 1, 1))


def test_the_new_team_serves_the_village_from_then_on_and_the_old_one_leaves_it(
    county, team, other, cast, person
):
    a_contract(person, team, cast.county)
    _move(team, other, cast, villages=[county.lianhe])
    assert set(other.villages.all()) == {county.lianhe, county.qingshui}
    assert list(team.villages.all()) == [county.shunjiang]


@pytest.mark.parametrize("on", [TODAY, LATER])
def test_taking_back_restores_team_visits_and_village(county, team, other, cast, person, on):
    a_contract(person, team, cast.county)
    duty = a_duty(person, team=team)
    move = _move(team, other, cast, villages=[county.lianhe])
    back = undo_move(move=move, by=cast.county, on=on)
    duty.refresh_from_db()
    assert (current_contract(person, on).team, duty.team, back.undoes) == (team, team, move)
    assert county.lianhe in team.villages.all()
    assert Contract.objects.filter(person=person).count() == (2 if on == TODAY else 3)
    with pytest.raises(ValidationError, match=r"already|过了"):
        undo_move(move=move, by=cast.county, on=on)


def test_nothing_is_moved_to_a_closed_or_leaderless_team_or_without_a_reason(team, other, cast, person):
    a_contract(person, team, cast.county)
    with pytest.raises(ValidationError):
        _move(team, team, cast)
    TeamMember.objects.filter(team=other).update(to_on=TODAY)
    with pytest.raises(ValidationError, match=r"leader|团队长"):
        _move(team, other, cast)
    close_team(team=other, by=cast.county, on=TODAY)
    other.refresh_from_db()
    with pytest.raises(ValidationError, match=r"closed|撤销"):
        _move(team, other, cast)


def test_a_move_of_nothing_leaves_no_trace(team, other, cast):
    with pytest.raises(ValidationError):
        _move(team, other, cast)
    assert not team.moves_out.exists()


def test_a_doctor_moves_nobody_and_nobody_is_moved_from_elsewhere(team, other, cast, person):
    a_contract(person, team, cast.county)
    with pytest.raises(PermissionDenied):
        move_contracts(from_team=team, to_team=other, reason="x", by=cast.doctor, on=TODAY)


class TestUncovered:
    @pytest.fixture(autouse=True)
    def licensed(self, team):
        """The leader has a licence and sits as village doctor too, so that nothing is missing at first."""
        leader = team.members.get().practitioner
        TeamMember.objects.create(team=team, practitioner=leader, slot=Slot.VILLAGE_DOCTOR, from_on=TODAY)
        Licence.objects.create(
            practitioner=leader, kind="GP", number="1", valid_from=date(2020, 1, 1), valid_to=date(2027, 1, 1)
        )

    def _reasons(self, user, on=TODAY):
        found = gap_page(user, on, village=None, reason="", limit=50, offset=0)
        return {gap.person.name: gap.reasons for gap in found}

    def test_who_has_a_contract_with_a_whole_team_is_covered(self, team, cast, person):
        a_contract(person, team, cast.county)
        assert self._reasons(cast.county) == {}

    def test_without_a_contract_today_nobody_covers_a_person(self, team, cast, person):
        a_contract(person, team, cast.county, since=date(2025, 1, 1))
        assert self._reasons(cast.county) == {person.name: [Uncovered.NO_CONTRACT]}
        assert self._reasons(cast.stranger) == {}

    def test_who_left_needs_nobody(self, cast, person):
        type(person).objects.filter(pk=person.pk).update(left_on=TODAY, left_reason="died")
        assert gaps(cast.county, TODAY).persons == 0

    def test_a_closed_team_covers_nobody(self, team, cast, person):
        a_contract(person, team, cast.county)
        close_team(team=team, by=cast.county, on=TODAY)
        assert Uncovered.TEAM_CLOSED in self._reasons(cast.county)[person.name]

    def test_nor_does_one_without_a_leader(self, team, cast, person):
        a_contract(person, team, cast.county)
        TeamMember.objects.filter(team=team, slot=Slot.LEADER).update(to_on=TODAY)
        assert self._reasons(cast.county) == {person.name: [Uncovered.NO_LEADER]}

    def test_a_licence_that_has_run_out_leaves_two_gaps_each_counted(self, team, cast, person):
        a_contract(person, team, cast.county)
        Licence.objects.update(valid_to=date(2026, 11, 17))
        found = gaps(cast.county, TODAY)
        assert found.persons == 1
        assert found.by_reason == {Uncovered.LEADER_UNLICENSED: 1, Uncovered.NO_DOCTOR: 1}
        assert self._reasons(cast.county, date(2026, 11, 17)) == {}
