"""Whatever goes wrong is application/problem+json, in the caller's language, with the field and the remedy; never a 500."""

import pytest

from core.accounts.tokens import Scope
from tests.factories.programs import Program, a_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(county):
    return Program(a_token(county.county, scopes=list(Scope)))


def _is_problem(answer, status):
    assert answer.status == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    return body


def test_an_unknown_address_is_a_problem_not_a_page(program):
    _is_problem(program.get("/api/v1/nothing/here"), 404)
    _is_problem(program.get("/api/v1/households/not-a-uuid"), 404)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST"])
def test_a_method_that_is_not_there_names_those_that_are(program, method):
    answer = program.call(method, "/api/v1/households", b"{}")
    _is_problem(answer, 405)
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_options_says_what_is_allowed(program):
    assert program.call("OPTIONS", "/api/v1/visits").headers["Allow"] == "GET, HEAD, POST, OPTIONS"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("colour=red", "colour"),
        ("page_size=0", "page_size"),
        ("page_size=501", "page_size"),
        ("page_size=ten", "page_size"),
        ("page_size=%D9%A1%D9%A0", "page_size"),
        ("village=abc", "village"),
        ("village=%00", "village"),
        ("village=1&village=2", "village"),
        ("standing=rich", "standing"),
        ("present=perhaps", "present"),
        ("updated_since=2026-01-01", "updated_since"),
        ("updated_since=2026-13-01T00:00:00Z", "updated_since"),
        ("updated_since=0001-01-01T00:00:00Z", "updated_since"),
        ("cursor=a&updated_since=b", "cursor"),
    ],
)
def test_a_parameter_at_fault_is_named_with_its_remedy(program, query, field):
    body = _is_problem(program.get(f"/api/v1/households?{query}"), 400)
    assert {error["field"] for error in body["errors"]} == {field}
    assert all(error["message"] and error["remedy"] for error in body["errors"])


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("visits", "visited_from=yesterday", "visited_from"),
        ("visits", "person=1", "person"),
        ("duties", "overdue=maybe", "overdue"),
        ("duties", "protocol=unknown", "protocol"),
        ("areas", "level=galaxy", "level"),
        ("persons/export", "page_size=3", "page_size"),
    ],
)
def test_each_list_checks_its_own(program, path, query, field):
    body = _is_problem(program.get(f"/api/v1/{path}?{query}"), 400)
    assert field in {error["field"] for error in body["errors"]}


def test_all_faults_are_told_at_once(program):
    body = _is_problem(program.get("/api/v1/visits?colour=red&size=2"), 400)
    assert [error["field"] for error in body["errors"]] == ["colour", "size"]


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("", "有一个参数看不懂"),
        ("en", "A parameter is not understood"),
        ("en-GB,en;q=0.9,zh;q=0.8", "A parameter is not understood"),
        ("fr, zh-CN;q=0.5, en;q=0.4", "有一个参数看不懂"),
        ("*", "有一个参数看不懂"),
        ("en;q=x", "有一个参数看不懂"),
    ],
)
def test_errors_speak_the_language_that_is_asked_for(program, said, title):
    answer = program.get("/api/v1/households?colour=red", headers={"Accept-Language": said} if said else {})
    assert answer.json()["title"] == title


NOT_JSON = [
    b"",
    b"{",
    b"[1]",
    b'"text"',
    b'{"a":1,"a":2}',
    b'{"a":NaN}',
    b'{"a":Infinity}',
    b'{"a":1e400}',
    b"\xff\xfe",
]
NOT_JSON += [
    b'{"a":"\\u0000"}',
    b'{"a":"\\ud800"}',
    b'{"\\u0000":1}',
    b'{"a":' + b"[" * 5000 + b"]" * 5000 + b"}",
]
NOT_JSON += [b'{"a":' + b"9" * 5000 + b"}", b'{"a":1.' + b"9" * 60 + b"}", b'{"nonsense":1}']


@pytest.mark.parametrize("raw", NOT_JSON, ids=range(len(NOT_JSON)))
@pytest.mark.parametrize("path", ["visits", "persons/search"])
def test_a_body_that_cannot_be_read_is_refused_by_name(program, path, raw):
    body = _is_problem(program.post(f"/api/v1/{path}", raw), 400)
    assert body["errors"][0]["remedy"]


def test_a_body_is_bounded(program):
    _is_problem(program.post("/api/v1/visits", b'{"a":"' + b"x" * 70_000 + b'"}'), 413)


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/xml", "multipart/form-data; boundary=x", "text/json"]
)
def test_only_json_is_taken(program, kind):
    _is_problem(program.post("/api/v1/visits", b"{}", content_type=kind), 415)


def test_a_content_length_that_lies_is_no_fault_of_the_server(program):
    for length in ("-1", "abc", "9" * 30):
        answer = program.post("/api/v1/visits", {}, raw={"CONTENT_LENGTH": length})
        assert 400 <= answer.status < 500, length


def test_an_answer_carries_its_number(program):
    assert len(program.get("/api/v1/areas").headers["X-Request-Id"]) == 16


def test_the_same_bytes_are_not_sent_twice(program):
    """One record: a page ends in a cursor, which moves on whenever anybody in the cluster writes."""
    first = program.get("/api/v1/areas/430304")
    again = program.get(
        "/api/v1/areas/430304", headers={"If-None-Match": f'"other", W/{first.headers["ETag"]}'}
    )
    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
