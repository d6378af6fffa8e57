"""A hospital system opens a stay, sends its bill, looks at it and settles it; whatever is wrong is named."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from claims.models import Admission, BillItem, Settlement
from core.accounts.tokens import Scope
from core.audit.models import AccessLog
from tests.factories.claims import a_hospital_at, an_approved_policy
from tests.factories.ground import a_user

pytestmark = pytest.mark.django_db(transaction=True)
LINES = [
    {"category": "western_drug", "item_class": "A", "amount": 700},
    {"category": "material", "item_class": "B", "amount": "300.00", "first_pay": 30, "name": "医用材料"},
]


@pytest.fixture
def hospital(world: Any) -> Any:
    county = world.county.county
    first, second = (a_user("county_staff", county, username=f"rules{number}") for number in (1, 2))
    an_approved_policy(county, first, second)
    return a_hospital_at(county)


@pytest.fixture
def program(world: Any) -> Any:
    return world.trusted()


def a_stay(world: Any, hospital: Any, **more: Any) -> dict[str, Any]:
    """Somebody who came ten days ago and pays first, not being insured."""
    came = timezone.localdate() - timedelta(days=10)
    sent = {"id": str(uuid.uuid4()), "person": str(world.head.uuid), "institution": hospital.code}
    said = {"admitted_on": str(came), "diagnosis": "肺炎", "icd10": "J18.9"}
    return {**sent, **said, "treats_first": False, "no_credit": "uninsured", **more}


@pytest.fixture
def stay(world: Any, hospital: Any, program: Any) -> str:
    sent = a_stay(world, hospital)
    assert program.post("/api/v1/admissions", sent).status == 201
    return f"/api/v1/admissions/{sent['id']}"


@pytest.fixture
def billed(stay: str, program: Any) -> str:
    body = {"lines": LINES, "total": 1000, "discharged_on": str(timezone.localdate())}
    answer = program.put(f"{stay}/bill", body)
    assert (answer.status, answer.json()["total"], answer.json()["state"]) == (200, 1000, "discharged")
    return stay


def test_the_same_id_again_is_the_same_stay(world, hospital, program):
    sent = a_stay(world, hospital)
    first = program.post("/api/v1/admissions", sent)
    again = program.post("/api/v1/admissions", sent)
    assert (first.status, again.status) == (201, 200)
    assert first.json() == again.json()
    assert first.headers["Location"].endswith(sent["id"])
    assert Admission.objects.count() == 1


def test_another_stay_under_the_same_id_is_refused(world, hospital, program):
    sent = a_stay(world, hospital)
    program.post("/api/v1/admissions", sent)
    other = program.post("/api/v1/admissions", sent | {"person": str(world.ill.uuid)})
    assert (other.status, other.json()["type"]) == (409, "/api/docs/#problem-other_stay")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"admitted_on": "2999-01-01"}, "admitted_on"),
        ({"admitted_on": "yesterday"}, "admitted_on"),
        ({"diagnosis": ""}, "diagnosis"),
        ({"institution": "nowhere"}, "institution"),
        ({"person": str(uuid.uuid4())}, "person"),
        ({"care": "hotel"}, "care"),
        ({"no_credit": ""}, "no_credit"),
        ({"treats_first": True, "no_credit": ""}, "treats_first"),
    ],
)
def test_what_is_wrong_with_a_stay_is_named_with_a_remedy(world, hospital, program, wrong, field):
    answer = program.post("/api/v1/admissions", a_stay(world, hospital, **wrong))
    assert answer.status == 422
    error = answer.json()["errors"][0]
    assert error["field"] == field
    assert error["remedy"]
    assert not Admission.objects.exists()


def test_a_field_that_there_is_not_is_named(world, hospital, program):
    answer = program.post("/api/v1/admissions", a_stay(world, hospital, colour="red"))
    assert (answer.status, answer.json()["errors"][0]["field"]) == (400, "colour")


def test_persons_elsewhere_are_not_there(world, hospital):
    there = world.trusted(world.county.hetang)
    answer = there.post("/api/v1/admissions", a_stay(world, hospital))
    assert (answer.status, answer.json()["errors"][0]["field"]) == (422, "person")


def test_writing_needs_the_scope(world, hospital):
    program = world.program(scopes=[each for each in Scope if each != Scope.SETTLE])
    assert program.post("/api/v1/admissions", a_stay(world, hospital)).status == 403


def test_the_same_bill_again_changes_nothing_and_another_one_takes_its_place(billed, program):
    program.put(f"{billed}/bill", {"lines": LINES})
    assert BillItem.objects.count() == 2
    assert program.put(f"{billed}/bill", {"lines": LINES[:1]}).json()["total"] == 700
    assert BillItem.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"lines": []}, "lines"),
        ({"lines": [LINES[0] | {"amount": -5}]}, "lines.0.amount"),
        ({"lines": [LINES[0], LINES[1] | {"amount": "much"}]}, "lines.1.amount"),
        ({"lines": [LINES[0] | {"first_pay": 10}]}, "lines.0.first_pay"),
        ({"lines": LINES, "total": 999}, "typed_total"),
        ({"lines": LINES, "discharged_on": "2999-01-01"}, "discharged_on"),
    ],
)
def test_what_is_wrong_with_a_bill_is_named_line_by_line(stay, program, body, field):
    answer = program.put(f"{stay}/bill", body)
    assert answer.status == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_a_preview_tells_every_payer_and_writes_nothing(world, billed, program):
    found = program.post(f"{billed}/preview", {}).json()
    assert [(line["payer"], line["amount"]) for line in found["lines"]] == [("basic", 679), ("fund", 221)]
    assert (found["total"], found["patient"], found["actual_ratio"]) == (1000, 100, 0.9)
    assert found["explanation"]["children"]
    assert not Settlement.objects.exists()
    assert AccessLog.objects.get().subject_uuid == world.head.uuid


def test_a_bill_is_settled_once_however_often_it_is_sent(billed, program):
    expected = program.post(f"{billed}/preview", {}).json()["expected"]
    first = program.post(f"{billed}/settle", {"expected": expected})
    again = program.post(f"{billed}/settle", {"expected": expected})
    assert (first.status, again.status) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert (first.json()["paid"], first.json()["patient"], first.json()["standing"]) == (900, 100, True)
    assert Settlement.objects.count() == 1


def test_what_is_no_longer_as_it_was_seen_is_not_settled(billed, program):
    expected = program.post(f"{billed}/preview", {}).json()["expected"]
    program.put(f"{billed}/bill", {"lines": LINES[:1]})
    answer = program.post(f"{billed}/settle", {"expected": expected})
    assert (answer.status, answer.json()["type"]) == (409, "/api/docs/#problem-year_moved")
    assert answer.json()["changes"][-1]["after"] == 70
    assert not Settlement.objects.exists()


def test_a_stay_that_goes_on_is_not_settled_and_says_what_to_do(stay, program):
    program.put(f"{stay}/bill", {"lines": LINES})
    answer = program.post(f"{stay}/settle", {}, headers={"Accept-Language": "en"})
    assert answer.status == 422
    assert answer.json()["errors"][0]["field"] == "discharged_on"


def test_the_bill_of_a_settled_stay_is_closed(billed, program):
    assert program.post(f"{billed}/settle", {}).status == 201
    answer = program.put(f"{billed}/bill", {"lines": LINES[:1]})
    assert answer.status == 422
    assert BillItem.objects.count() == 2


@pytest.mark.parametrize("verb", ["preview", "settle"])
def test_a_stay_elsewhere_is_not_there(world, billed, verb):
    assert world.trusted(world.county.hetang).post(f"{billed}/{verb}", {}).status == 404
