"""The same visit from two phones at once, resent in any order, and what one visit costs the database."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psycopg
import pytest
from django.db import connection, connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.accounts.scope import village_ids
from followups.models import Conflict, Duty, Submission, Visit
from followups.services.visits import record_visit, recording
from tests.factories.followups import TODAY, a_body, a_duty, a_household_body
from tests.factories.registry import a_household, a_person

WRITERS = 4


def at_once(calls):
    """Runs every call in its own thread and connection, all let go at the same moment."""
    gate = Barrier(len(calls))

    def run(call):
        try:
            connection.ensure_connection()
            gate.wait(timeout=30)
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, call) for call in calls]]


@pytest.mark.django_db(transaction=True)
def test_the_same_visit_sent_at_once_by_several_is_one_visit(county, cast):
    person = a_person(a_household(county.lianhe))
    duty = a_duty(person)
    body = a_body(person)
    receipts = at_once([lambda: record_visit(body=body, by=cast.doctor, received_on=TODAY)] * WRITERS)
    assert sorted(receipt.status for receipt in receipts) == ["accepted"] + ["repeated"] * (WRITERS - 1)
    assert Visit.objects.count() == Submission.objects.count() == 1
    duty.refresh_from_db()
    assert duty.state == "done"


@pytest.mark.django_db(transaction=True)
def test_one_number_with_different_bodies_at_once_is_one_visit_and_conflicts(county, cast):
    person = a_person(a_household(county.lianhe))
    first = a_body(person)
    bodies = [a_body(person, client_id=first["client_id"], answers={"sbp": 120 + n}) for n in range(WRITERS)]
    calls = [lambda body=body: record_visit(body=body, by=cast.doctor, received_on=TODAY) for body in bodies]
    receipts = at_once(calls)
    assert sorted(receipt.status for receipt in receipts) == ["accepted"] + ["conflict"] * (WRITERS - 1)
    assert Visit.objects.count() == 1 and Conflict.objects.count() == WRITERS - 1
    assert Submission.objects.count() == WRITERS


@pytest.mark.django_db(transaction=True)
def test_two_doctors_at_one_bedside_leave_one_visit_and_one_conflict(county, cast):
    person = a_person(a_household(county.lianhe))
    a_duty(person)
    doctors = [cast.doctor, cast.team_doctor]
    receipts = at_once(
        [lambda by=by: record_visit(body=a_body(person), by=by, received_on=TODAY) for by in doctors]
    )
    assert sorted(receipt.status for receipt in receipts) == ["accepted", "conflict"]
    assert Visit.objects.count() == 1 and Duty.objects.filter(visit__isnull=False).count() == 1


ORDERS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=12)


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(orders=ORDERS)
def test_in_any_order_of_sending_nothing_is_lost_and_nothing_doubled(county, cast, orders):
    """Four visits on four days, each in three wordings, sent in any order and any number of times."""
    person = a_person(a_household(county.lianhe))
    days = [f"2026-11-{day:02d}" for day in (3, 5, 9, 16)]
    numbers = [a_body(person)["client_id"] for _day in days]
    answers, sent = {}, set()
    for visit, wording in orders:
        body = a_body(
            person, client_id=numbers[visit], visited_on=days[visit], answers={"sbp": 121 + wording}
        )
        receipt = record_visit(body=body, by=cast.doctor, received_on=TODAY)
        first = answers.setdefault((visit, wording), receipt)
        expected = {"accepted": "repeated"}.get(first.status, first.status)
        assert receipt.status == expected or receipt is first
        assert receipt.visit.pk == first.visit.pk and receipt.visit.sbp == first.visit.sbp
        sent.add((visit, wording))
    kept = Submission.objects.filter(client_id__in=numbers)
    assert kept.count() == len(sent)
    assert Visit.objects.filter(person=person).count() == len({visit for visit, _wording in sent})
    assert Conflict.objects.filter(offered__in=kept).count() == len(sent) - len({v for v, _w in sent})


@pytest.fixture
def statements(monkeypatch):
    """Everything sent to the server, whoever sends it."""
    seen = []
    for kind in (psycopg.Cursor, psycopg.ClientCursor):
        plain = kind.execute

        def counted(self, query, *args, plain=plain, **more):
            seen.append(str(query))
            return plain(self, query, *args, **more)

        monkeypatch.setattr(kind, "execute", counted)
    return seen


def own(seen):
    """psycopg's client-side cursors pass through both classes: each statement is told once."""
    return [text for place, text in enumerate(seen) if place == 0 or seen[place - 1] != text]


@pytest.mark.django_db
def test_a_routine_visit_costs_two_statements(county, cast, statements):
    person = a_person(a_household(county.lianhe))
    a_duty(person), a_duty(household=person.household)
    village_ids(cast.doctor)
    body = a_body(person)
    statements.clear()
    assert record_visit(body=body, by=cast.doctor, received_on=TODAY).status == "accepted"
    assert len(own(statements)) == 2, own(statements)


@pytest.mark.django_db
def test_a_visit_to_a_household_costs_two_statements(county, cast, statements):
    home = a_person(a_household(county.lianhe)).household
    village_ids(cast.doctor)
    body = a_household_body(home)
    statements.clear()
    assert record_visit(body=body, by=cast.doctor, received_on=TODAY).status == "accepted"
    assert len(own(statements)) == 2, own(statements)


def still(mark, person):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT followups_unchanged(%s, %s, %s)",
            [person.pk, person.household_id, mark or mark_of(person)],
        )
        return cursor.fetchone()[0]


def mark_of(person):
    with connection.cursor() as cursor:
        cursor.execute("SELECT followups_mark(%s, %s)", [person.pk, person.household_id])
        return cursor.fetchone()[0]


def visited(person, by):
    record_visit(body=a_body(person), by=by, received_on=TODAY)


CHANGES = {
    "a visit": visited,
    "the person": lambda person, by: (
        type(person).objects.filter(pk=person.pk).update(left_on=TODAY, left_reason="moved")
    ),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_mark_of_a_person_tells_that_something_came_between(county, cast, change):
    person = a_person(a_household(county.lianhe))
    mark = mark_of(person)
    assert still(mark, person)
    change(person, cast.doctor)
    assert not still(mark, person)
    assert still(None, person)


@pytest.mark.django_db(transaction=True)
def test_a_visit_that_comes_between_looking_and_writing_is_seen(county, cast, monkeypatch):
    """The second of two high readings asks for a referral, however close behind the first it comes."""
    person = a_person(a_household(county.lianhe))
    high = {"sbp": 166, "dbp": 96}
    first = a_body(person, visited_on="2026-11-09", answers=high)
    seen = recording.receive

    def interrupted(*args, **more):
        found = seen(*args, **more)
        monkeypatch.setattr(recording, "receive", seen)
        assert record_visit(body=first, by=cast.doctor, received_on=TODAY).status == "accepted"
        return found

    monkeypatch.setattr(recording, "receive", interrupted)
    second = a_body(person, visited_on="2026-11-16", answers=high)
    receipt = record_visit(body=second, by=cast.doctor, received_on=TODAY)
    assert receipt.status == "accepted" and receipt.assessment.referral
