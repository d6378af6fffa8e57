"""A program sends visits: the same one twice is one, another under its number is kept beside it, a wrong one is told why."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from core.base.ids import uuid7
from followups.models import Conflict, Duty, Submission, Visit
from tests.factories.followups import a_duty, answers
from tests.factories.programs import Program, a_token, settled

pytestmark = pytest.mark.django_db(transaction=True)


def a_body(person, **more):
    day = timezone.localdate() - timedelta(days=1)
    return {
        "client_id": str(uuid7()),
        "person": str(person.uuid),
        "protocol": "hypertension",
        "visited_on": day.isoformat(),
        "mode": "2",
        "answers": answers(next_date=(day + timedelta(days=85)).isoformat(), **more.pop("given", {})),
        **more,
    }


def test_a_visit_is_accepted_assessed_and_readable(world):
    program = world.trusted()
    body = a_body(world.head)
    answer = program.post("/api/v1/visits", body)
    told = answer.json()
    assert answer.status == 201
    assert (told["id"], told["visit_class"], told["controlled"]) == (body["client_id"], "1", True)
    assert answer.headers["Location"] == f"/api/v1/visits/{body['client_id']}"
    record = program.get(answer.headers["Location"]).json()
    assert (record["sbp"], record["dbp"], record["person"]) == (132, 82, str(world.head.uuid))
    assert record["answers"]["sbp"] == 132


def test_a_visit_fulfils_the_duty_that_was_owed(world):
    today = timezone.localdate()
    duty = a_duty(world.head, starts_on=today - timedelta(days=9), ends_on=today + timedelta(days=9))
    world.trusted().post("/api/v1/visits", a_body(world.head))
    assert Duty.objects.get(pk=duty.pk).state == "done"


def test_the_same_body_again_is_the_first_answer_again(world):
    program, body = world.trusted(), a_body(world.head)
    first, again = program.post("/api/v1/visits", body), program.post("/api/v1/visits", body)
    assert (first.status, again.status) == (201, 200)
    assert first.json() == again.json()
    assert Visit.objects.count() == 1


def test_another_body_under_the_same_number_is_kept_as_a_conflict(world):
    program, body = world.trusted(), a_body(world.head)
    program.post("/api/v1/visits", body)
    other = body | {"answers": body["answers"] | {"sbp": 150}}
    answers_given = [program.post("/api/v1/visits", other) for _n in range(2)]
    assert [answer.status for answer in answers_given] == [409, 409]
    assert answers_given[0].json()["kept"] == body["client_id"]
    assert (Visit.objects.count(), Submission.objects.count(), Conflict.objects.count()) == (1, 2, 1)


def test_a_number_taken_in_another_county_tells_nothing_of_it(world):
    far = Program(a_token(world.county.other_county, scopes=["visits:write"]))
    body = a_body(world.far_person)
    assert far.post("/api/v1/visits", body).status == 201
    answer = world.trusted().post("/api/v1/visits", body | {"person": str(world.head.uuid)})
    assert (answer.status, answer.json()["kept"]) == (409, None)
    assert world.trusted().post("/api/v1/visits", body).status == 409


def test_a_visit_that_is_refused_names_fields_and_remedies_and_is_kept(world):
    answer = world.trusted().post(
        "/api/v1/visits", a_body(world.head, given={"sbp": 20}), headers={"Accept-Language": "en"}
    )
    assert answer.status == 422
    assert "sbp" in {error["field"].split(".")[-1] for error in answer.json()["errors"]}
    assert not re.search(r"[\u4e00-\u9fff]", str(answer.json()["errors"]))
    assert all(error["remedy"] for error in answer.json()["errors"])
    assert Visit.objects.count() == 0
    assert Submission.objects.get().pk == answer.json()["submission"]


def test_eight_copies_at_once_are_one_visit(world):
    token, body = world.trusted().token, a_body(world.head)

    def send(_n):
        try:
            return Program(token).post("/api/v1/visits", body).status
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(send, range(8)))
    assert set(statuses) <= {200, 201}
    assert statuses.count(201) == 1
    assert Visit.objects.count() == 1


def test_a_sent_visit_appears_in_the_feed(world):
    program, body = world.trusted(), a_body(world.head)
    cursor = program.everything("/api/v1/visits")[2]
    program.post("/api/v1/visits", body)
    settled()
    rows = program.everything("/api/v1/visits", updated_since=cursor)[0]
    assert [row["id"] for row in rows] == [body["client_id"]]


def test_lists_narrow_by_person_day_and_form(world):
    program = world.trusted()
    program.post("/api/v1/visits", a_body(world.head))
    settled()
    today = timezone.localdate()
    counts = {
        f"person={world.head.uuid}": 1,
        f"person={world.ill.uuid}": 0,
        f"household={world.near.uuid}": 1,
        f"visited_from={today}": 0,
        f"visited_to={today}": 1,
        "protocol=hypertension&mode=2&visit_class=1&current=true": 1,
        "current=false": 0,
        "township=430304002": 1,
        "village=430304015203": 0,
    }
    found = {query: len(program.get(f"/api/v1/visits?{query}").json()["results"]) for query in counts}
    assert found == counts
