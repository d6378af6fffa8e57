"""A program of the county: it pulls everything by cursor, sees what a doctor wrote, and sends visits of its own."""

import json
import urllib.error
import urllib.request
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from core.accounts.tokens import Scope
from core.base.ids import uuid7
from followups.models import Conflict, Visit
from followups.services.visits import record_visit
from tests.factories.followups import a_body, a_duty, answers
from tests.factories.programs import a_token
from tests.factories.registry import a_condition, a_household, a_person

pytestmark = pytest.mark.django_db(transaction=True)


class Caller:
    """Plain HTTP with a token, as any program would."""

    def __init__(self, house: Any, token: str) -> None:
        self.base = house.url
        self.token = token

    def call(self, address: str, body: Any = None) -> tuple[int, Any]:
        address = address if address.startswith("http") else self.base + address
        headers = {"Authorization": f"Token {self.token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        try:
            with urllib.request.urlopen(urllib.request.Request(address, data, headers)) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, json.load(refused)

    def pulled(self, address: str) -> tuple[list[Any], str]:
        """All pages of a list, and the cursor to come back with."""
        rows: list[Any] = []
        while address:
            status, page = self.call(address)
            assert status == 200, page
            rows += page["results"]
            cursor, address = page["cursor"], page["next"]
        return rows, cursor


def sent_by_a_program(person, **given) -> dict[str, Any]:
    day = timezone.localdate() - timedelta(days=1)
    told = answers(next_date=(day + timedelta(days=80)).isoformat(), **given)
    return a_body(person, client_id=uuid7(), visited_on=day.isoformat()) | {"answers": told}


def test_program_copies_the_county_and_keeps_in_step(house, county, cast):
    # given a county with a few households, one of them outside the token's area
    people = [a_person(a_household(county.lianhe), name=name) for name in ("陈铁光", "冯建新", "戴喜珍")]
    a_person(a_household(county.far), name="远方人")
    a_condition(people[0])
    program = Caller(house, a_token(county.county, scopes=list(Scope)))

    # when the program pulls page by page
    persons, _cursor = program.pulled("/api/v1/persons?page_size=1")
    visits, cursor = program.pulled("/api/v1/visits")

    # then it has its own county, and nothing of the neighbour
    assert {row["id"] for row in persons} == {str(person.uuid) for person in people}
    assert visits == []

    # and when a doctor saves a visit, the kept cursor brings exactly that
    a_duty(people[0])
    body = sent_by_a_program(people[0])
    record_visit(body=body, by=cast.doctor, received_on=timezone.localdate())
    fresh, _cursor = program.pulled(f"/api/v1/visits?updated_since={cursor}")
    assert [(row["id"], row["sbp"], row["dbp"]) for row in fresh] == [(body["client_id"], 132, 82)]


def test_visit_sent_twice_is_one_and_another_under_its_number_is_kept(house, county):
    # given a program that may write
    person = a_person(a_household(county.lianhe))
    program = Caller(house, a_token(county.county, scopes=list(Scope)))
    body = sent_by_a_program(person)

    # when it sends a visit, and sends it again because the line broke
    first = program.call("/api/v1/visits", body)
    again = program.call("/api/v1/visits", body)

    # then there is one visit and the same answer
    assert (first[0], again[0]) == (201, 200)
    assert first[1] == again[1]
    assert Visit.objects.count() == 1

    # and another body under the same number is refused, and both are kept for a person to decide
    other = body | {"answers": body["answers"] | {"sbp": 171}}
    status, problem = program.call("/api/v1/visits", other)
    assert status == 409
    assert problem["title"]
    assert Visit.objects.get().sbp == 132
    assert Conflict.objects.count() == 1
