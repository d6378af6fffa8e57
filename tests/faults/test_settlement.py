"""Kills at every statement of settling, correcting and taking back; docs/claims.md tells what a long run gave."""

import pytest

from tests.factories.claims import a_fund
from tests.factories.ground import Cast, County
from tests.factories.settling import a_window
from tests.faults.settlement import run


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_books_agree_to_the_cent_after_every_kill(county: County, cast: Cast) -> None:
    window = a_window(county, cast)
    a_fund(county.county, cast.county, holds="200000.00")
    toll = run(window, kills=200)
    assert sum(toll.kills.values()) >= 200
    assert {"settle", "correct", "reverse"} <= set(toll.kills)
