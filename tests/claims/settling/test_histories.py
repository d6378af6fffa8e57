"""Whatever the order in which bills are settled, corrected and taken back: the year comes out the same."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.models import Admission, Settlement
from claims.services.settling import correct, reverse, settle
from tests.claims.settling.oracle import check_books
from tests.factories.claims import a_fund
from tests.factories.ground import Cast, County
from tests.factories.settling import ON, Window, a_window, line

FIRST = date(2026, 1, 5)
BILLS = st.lists(
    st.tuples(st.integers(0, 300), st.integers(100, 1_200_000), st.booleans()), min_size=2, max_size=6
)
"""Days after the first, fen, whether it is the wife's."""
ACTS = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(["reverse", "correct"]), st.integers(100, 1_200_000)),
    max_size=8,
)


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def standing(stay: Admission) -> Settlement | None:
    return Settlement.objects.exclude(kind="reversed").filter(admission=stay, is_standing=True).first()


def act(window: Window, stay: Admission, kind: str, fen: int) -> None:
    now = standing(stay)
    if now is None:
        settle(admission=stay, by=window.clerk, on=ON)
    elif kind == "reverse":
        reverse(settlement=now, reason="录错", by=window.clerk, on=ON)
    else:
        correct(settlement=now, lines=[line(yuan(fen))], reason="录错", by=window.clerk, on=ON)


@pytest.fixture
def window(county: County, cast: Cast) -> Window:
    found = a_window(county, cast)
    a_fund(county.county, cast.county)
    return found


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bills=BILLS, acts=ACTS, dice=st.randoms(use_true_random=False))
def test_any_history_stands_as_settled_in_order_of_discharge(
    window: Window, bills: Any, acts: Any, dice: Any
) -> None:
    with transaction.atomic():
        stays = [
            window.stay(
                FIRST + timedelta(days=day), yuan(fen), person=window.spouse if hers else window.person
            )
            for day, fen, hers in bills
        ]
        for stay in dice.sample(stays, len(stays)):
            settle(admission=stay, by=window.clerk, on=ON)
        for place, kind, fen in acts:
            act(window, stays[place % len(stays)], kind, fen)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        check_books()
        transaction.set_rollback(True)
