"""Who may come in, and with what."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from core.accounts.models import ApiToken, Role, User
from core.accounts.services.tokens import issue_token, register_client, revoke_token
from core.accounts.tokens import Scope, digest
from tests.factories.programs import Program, a_client, a_token

pytestmark = pytest.mark.django_db


def _token(area, **more):
    return issue_token(client=a_client(area, **more), expires_at=timezone.now() + timedelta(days=1), by=None)


def test_only_the_digest_of_a_token_is_kept(county):
    issued = _token(county.county)
    kept = ApiToken.objects.get()
    assert issued.text.startswith("ha_")
    assert bytes(kept.digest) == digest(issued.text)
    assert issued.text not in str(kept.__dict__)


@pytest.mark.parametrize("scheme", ["Token", "Bearer", "bearer"])
def test_either_word_opens(county, scheme):
    answer = Program().get(
        "/api/v1/areas", headers={"Authorization": f"{scheme} {_token(county.county).text}"}
    )
    assert answer.status == 200


@pytest.mark.parametrize(
    "header",
    ["", "Token", "Token ha_wrong", "Basic aGFfOg==", "Token " + "ha_" + "x" * 500, "Token ha_é", "ha_x"],
)
def test_anything_else_is_401_and_says_how(county, header):
    answer = Program().get("/api/v1/areas", headers={"Authorization": header} if header else {})
    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"] == 'Token realm="api"'
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_revoked_token_is_refused_at_once(county):
    issued = _token(county.county)
    program = Program(issued.text)
    assert program.get("/api/v1/areas").status == 200
    revoke_token(token=issued.token, by=None, at=timezone.now())
    answer = program.get("/api/v1/areas", headers={"Accept-Language": "en"})
    assert (answer.status, answer.json()["title"]) == (401, "The token was revoked")


def test_an_expired_token_is_refused(county):
    issued = _token(county.county)
    past = timezone.now() - timedelta(days=3)
    ApiToken.objects.update(created_at=past, expires_at=past + timedelta(days=1))
    assert "expired" in Program(issued.text).get("/api/v1/areas").json()["type"]


@pytest.mark.parametrize("who", ["client", "user"])
def test_a_stopped_client_is_refused(county, who):
    issued = _token(county.county)
    row = issued.token.client if who == "client" else issued.token.client.user
    type(row).objects.filter(pk=row.pk).update(is_active=False)
    assert "stopped" in Program(issued.text).get("/api/v1/areas").json()["type"]


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("households", Scope.HOUSEHOLDS),
        ("persons", Scope.PERSONS),
        ("visits", Scope.VISITS),
        ("duties", Scope.DUTIES),
        ("cases", Scope.CASES),
        ("monitoring", Scope.MONITORING),
    ],
)
def test_each_resource_needs_its_scope(county, path, scope):
    others = [each for each in Scope if each != scope]
    answer = Program(a_token(county.county, scopes=others)).get(
        f"/api/v1/{path}", headers={"Accept-Language": "en"}
    )
    assert answer.status == 403
    assert scope in answer.json()["detail"]


def test_sending_needs_the_scope_of_writing(county):
    assert Program(a_token(county.county)).post("/api/v1/visits", {}).status == 403


def test_a_token_never_makes_a_session(county):
    answer = Program(a_token(county.county)).get("/api/v1/areas")
    assert "Set-Cookie" not in answer.headers
    assert Session.objects.count() == 0


def test_a_token_opens_no_page(county, client):
    answer = client.get("/", headers={"Authorization": f"Token {a_token(county.county)}"})
    assert answer.status_code == 302


def test_a_session_opens_no_endpoint(cast, signed_in):
    assert signed_in(cast.county).get("/api/v1/areas").status_code == 401


def test_a_client_cannot_sign_in(county):
    client = a_client(county.county)
    assert not client.user.has_usable_password()
    assert client.user.role == Role.API_CLIENT


def test_only_the_administrator_registers_and_issues(cast, county):
    with pytest.raises(PermissionDenied):
        register_client(name="x", contact="", purpose="x", area=county.county, scopes=[], by=cast.county)
    with pytest.raises(PermissionDenied):
        issue_token(client=a_client(county.county), expires_at=timezone.now(), by=cast.doctor)
    assert User.objects.filter(username="api:x").count() == 0


def test_an_unknown_scope_is_named(county):
    with pytest.raises(ValidationError, match="everything"):
        a_client(county.county, scopes=["everything"])


def test_too_many_requests_are_told_when_to_come_back(county, settings):
    settings.API_REQUESTS_PER_MINUTE = 3
    program = Program(a_token(county.county, name="急客户"))
    statuses = [program.get("/api/v1/areas").status for _n in range(5)]
    answer = program.get("/api/v1/areas")
    assert 429 in statuses
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_without_valkey_requests_pass(county, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert Program(a_token(county.county)).get("/api/v1/areas").status == 200
