"""Closing, claiming and settling at once: real transactions side by side."""

import threading
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connections, transaction

from claims.models import ClosedMonth, Payable
from claims.services.payables.assembling import assemble_payables
from claims.services.payables.claiming import claim, close_month
from tests.claims.settling.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
MARCH, ON = date(2026, 3, 1), date(2026, 4, 2)


def _refused(work: Any) -> str:
    try:
        work()
    except ValidationError as refused:
        return " ".join(refused.messages)
    return ""


def test_closing_waits_for_a_bill_that_is_being_settled_and_then_counts_it(money):
    is_written, may_commit, told = threading.Event(), threading.Event(), []

    def settle() -> None:
        with transaction.atomic():
            money.settled()
            is_written.set()
            may_commit.wait(20)
        connections.close_all()

    def close() -> None:
        is_written.wait(20)
        county = money.county.county
        told.append(_refused(lambda: close_month(county=county, month=MARCH, on=ON, by=money.officer)))
        connections.close_all()

    threads = [threading.Thread(target=settle), threading.Thread(target=close)]
    for thread in threads:
        thread.start()
    is_written.wait(20)
    threads[1].join(0.5)
    assert told == []
    may_commit.set()
    for thread in threads:
        thread.join()
    assert "2 笔未申报" in told[0]
    assert not ClosedMonth.objects.exists()


def test_two_officers_claim_one_month_once(money):
    money.settled()
    assemble_payables(county_id=money.county.county.pk, on=ON)
    payable = Payable.objects.get(payer="basic")
    found = at_once(*[lambda: claim(payable=payable, on=ON, by=money.officer)] * 2)
    assert sorted(isinstance(one, ValidationError) for one in found) == [False, True]


def test_gathered_by_two_workers_at_once_each_line_is_claimed_once(money):
    for _each in range(5):
        money.settled()
    county = money.county.county.pk
    found = at_once(*[lambda: assemble_payables(county_id=county, on=ON)] * 3)
    assert sorted(found) == [0, 0, 10]
