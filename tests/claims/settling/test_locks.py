"""What waits for what while a bill is settled: rules put into force, months closed, others who lock otherwise."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from claims.models import ClosedMonth, PolicyVersion, Settlement
from claims.services.policies import approve
from claims.services.problems import ClaimRefused
from claims.services.settling import settle
from core.accounts.models import User
from core.accounts.roles import Role
from tests.claims.settling.oracle import check_books
from tests.factories.claims import a_draft_policy, a_policy_document
from tests.factories.ground import Cast, County, a_user
from tests.factories.settling import EVERYTHING, ON, Window, a_window

pytestmark = pytest.mark.django_db(transaction=True)
MARCH, APRIL = date(2026, 3, 2), date(2026, 4, 2)
FROM_2026 = EVERYTHING.replace("valid_from = 2019-01-01", "valid_from = 2026-01-01").replace("0.70", "0.75")


@pytest.fixture
def window(county: County, cast: Cast) -> Window:
    return a_window(county, cast)


@pytest.fixture
def draft(county: County, cast: Cast, window: Window) -> PolicyVersion:
    """Better rules that would hold from the beginning of the year on."""
    document = a_policy_document(county.county)
    period = DateRange(date(2026, 1, 1), None)
    return a_draft_policy(county.county, cast.county, text=FROM_2026, document=document, period=period)


@pytest.fixture
def officer(county: County) -> User:
    return a_user(Role.COUNTY_STAFF, county.county)


class Aside:
    """Something done in a thread of its own; `result` is what it gave or raised."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self.result: Any = None
        self._work, self._pid = work, 0
        self._began = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._pid = connection.cursor().execute("SELECT pg_backend_pid()").fetchone()[0]
            self._began.set()
            self.result = self._work()
        except Exception as error:
            self.result = error
        finally:
            self._began.set()
            connections.close_all()

    def waits(self) -> bool:
        """Whether it comes to wait for a lock before it ends."""
        self._began.wait(20)
        while self._thread.is_alive():
            with connection.cursor() as cursor:
                cursor.execute("SELECT cardinality(pg_blocking_pids(%s))", [self._pid])
                if cursor.fetchone()[0]:
                    return True
            time.sleep(0.01)
        return False

    def ends(self) -> Any:
        self._thread.join(20)
        assert not self._thread.is_alive()
        return self.result


@contextmanager
def not_committed_yet() -> Iterator[None]:
    with transaction.atomic():
        yield


def settling(window: Window, stay: Any) -> Callable[[], Any]:
    return lambda: settle(admission=stay, by=window.clerk, on=ON)


def approving(draft: PolicyVersion, officer: User) -> Callable[[], Any]:
    return lambda: approve(version=draft, by=officer, on=ON)


def test_rules_for_days_past_wait_for_a_bill_being_settled_and_then_see_it(window, draft, officer):
    stay = window.stay(MARCH, "3000.00")
    with not_committed_yet():
        settle(admission=stay, by=window.clerk, on=ON)
        approval = Aside(approving(draft, officer))
        assert approval.waits()
    refused = approval.ends()
    assert isinstance(refused, ValidationError), refused
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_bill_waits_for_rules_being_put_into_force_and_is_settled_by_them(window, draft, officer):
    stay = window.stay(MARCH, "3000.00")
    with not_committed_yet():
        approve(version=draft, by=officer, on=ON)
        bill = Aside(settling(window, stay))
        assert bill.waits()
    assert bill.ends().policy_id == draft.pk
    check_books()


def test_a_bill_of_another_day_is_settled_after_the_rules_as_before(window, draft, officer):
    stay = window.stay(date(2025, 3, 2), "3000.00")
    with not_committed_yet():
        approve(version=draft, by=officer, on=ON)
        bill = Aside(settling(window, stay))
        assert bill.waits()
    assert bill.ends().policy_id == window.policy.pk


def test_a_deadlock_with_another_order_of_locks_is_tried_again(window):
    """As a register import that moves a person: the stay first, then the year."""
    window.settled(MARCH, "500.00")
    stay = window.stay(APRIL, "3000.00")
    with not_committed_yet(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL deadlock_timeout = '20s'")
        cursor.execute("SELECT 1 FROM claims_admission WHERE id = %s FOR UPDATE", [stay.pk])
        bill = Aside(settling(window, stay))
        assert bill.waits()
        cursor.execute(
            "SELECT 1 FROM claims_yearaccount WHERE person_id = %s AND year = 2026 FOR UPDATE",
            [window.person.pk],
        )
    assert isinstance(bill.ends(), Settlement), bill.result
    check_books()


def test_a_month_that_closes_meanwhile_takes_no_bill(window, cast):
    stay = window.stay(MARCH, "3000.00")
    with not_committed_yet(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('claims_closedmonth'), %s::int)", [stay.county_id]
        )
        bill = Aside(settling(window, stay))
        assert bill.waits()
        ClosedMonth.objects.create(
            county=window.county.county, month=ON.replace(day=1), closed_on=ON, closed_by=cast.county
        )
    refused = bill.ends()
    assert isinstance(refused, ClaimRefused), refused
    assert [problem.code for problem in refused.problems] == ["month_closed"]
    assert not Settlement.objects.exists()


def test_a_bill_that_ties_in_another_person_meanwhile_widens_the_lock(window):
    """The spouse's bill is being settled: its household's limit is used up when ours comes to it."""
    theirs = window.stay(MARCH, "9000.00", person=window.spouse)
    ours = window.stay(APRIL, "9000.00")
    with not_committed_yet():
        settle(admission=theirs, by=window.clerk, on=ON)
        bill = Aside(settling(window, ours))
        assert bill.waits()
    assert isinstance(bill.ends(), Settlement), bill.result
    check_books()
