"""Every address × every role: who is not signed in goes to the sign-in page, who may not gets 403, what lies outside
one's area is 404, and what is allowed answers. A new address without a line here fails."""

from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from core.accounts.roles import ACTS, Role
from tests.house.doors import PUBLIC, QUERIES, SCRIPTS, SIGNED_IN, WORDS, Doors, a_world

ROLES = [role for role in Role.values if role != Role.API_CLIENT]
ALLOWED = {200, 302, 303, 400, 409, 422}
FOREIGN = ("account", "mfa", "usersessions", "static", "api", "set_language")


def _routes(resolver: URLResolver, namespace: str = "") -> dict[str, URLPattern]:
    found: dict[str, URLPattern] = {}
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = ":".join(filter(None, [namespace, entry.namespace or ""]))
            found |= _routes(entry, inner)
        elif entry.name:
            found[":".join(filter(None, [namespace, entry.name]))] = entry
    return found


ROUTES = {name: route for name, route in _routes(get_resolver()).items() if not name.startswith(FOREIGN)}
GUARDED = {name: route for name, route in ROUTES.items() if hasattr(route.callback, "act")}


@pytest.fixture
def doors(county, cast) -> Doors:
    return a_world(county, cast)


def _user(cast: Any, role: str) -> Any:
    people = [
        cast.doctor,
        cast.team_doctor,
        cast.committee,
        cast.clerk,
        cast.township,
        cast.county,
        cast.auditor,
        cast.administrator,
    ]
    return next(person for person in people if person.role == role)


def _knock(client: Any, url: str) -> int:
    answer = client.get(url)
    if answer.status_code == 405:
        answer = client.post(url)
    if answer.streaming:
        answer.getvalue()  # read to its end, a file is closed
    return int(answer.status_code)


def test_every_address_with_words_has_its_object():
    with_words = {name for name, route in GUARDED.items() if route.pattern.converters}
    assert with_words - set(WORDS) == set()


def test_every_address_says_who_may_enter():
    undeclared = set(ROUTES) - set(GUARDED) - PUBLIC - SIGNED_IN
    assert undeclared == set()
    assert {route.callback.act for route in GUARDED.values()} <= set(ACTS)


@pytest.mark.parametrize("name", sorted(set(ROUTES) - PUBLIC))
def test_the_door(name, doors, cast, signed_in, client):
    """One world for all roles of an address: making it is what takes the time."""
    answer = client.get(doors.inside(name))
    if name in SCRIPTS:
        assert (answer.status_code, answer.json()) == (401, {"code": "signed_out"})
    else:
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse("account_login"))
    if name in GUARDED:
        wrong = [word for role in ROLES for word in _wrong(name, role, doors, cast, signed_in)]
        assert wrong == []


def _wrong(name: str, role: str, doors: Doors, cast: Any, signed_in: Any) -> list[str]:
    """What was answered otherwise than the role and the area ask for."""
    client = signed_in(_user(cast, role))
    may = role in ACTS[GUARDED[name].callback.act]
    found = []
    if name in WORDS or name in QUERIES:
        status = _knock(client, doors.outside(name))
        if status != (404 if may else 403):
            found.append(f"{role} outside: {status}")
    status = _knock(client, doors.inside(name))
    if (status not in ALLOWED) if may else (status != 403):
        found.append(f"{role} inside: {status}")
    return found
