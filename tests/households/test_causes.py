"""The causes of poverty of a household by date: kept by the database, whoever writes the household."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from households.models import Household, HouseholdCause
from households.services.imports.applying import holds_from
from tests.factories.ground import County
from tests.factories.registry import a_household

REGISTERED = date(2014, 5, 1)
DAY = date(2020, 6, 1)


def causes(home: Household) -> list[tuple[Any, ...]]:
    found = HouseholdCause.objects.filter(household=home).order_by("period", "cause")
    return [(one.cause, one.is_main, one.period.lower, one.period.upper) for one in found]


def change(home: Household, day: date, **fields: Any) -> None:
    with connection.cursor() as cursor:
        holds_from(cursor, day)
    Household.objects.filter(pk=home.pk).update(**fields)


@pytest.fixture
def home(county: County) -> Household:
    return a_household(
        county.lianhe, main_cause="illness", other_causes=["schooling"], registered_on=REGISTERED
    )


def test_a_household_has_its_causes_since_it_was_registered(home: Household) -> None:
    assert causes(home) == [("illness", True, REGISTERED, None), ("schooling", False, REGISTERED, None)]


def test_a_cause_that_goes_ends_on_the_day_of_the_change(home: Household) -> None:
    change(home, DAY, main_cause="disability")
    assert causes(home) == [
        ("illness", True, REGISTERED, DAY),
        ("schooling", False, REGISTERED, None),
        ("disability", True, DAY, None),
    ]


def test_a_change_taken_back_on_its_own_day_leaves_no_trace(home: Household) -> None:
    before = causes(home)
    change(home, DAY, main_cause="schooling", other_causes=["illness"])
    change(home, DAY, main_cause="illness", other_causes=["schooling"])
    assert causes(home) == before


def test_a_household_without_causes_has_none(county: County) -> None:
    assert causes(a_household(county.lianhe)) == []
