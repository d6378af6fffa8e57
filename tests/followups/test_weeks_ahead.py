"""The weeks ahead: how much falls on which day, and who is new and has not been met."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from followups.queries.ahead import DAYS, by_day, houses_of, newcomers, planned
from tests.factories.facts import a_visit_to
from tests.factories.followups import TODAY, a_contract, a_duty, a_team
from tests.factories.registry import a_household, a_person


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe))


def owed_on(person, day, **more):
    return a_duty(
        person, starts_on=day - timedelta(days=9), due_on=day, ends_on=day + timedelta(days=9), **more
    )


def test_each_day_has_its_count_and_days_outside_the_two_weeks_have_none(person, cast):
    for day in (TODAY, TODAY + timedelta(days=3), TODAY - timedelta(days=1), TODAY + timedelta(days=DAYS)):
        owed_on(person, day)
    counts = {each.on: each.visits for each in by_day(planned(cast.doctor, TODAY), TODAY)}
    assert len(counts) == DAYS and sum(counts.values()) == 2
    assert counts[TODAY] == counts[TODAY + timedelta(days=3)] == 1


def test_the_houses_of_a_day_follow_the_way_and_narrow_to_a_form(county, cast):
    second = a_person(a_household(county.lianhe, visit_order=2))
    first = a_person(a_household(county.lianhe, visit_order=1))
    owed_on(second, TODAY), owed_on(first, TODAY), owed_on(first, TODAY, protocol="type2_diabetes")
    found = houses_of(planned(cast.doctor, TODAY), TODAY)
    assert [house.household for house in found] == [first.household, second.household]
    assert [len(house.duties) for house in found] == [2, 1]
    narrowed = planned(cast.doctor, TODAY, protocol="type2_diabetes", village=county.lianhe.pk)
    assert [house.head for house in houses_of(narrowed, TODAY)] == [first]


def test_another_villages_visits_are_not_planned_here(county, cast):
    owed_on(a_person(a_household(county.shunjiang)), TODAY)
    assert not planned(cast.doctor, TODAY).exists()


def test_new_is_who_was_signed_lately_and_not_visited_since(county, cast, person):
    team = a_team(county.lianhe)
    met, old = (a_person(a_household(county.lianhe)) for _n in range(2))
    a_contract(person, team, cast.doctor, since=TODAY - timedelta(days=5), state="signed")
    a_contract(met, team, cast.doctor, since=TODAY - timedelta(days=5), state="signed")
    a_contract(old, team, cast.doctor, since=TODAY - timedelta(days=40), state="signed")
    a_visit_to(met, cast.doctor, TODAY - timedelta(days=1))
    assert [contract.person for contract in newcomers(cast.doctor, TODAY)] == [person]


def test_the_page_shows_the_chosen_day_and_says_when_nothing_is_planned(cast, person, signed_in):
    on = timezone.localdate()
    owed_on(person, on + timedelta(days=2))
    client, address = signed_in(cast.doctor), reverse("followups:ahead")
    page = client.get(address).content.decode()
    assert person.name in page
    empty = client.get(address, {"day": on.isoformat()}).content.decode()
    assert person.name not in empty


@pytest.mark.parametrize("day", ["2026-13-45", "昨天", "", "1999-01-01"])
def test_a_day_that_cannot_be_shown_shows_the_next_that_has_visits(cast, person, signed_in, day):
    owed_on(person, timezone.localdate() + timedelta(days=1))
    page = signed_in(cast.doctor).get(
        reverse("followups:ahead"), {"day": day, "village": "x", "protocol": "y"}
    )
    assert page.status_code == 200 and person.name in page.content.decode()
