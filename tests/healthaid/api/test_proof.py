"""A writing program is not looked up anew each time: its statement asks in passing, so nothing is late."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.accounts.models import ApiClient, ApiToken, Area
from followups.models import Submission, Visit
from tests.healthaid.api.test_visits import a_body

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def program(world):
    """One that has written before, so that the process knows it."""
    program = world.trusted()
    assert program.post("/api/v1/visits", a_body(world.ill)).status == 201
    return program


def _refusal(program, person):
    """What the next visit meets; nothing of it is kept."""
    before = (Submission.objects.count(), Visit.objects.count())
    answer = program.post("/api/v1/visits", a_body(person))
    assert (Submission.objects.count(), Visit.objects.count()) == before
    return answer.status, answer.json()["type"].partition("#")[2]


def test_a_known_program_writes_a_visit_in_two_statements(world, program):
    with CaptureQueriesContext(connection) as asked:
        assert program.post("/api/v1/visits", a_body(world.head)).status == 201
    assert len([each for each in asked if not each["sql"].startswith(("BEGIN", "COMMIT"))]) == 2


def test_a_token_revoked_after_it_was_known_is_refused_at_once(world, program):
    ApiToken.objects.update(revoked_at=timezone.now())
    assert _refusal(program, world.head) == (401, "problem-revoked")


def test_a_token_that_expires_after_it_was_known_is_refused(world, program):
    past = timezone.now() - timedelta(days=3)
    ApiToken.objects.update(created_at=past, expires_at=past + timedelta(days=1))
    assert _refusal(program, world.head) == (401, "problem-expired")


def test_a_program_stopped_after_it_was_known_is_refused(world, program):
    ApiClient.objects.update(is_active=False)
    assert _refusal(program, world.head) == (401, "problem-stopped")


def test_a_scope_taken_away_after_it_was_known_is_missing_at_once(world, program):
    ApiClient.objects.update(scopes=["visits:read"])
    assert _refusal(program, world.head) == (403, "problem-scope")


def test_a_program_moved_to_another_area_reaches_only_that(world, program, county):
    ApiClient.objects.update(
        area=Area.objects.exclude(ancestors__contains=[world.head.village_id]).filter(level="village").first()
    )
    answer = program.post("/api/v1/visits", a_body(world.head))
    assert (answer.status, answer.json()["errors"][0]["field"]) == (422, "person")


def test_a_revoked_token_hears_of_itself_before_it_hears_of_its_body(world, program):
    ApiToken.objects.update(revoked_at=timezone.now())
    answer = program.post("/api/v1/visits", {"client_id": "no number", "sbp": 1})
    assert answer.status == 401


def test_a_change_of_the_areas_is_learnt_and_hinders_nobody(world, program):
    village = Area.objects.get(pk=world.head.village_id)
    Area.objects.filter(pk=village.pk).update(name="新村")
    assert program.post("/api/v1/visits", a_body(world.head)).status == 201
