"""Kills at every statement of settling, correcting and taking back.

HEALTHAID_KILLS=2000 ./run test tests/faults/test_settlement.py -n0 makes a longer run; its toll is printed with -s."""

import os

import pytest

from tests.factories.claims import a_fund
from tests.factories.ground import Cast, County
from tests.factories.settling import a_window
from tests.faults.settlement import run

KILLS = int(os.environ.get("HEALTHAID_KILLS", "200"))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_books_agree_to_the_cent_after_every_kill(county: County, cast: Cast) -> None:
    window = a_window(county, cast)
    a_fund(county.county, cast.county, holds="200000.00")
    toll = run(window, kills=KILLS)
    print(dict(toll.kills), dict(toll.stood))  # noqa: T201 - the toll of a long run
    assert sum(toll.kills.values()) >= KILLS
    assert set(toll.stood) == {"all", "nothing"}
    assert {"settle", "correct", "reverse"} <= set(toll.kills)
