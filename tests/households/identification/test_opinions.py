"""3+3: two opinions at each of three levels, by six different people; the last one makes it so."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange

from core.accounts.models import Absence
from core.base.states import MoveRefused
from households.models import Condition, IdentificationCase, Opinion
from households.queries.identification.standing import waiting_for
from households.services.identification.opinions import (
    CauseDecision,
    decide_cause,
    give_opinion,
    give_opinions,
)
from tests.factories.identification import FIRST, an_identification, carry, say, the_six
from tests.factories.registry import a_condition, a_household, a_person

pytestmark = pytest.mark.django_db
LATER = FIRST + timedelta(days=5)


@pytest.fixture
def case(county, cast):
    return an_identification(county, cast)


def _where(case):
    found = IdentificationCase.objects.get(pk=case.pk)
    return found.level, found.state, found.turn


@pytest.mark.parametrize(
    ("opinions", "where"),
    [
        (1, ("village", "open", 1)),
        (2, ("township", "open", 1)),
        (4, ("county", "open", 1)),
        (6, ("county", "confirmed", 1)),
    ],
)
def test_a_level_is_passed_when_both_sides_agree(case, cast, opinions, where):
    carry(case, cast, opinions)
    assert _where(case) == where


def test_a_confirmed_case_makes_the_condition_from_its_day(case, cast):
    held = carry(case, cast, 6)
    assert held.condition.disease == case.disease
    assert (held.condition.confirmed_on, held.ended_on) == (FIRST, FIRST)


def test_a_condition_that_is_known_is_linked_and_not_made_twice(case, cast):
    known = a_condition(case.person, "stroke")
    assert carry(case, cast, 6).condition == known
    assert Condition.objects.filter(person=case.person).count() == 1


def test_one_no_of_the_township_returns_it_to_the_village_at_once_and_earlier_opinions_stay(case, cast):
    carry(case, cast, 2)
    say(case, cast.township, agrees=False)
    assert _where(case) == ("village", "returned", 2)
    assert Opinion.objects.filter(case=case).count() == 3


def test_one_no_of_the_county_returns_it_to_the_township_only(case, cast):
    carry(case, cast, 4)
    say(case, cast.county_administration, agrees=False)
    assert _where(case) == ("township", "returned", 2)


def test_a_returned_case_climbs_again_with_new_opinions(case, cast):
    carry(case, cast, 2)
    say(case, cast.township_administration, agrees=False)
    for who in the_six(cast):
        say(case, who, on=LATER)
    assert _where(case) == ("county", "confirmed", 2)


def test_in_the_village_the_second_side_is_heard_although_the_first_said_no(case, cast):
    say(case, cast.committee, agrees=False)
    assert _where(case) == ("village", "open", 1)
    say(case, cast.doctor)
    assert _where(case) == ("village", "returned", 2)


def test_two_noes_of_the_village_reject_it(case, cast):
    say(case, cast.doctor, agrees=False)
    say(case, cast.committee, agrees=False)
    assert _where(case) == ("village", "rejected", 1)


@pytest.mark.parametrize("who", ["colleague", "stranger", "township", "county", "team_doctor"])
def test_nobody_else_speaks_for_the_village(case, cast, who):
    with pytest.raises(MoveRefused):
        say(case, getattr(cast, who))


@pytest.mark.parametrize("who", ["clerk", "auditor", "administrator"])
def test_roles_without_an_opinion_are_refused(case, cast, who):
    with pytest.raises(PermissionDenied):
        say(case, getattr(cast, who))


def test_nobody_speaks_twice_in_one_turn(case, cast):
    say(case, cast.doctor)
    with pytest.raises(MoveRefused):
        say(case, cast.doctor)


def test_whoever_came_to_the_other_side_of_the_desk_is_not_asked_again(case, cast):
    say(case, cast.doctor)
    cast.doctor.role, cast.doctor.sector = "village_clerk", "administration"
    cast.doctor.save()
    assert not waiting_for(cast.doctor).exists()


def test_an_opinion_on_a_page_that_is_out_of_date_is_refused(case, cast):
    stale = IdentificationCase.objects.get(pk=case.pk)
    carry(case, cast, 2)
    with pytest.raises(MoveRefused):
        give_opinion(case=stale, agrees=True, grounds="x", by=cast.committee, on=FIRST)


def test_an_opinion_needs_grounds(case, cast):
    with pytest.raises(ValidationError):
        say(case, cast.doctor, grounds="  ")


def test_an_opinion_cannot_lie_before_the_case_came(case, cast):
    with pytest.raises(ValidationError):
        say(case, cast.doctor, on=FIRST - timedelta(days=1))


def test_the_deputy_of_an_absent_village_doctor_speaks_in_the_own_name(case, cast):
    # scope asks for today: who stands in reaches the village on the days of the absence only
    today = date.today()
    Absence.objects.create(
        doctor=cast.doctor,
        deputy=cast.team_doctor,
        period=DateRange(today - timedelta(days=1), today + timedelta(days=2)),
        reason="leave",
        by=cast.doctor,
    )
    say(case, cast.team_doctor, on=today)
    assert Opinion.objects.get(case=case).by == cast.team_doctor


def test_a_list_of_opinions_is_recorded_one_by_one_and_what_moved_on_is_told(county, cast):
    cases = [an_identification(county, cast) for _n in range(3)]
    say(cases[2], cast.doctor)
    given = give_opinions(cases=cases, agrees=True, grounds="属实", by=cast.doctor, on=FIRST)
    assert (given.done, given.moved_on) == (2, [cases[2]])
    assert Opinion.objects.filter(by=cast.doctor).count() == 3


def test_waiting_is_only_what_waits_for_this_side(case, cast):
    assert waiting_for(cast.doctor).count() == waiting_for(cast.committee).count() == 1
    assert waiting_for(cast.township).count() == 0
    say(case, cast.doctor)
    assert (waiting_for(cast.doctor).count(), waiting_for(cast.committee).count()) == (0, 1)


def test_who_has_died_waits_for_nobody(case, cast):
    case.person.left_on, case.person.left_reason = FIRST, "died"
    case.person.save()
    assert not waiting_for(cast.doctor).exists()


class TestCauseOfPoverty:
    def _case(self, county, cast, **home):
        return an_identification(county, cast, a_person(a_household(county.lianhe, **home)))

    def test_the_county_makes_illness_the_main_cause_from_a_day_and_the_old_one_moves_on(self, county, cast):
        case = self._case(
            county, cast, main_cause="skill", other_causes=["land"], registered_on=date(2016, 1, 1)
        )
        carry(case, cast, 4)
        say(case, cast.county, cause=CauseDecision(FIRST, "住院自付超过年收入一半"))
        home = case.person.household
        home.refresh_from_db()
        assert home.main_cause == "skill"
        say(case, cast.county_administration)
        home.refresh_from_db()
        assert (home.main_cause, home.other_causes) == ("illness", ["skill", "land"])
        main = home.causes.get(is_main=True, period__contains=FIRST)
        assert (main.cause, main.period.lower) == ("illness", FIRST)

    def test_without_the_tick_the_cause_stays(self, county, cast):
        case = self._case(county, cast, main_cause="skill")
        carry(case, cast, 6)
        case.person.household.refresh_from_db()
        assert case.person.household.main_cause == "skill"

    def test_only_the_county_decides_it(self, case, cast):
        with pytest.raises(PermissionDenied):
            say(case, cast.doctor, cause=CauseDecision(FIRST, "x"))

    def test_it_may_be_decided_after_the_confirmation(self, county, cast):
        case = self._case(county, cast, main_cause="skill")
        carry(case, cast, 6)
        decide_cause(case=case, since=LATER, reason="长期透析", by=cast.county_administration)
        case.person.household.refresh_from_db()
        assert case.person.household.main_cause == "illness"

    def test_not_before_it(self, case, cast):
        with pytest.raises(MoveRefused):
            decide_cause(case=case, since=LATER, reason="x", by=cast.county)
