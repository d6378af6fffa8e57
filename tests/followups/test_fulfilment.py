"""What was promised and what was done of it, one definition for person, team and village; signed but not served."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from followups.queries.fulfilment import (
    Rate,
    fulfilment_by_team,
    fulfilment_by_village,
    fulfilment_of_contract,
    fulfilment_of_person,
    fulfilment_of_team,
    rate_by_now,
    together,
    unserved,
)
from followups.services.contracts import end_contract
from followups.services.visits import record_visit
from tests.factories.contracts import an_exam
from tests.factories.followups import TODAY, a_body, a_contract, a_household_body, a_team
from tests.factories.registry import a_household, a_person

PROMISED = {"follow_up": 2, "exam": 1, "home_visit": 2, "care_plan": 1}


@pytest.fixture
def team(county):
    return a_team(county.lianhe, county.shunjiang)


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe))


def _met(person, cast, day, mode="1", **more):
    record_visit(body=a_body(person, visited_on=day, mode=mode, **more), by=cast.doctor, received_on=TODAY)


def test_a_surplus_for_one_never_hides_a_lack_of_another(county, team, cast, person):
    other = a_person(a_household(county.lianhe), name="李四")
    a_contract(person, team, cast.county, promised=PROMISED)
    a_contract(other, team, cast.county, promised=PROMISED)
    for day in ("2026-10-20", "2026-11-01", "2026-11-10"):
        _met(person, cast, day)
    record_visit(body=a_household_body(person.household), by=cast.doctor, received_on=TODAY)
    an_exam(person, team, date(2026, 4, 1))
    found = {
        item.item: (item.promised, item.done, item.kept, item.over)
        for item in fulfilment_of_team(cast.township, team, TODAY)
    }
    assert found == {
        "follow_up": (4, 3, 2, 1),
        "exam": (2, 1, 1, 0),
        "home_visit": (4, 1, 1, 0),
        "care_plan": (2, 0, 0, 0),
    }


def test_by_now_only_the_share_of_the_year_gone_by_is_due(person, team, cast):
    a_contract(person, team, cast.county, promised={"home_visit": 24})
    (first,) = fulfilment_of_person(cast.doctor, person, date(2026, 1, 15))
    (middle,) = fulfilment_of_person(cast.doctor, person, date(2026, 7, 2))
    (last,) = fulfilment_of_person(cast.doctor, person, date(2026, 12, 31))
    assert (first.due, middle.due, last.due) == (0, 12, 24)


@pytest.mark.parametrize("times", [1, 2])
def test_what_is_promised_once_or_twice_a_year_falls_due_on_days_of_the_households_own(
    times, person, team, cast
):
    a_contract(person, team, cast.county, promised={"exam": times})
    year = [date(2026, 1, 1) + timedelta(days=n) for n in range(0, 365, 7)] + [date(2026, 12, 31)]
    due = [fulfilment_of_person(cast.doctor, person, on)[0].due for on in year]
    assert due == sorted(due) and due[-1] == times
    first = year[due.index(1)]
    assert date(2026, 1, 1) + timedelta(days=40 // times - 1) <= first
    assert year[due.index(times)] <= date(2026, 12, 31) - timedelta(days=81 // times - 7)


def test_households_do_not_all_fall_due_on_one_day(county, team, cast):
    for _number in range(12):
        a_contract(a_person(a_household(county.lianhe)), team, cast.county, promised={"exam": 1})
    found = [fulfilment_of_team(cast.township, team, date(2026, month, 15))[0].due for month in (3, 6, 9, 12)]
    assert found == sorted(found) and 0 < found[1] < 12 and found[-1] == 12


def test_nothing_due_yet_is_no_rate_at_all():
    assert Rate(0, 0).share is None
    assert Rate(9999, 10000).share == Decimal("99.9")


def test_a_call_by_phone_and_a_visit_of_another_year_fulfil_nothing(person, team, cast):
    a_contract(person, team, cast.county, promised={"follow_up": 4})
    _met(person, cast, "2026-11-10", mode="3")
    (item,) = fulfilment_of_person(cast.doctor, person, TODAY)
    assert item.done == 0
    _met(person, cast, "2026-11-12")
    assert fulfilment_of_person(cast.doctor, person, TODAY)[0].done == 1
    assert fulfilment_of_person(cast.doctor, person, date(2026, 11, 11))[0].done == 0


def test_several_members_met_in_one_call_are_one_home_visit(person, team, cast):
    a_contract(person, team, cast.county, promised={"home_visit": 24})
    spouse = a_person(person.household, name="李秀英", relation="10")
    _met(person, cast, "2026-11-10", mode="2")
    _met(spouse, cast, "2026-11-10", mode="2")
    assert fulfilment_of_person(cast.doctor, person, TODAY)[0].done == 1


def test_the_rate_of_the_whole_is_one_of_sums(county, team, cast, person):
    second = a_team(county.qingshui, name="第二团队")
    other = a_person(a_household(county.qingshui), name="李四")
    a_contract(person, team, cast.county, promised={"follow_up": 4})
    a_contract(other, second, cast.county, promised={"exam": 1, "follow_up": 40})
    for day in ("2026-10-20", "2026-11-01", "2026-11-10"):
        _met(person, cast, day)
    by_team = fulfilment_by_team(cast.county, TODAY, [team.pk, second.pk])
    assert rate_by_now(by_team[team.pk]) == Rate(3, 3)
    assert rate_by_now(together(by_team.values())) == Rate(3, 39)
    assert {pk: rate_by_now(items) for pk, items in fulfilment_by_village(cast.county, TODAY).items()} == {
        county.lianhe.pk: Rate(3, 3),
        county.qingshui.pk: Rate(0, 36),
    }


def test_a_team_elsewhere_is_counted_for_nobody_here(person, team, cast):
    a_contract(person, team, cast.county, promised=PROMISED)
    assert fulfilment_of_team(cast.stranger, team, TODAY) == []


def test_who_left_is_counted_until_that_day(person, team, cast):
    contract = a_contract(person, team, cast.county, promised={"exam": 1})
    end_contract(contract=contract, reason="换团队", by=cast.doctor, on=TODAY)
    contract.refresh_from_db()
    assert fulfilment_of_team(cast.county, team, TODAY) == []
    assert len(fulfilment_of_team(cast.county, team, date(2026, 11, 1))) == 1
    assert len(fulfilment_of_contract(cast.county, contract, TODAY)) == 1


def test_a_year_that_went_through_two_teams_is_counted_as_one(county, person, team, cast):
    second = a_team(county.lianhe, name="第二团队")
    _met(person, cast, "2026-10-20")
    a_contract(
        person,
        second,
        cast.county,
        since=date(2026, 11, 1),
        year_from=date(2026, 1, 1),
        promised={"follow_up": 4},
    )
    person.contracts.update(period=DateRange(date(2026, 11, 1), date(2027, 1, 1)))
    (item,) = fulfilment_of_team(cast.county, second, TODAY)
    assert (item.done, item.due) == (1, 3)


def test_signed_but_never_visited_is_listed_the_longest_wait_first(county, team, cast, person):
    other = a_person(a_household(county.lianhe), name="李四")
    third = a_person(a_household(county.shunjiang), name="王五")
    contracts = [a_contract(each, team, cast.county) for each in (person, other, third)]
    _met(person, cast, "2026-11-10")
    _met(other, cast, "2026-08-01", client_id="0198b1e2-0000-7000-8000-000000000001")
    assert unserved(cast.township, TODAY) == [
        (contracts[2].pk, None),
        (contracts[1].pk, date(2026, 8, 1)),
    ]
    assert unserved(cast.township, TODAY, village=county.shunjiang) == [(contracts[2].pk, None)]
    assert unserved(cast.stranger, TODAY) == []


def test_a_visit_to_the_home_as_a_whole_serves_everybody_in_it(team, cast, person):
    a_contract(person, team, cast.county)
    record_visit(body=a_household_body(person.household), by=cast.doctor, received_on=TODAY)
    assert unserved(cast.township, TODAY) == []


def test_the_ninetieth_day_is_too_long_and_the_eighty_ninth_is_not(team, cast, person):
    a_contract(person, team, cast.county)
    _met(person, cast, "2026-11-01")
    assert unserved(cast.township, date(2027, 1, 29)) == []
    person.contracts.update(period=DateRange(date(2026, 1, 1), date(2027, 6, 1)))
    assert unserved(cast.township, date(2027, 1, 29)) == []
    assert len(unserved(cast.township, date(2027, 1, 30))) == 1


def test_who_signed_for_the_first_time_lately_is_not_yet_unserved(team, cast, person):
    contract = a_contract(person, team, cast.county, since=date(2026, 10, 1))
    assert unserved(cast.township, TODAY) == []
    a_contract(person, team, cast.county, since=date(2025, 10, 1))
    assert unserved(cast.township, TODAY) == [(contract.pk, None)]
