"""Several windows at once: real transactions side by side, and books that a single clerk could have kept."""

import random
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from django.db import connections

from claims.models import Admission, Settlement
from claims.services.problems import ClaimRefused
from claims.services.settling import correct, reverse, settle
from tests.claims.settling.oracle import check_books, standing
from tests.factories.claims import a_fund
from tests.factories.facts import an_enrolment_of
from tests.factories.ground import Cast, County
from tests.factories.registry import a_household, a_person
from tests.factories.settling import ON, Window, a_window, line

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def window(county: County, cast: Cast) -> Window:
    found = a_window(county, cast)
    a_fund(county.county, cast.county, holds="100000.00")
    return found


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Runs all of it in threads that start together; gives what each returned or raised."""
    gate, found = threading.Barrier(len(works)), [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        gate.wait()
        try:
            found[place] = work()
        except Exception as error:
            found[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, work)) for place, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def settling(stay: Admission, window: Window) -> Callable[[], Settlement]:
    return lambda: settle(admission=stay, by=window.clerk, on=ON)


def test_two_windows_settle_one_stay_once(window: Window) -> None:
    stay = window.stay(date(2026, 3, 2), "3000.00")
    first, second = at_once(settling(stay, window), settling(stay, window))
    assert (first, Settlement.objects.count()) == (second, 1)
    check_books()


def test_bills_of_one_person_settled_at_once_count_the_year_once(window: Window) -> None:
    stays = [window.stay(date(2026, month, 3), "4000.00") for month in (5, 3, 4, 6)]
    found = at_once(*(settling(stay, window) for stay in stays))
    assert all(isinstance(one, Settlement) for one in found), found
    check_books()


def test_a_limit_of_the_household_holds_for_bills_of_both_at_once(window: Window) -> None:
    stays = [
        window.stay(date(2026, month, 3), "4000.00", person=person)
        for month in (3, 4)
        for person in (window.person, window.spouse)
    ]
    found = at_once(*(settling(stay, window) for stay in stays))
    assert all(isinstance(one, Settlement) for one in found), found
    spent = sum(share.amount for one in standing() for share in one.lines.filter(layer="commercial"))
    assert spent == D(2000)
    check_books()


def test_a_fund_that_is_almost_empty_pays_no_more_than_it_has(county: County, cast: Cast) -> None:
    window = a_window(county, cast)
    fund = a_fund(county.county, cast.county, holds="1000.00", may_overdraw=False)
    others = [a_window_of(window, name) for name in ("甲", "乙", "丙")]
    stays = [other.stay(date(2026, 3, 2), "3000.00") for other in others]
    found = at_once(*(settling(stay, window) for stay in stays))
    assert all(isinstance(one, Settlement) for one in found), found
    fund.refresh_from_db()
    drawn = [one.lines.get(layer="fund").amount for one in found]
    assert (fund.balance, sorted(drawn)) == (D(0), [D(0), D(444), D(556)])


def a_window_of(window: Window, name: str) -> Window:
    """Another family at the same window."""
    home = a_household(window.county.lianhe, main_cause="illness", registered_on=date(2014, 1, 1))
    person = a_person(home, name=name)
    an_enrolment_of(person, 2026)
    return replace(window, home=home, person=person)


@pytest.mark.parametrize("seed", range(3))
def test_settling_correcting_and_reversing_race_and_the_books_agree(window: Window, seed: int) -> None:
    dice = random.Random(seed)
    stays = [
        window.stay(
            date(2026, dice.randint(1, 10), dice.randint(1, 28)),
            f"{dice.randint(200, 9000)}.00",
            person=person,
        )
        for person in (window.person, window.spouse)
        for _n in range(3)
    ]
    errors = at_once(
        *(lambda n=n: _clerk(window, [stay.pk for stay in stays], f"{seed} {n}") for n in range(3))
    )
    assert [error for error in errors if error] == []
    check_books()


def _clerk(window: Window, stays: list[int], seed: str) -> None:
    """Does eight things to stays taken at random; what another window has just done is refused, never wrong."""
    dice = random.Random(seed)
    for _n in range(8):
        stay = Admission.objects.get(pk=dice.choice(stays))
        now = Settlement.objects.exclude(kind="reversed").filter(admission=stay, is_standing=True).first()
        try:
            if now is None:
                settle(admission=stay, by=window.clerk, on=ON)
            elif dice.random() < 0.5:
                reverse(settlement=now, reason="录错", by=window.clerk, on=ON)
            else:
                amount = f"{dice.randint(200, 9000)}.00"
                correct(settlement=now, lines=[line(amount)], reason="录错", by=window.clerk, on=ON)
        except ClaimRefused:
            continue
