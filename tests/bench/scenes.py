"""What is asked of both servers, over and over: a list, a record, a search, a visit posted."""

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core.accounts.models import ApiClient
from core.base.ids import uuid7
from core.base.names import fold
from followups.models import Visit
from households.models import Household, Person
from tests.bench.driving import get, post
from tests.factories.followups import answers

PURPOSE = "benchmark of the search"


@dataclass(frozen=True)
class Scene:
    """`target`: at most so many times the bare handler's time; none is promised where it is None."""

    name: str
    count: int
    target: float | None
    ours: Callable[[], Iterator[bytes]]
    bare: Callable[[], Iterator[bytes]]


def scenes(token: str, on: date) -> list[Scene]:
    county = ApiClient.objects.get(name="demo-client").area_id
    homes = list(Household.objects.filter(county=county).order_by("id").values_list("uuid", flat=True)[:400])
    names = _names(county)
    bodies = _visits(county, on)
    return [
        Scene(
            "list of 100 households", 400, 2.0,
            lambda: itertools.repeat(get("/api/v1/households", token)),
            lambda: itertools.repeat(get(f"/list?{county}")),
        ),
        Scene(
            "one household", 1500, 4.0,
            lambda: itertools.cycle(get(f"/api/v1/households/{home}", token) for home in homes),
            lambda: itertools.cycle(get(f"/one/{home}") for home in homes),
        ),
        Scene(
            "search by name, unmasked", 800, None,
            lambda: itertools.cycle(post("/api/v1/persons/search", _wanted(name), token) for name in names),
            lambda: itertools.cycle(post("/search", _wanted(name)) for name in names),
        ),
        Scene(
            "visit posted", 400, 5.0,
            lambda: (post("/api/v1/visits", next(bodies), token) for _n in itertools.count()),
            lambda: (post("/visit", next(bodies)) for _n in itertools.count()),
        ),
    ]  # fmt: skip


def _names(county: int) -> list[str]:
    found = Person.objects.filter(county=county).order_by("id").values_list("name", flat=True)[:200]
    return [fold(name) for name in found]


def _wanted(name: str) -> bytes:
    return json.dumps({"name": name, "purpose": PURPOSE}).encode()


def _visits(county: int, on: date) -> Iterator[bytes]:
    """No two visits of one person fall on one day, those already there included."""
    ill = Person.objects.filter(
        county=county, left_on=None, conditions__disease__code="hypertension", conditions__ended_on=None
    )
    persons = list(ill.order_by("id").values_list("id", "uuid"))
    first = on - timedelta(days=29)
    seen = set(Visit.objects.filter(visited_on__gte=first).values_list("person_id", "visited_on"))
    days = [on - timedelta(days=back) for back in range(1, 29)]
    return (_visit(str(uuid), day) for day in days for pk, uuid in persons if (pk, day) not in seen)


def _visit(person: str, day: date) -> bytes:
    body: dict[str, Any] = {
        "client_id": str(uuid7()),
        "person": person,
        "protocol": "hypertension",
        "visited_on": day.isoformat(),
        "mode": "2",
        "answers": answers(next_date=(day + timedelta(days=85)).isoformat()),
    }
    return json.dumps(body).encode()
