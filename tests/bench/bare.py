"""The limit: a WSGI handler that runs one prepared statement and returns its bytes. No token, no scope, no frame.

It reads the same rows as the product and makes the same JSON of them; a posted visit is the same row with the same
indexes and triggers."""

import os
import threading
import uuid
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import django
import orjson
import psycopg
from psycopg.types.json import Jsonb

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "healthaid.settings")
django.setup()

from healthaid.api.resources.households import HOUSEHOLDS  # noqa: E402
from healthaid.api.resources.persons import PERSONS  # noqa: E402

LIST = f"""
    SELECT string_agg(row_to_json(r)::text, ',') FROM (
        SELECT t.* FROM households_household t WHERE t.county_id = %(county)s
         ORDER BY t.changed_xid, t.id LIMIT 100) t
     CROSS JOIN LATERAL (SELECT {HOUSEHOLDS.columns(revealed=False)}) r"""
ONE = f"""
    SELECT row_to_json(r)::text FROM households_household t
     CROSS JOIN LATERAL (SELECT {HOUSEHOLDS.record(revealed=False)}) r WHERE t.uuid = %(id)s"""
SEARCH = f"""
    SELECT string_agg(row_to_json(r)::text, ',') FROM (
        SELECT t.* FROM households_person t
         WHERE t.name_grams @> %(grams)s AND t.name_folded LIKE %(pattern)s ORDER BY t.id LIMIT 50) t
     CROSS JOIN LATERAL (SELECT {PERSONS.columns(revealed=True)}) r"""
INSERT = """
    INSERT INTO followups_visit (uuid, household_id, person_id, village_id, county_id, protocol, edition, visited_on,
        mode, answers, assessment, visit_class, is_assessable, is_controlled, sbp, dbp, fpg, next_on, satisfaction,
        is_sensitive, is_current, amend_reason, by_id, device_id)
    SELECT %(uuid)s, p.household_id, p.id, p.village_id, p.county_id, 'hypertension', '2017', %(visited_on)s, '2',
           %(answers)s, %(assessment)s, '1', true, true, 132, 82, NULL, NULL, 5, false, true, '', %(by)s, ''
      FROM households_person p WHERE p.uuid = %(person)s RETURNING uuid::text"""

_local = threading.local()
_by: list[int] = []


def _connection() -> psycopg.Connection[Any]:
    if not hasattr(_local, "connection"):
        _local.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
        _local.connection.prepare_threshold = 0
    return _local.connection


def _read(statement: str, values: dict[str, Any]) -> bytes:
    row = _connection().execute(statement, values, prepare=True).fetchone()
    return (row[0] or "").encode() if row else b""


def _user() -> int:
    if not _by:
        row = _connection().execute("SELECT id FROM accounts_user WHERE role = 'api_client'").fetchone()
        _by.append(row[0] if row else 0)
    return _by[0]


def _list(environ: dict[str, Any]) -> bytes:
    county = int(environ["QUERY_STRING"])
    return b'{"results":[' + _read(LIST, {"county": county}) + b"]}"


def _one(environ: dict[str, Any]) -> bytes:
    values = {"id": environ["PATH_INFO"].rsplit("/", 1)[1], "sees_sensitive": True, "on_day": date.today()}
    return _read(ONE, values)


def _search(environ: dict[str, Any]) -> bytes:
    name = orjson.loads(environ["wsgi.input"].read())["name"]
    values = {"grams": [name[i : i + 2] for i in range(len(name) - 1)], "pattern": f"{name}%"}
    return b'{"results":[' + _read(SEARCH, values) + b"]}"


def _visit(environ: dict[str, Any]) -> bytes:
    body = orjson.loads(environ["wsgi.input"].read())
    values = {
        "uuid": uuid.UUID(body["client_id"]),
        "person": body["person"],
        "visited_on": body["visited_on"],
    }
    values |= {"answers": Jsonb(body["answers"]), "assessment": Jsonb({}), "by": _user()}
    return _read(INSERT, values)


ROUTES: dict[str, Callable[[dict[str, Any]], bytes]] = {
    "list": _list,
    "one": _one,
    "search": _search,
    "visit": _visit,
}


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    body = ROUTES[environ["PATH_INFO"].split("/")[1]](environ)
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start_response("200 OK", headers)
    return [body]
