"""Unmasked personal data: opened here, for a stated purpose, with each person shown on record."""

# ruff: noqa: S608 - statements are joined from constants of this package; values travel as parameters

import base64
from collections.abc import Iterator, Sequence
from typing import Any

import orjson
from django.http import HttpRequest

from core.accounts.tokens import Caller, Scope
from core.audit.models import AccessLog
from core.base.crypto import decrypt
from core.base.sql import prepared
from healthaid.api.problems import ApiProblem

ENCRYPTED = ("id_number", "phone")
SHOWN = ("name", "birth_date", "id_number", "phone")
SHOWN_OF_BILLS = ("diagnosis", "amounts")
SHOWN_OF_HOUSEHOLD = ("address", "phone", "latitude", "longitude")
SHORTEST, LONGEST = 4, 200
COLUMNS = "at, user_id, actor, kind, subject_uuid, count, fields, purpose, route, request_id"
WHO = "now(), %(look_user)s, %(look_actor)s, %(look_kind)s"
WHAT = "%(look_fields)s::jsonb, %(look_purpose)s, %(look_route)s, ''"
# One row for each person of a source aliased t.
LOOKS = f"INSERT INTO audit_accesslog ({COLUMNS}) SELECT {WHO}, t.uuid, 1, {WHAT} FROM {{}}"
LOOKS_AT_HOUSEHOLDS = (
    f"INSERT INTO audit_accesslog ({COLUMNS}) SELECT {WHO}, NULL::uuid, %(look_count)s, {WHAT}"
)


def purpose_of(request: HttpRequest, caller: Caller) -> str:
    """The stated purpose, or '' where nothing unmasked is asked for. Raises ApiProblem when it may not."""
    said = request.GET.get("purpose") or request.headers.get("Purpose") or ""
    if not said:
        return ""
    purpose = _readable(said).strip()
    if Scope.IDENTIFY not in caller.scopes:
        raise ApiProblem("scope", words={"scope": Scope.IDENTIFY})
    if not SHORTEST <= len(purpose) <= LONGEST or "\0" in purpose:
        raise ApiProblem("purpose")
    return purpose


def _readable(said: str) -> str:
    """Header bytes arrive as Latin-1; a Chinese purpose is UTF-8 underneath."""
    try:
        return said.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return said


def opened(rows: str, *, of_person: bool = False) -> tuple[bytes, list[dict[str, Any]]]:
    """JSON of rows with their encrypted fields in plain text, and the records of persons found in it.

    Of rows `of_person` it is the persons they name."""
    found = orjson.loads(f"[{rows}]")
    if of_person:
        return orjson.dumps(found)[1:-1], [
            {"id": key} for key in dict.fromkeys(row["person"] for row in found)
        ]
    for record in _records(found):
        for name in ENCRYPTED:
            if record.get(name):
                record[name] = decrypt(base64.b64decode(record[name]))
    return orjson.dumps(found)[1:-1], [record for record in _records(found) if "id_number" in record]


def _records(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for each in value:
            yield from _records(each)
    elif isinstance(value, dict):
        yield value
        for each in value.values():
            if isinstance(each, list | dict):
                yield from _records(each)


def look(caller: Caller, kind: str, purpose: str, route: str, shown: Sequence[str] = SHOWN) -> dict[str, Any]:
    """The parameters of LOOKS that are the same for everyone shown."""
    return {
        "look_user": caller.user_id,
        "look_actor": caller.name,
        "look_kind": kind,
        "look_fields": orjson.dumps(shown).decode(),
        "look_purpose": purpose,
        "look_route": route[:200],
    }


def note_looks(
    *,
    caller: Caller,
    persons: list[dict[str, Any]],
    households: int,
    purpose: str,
    request: HttpRequest,
    shown: Sequence[str] = SHOWN,
) -> None:
    """This will log each person shown in a row of its own, and households shown without persons in one."""
    said = look(caller, AccessLog.Kind.API, purpose, request.path, shown)
    if persons:
        uuids = [each["id"] for each in persons]
        prepared(LOOKS.format("unnest(%(uuids)s::uuid[]) AS t(uuid)"), {**said, "uuids": uuids})
    if households:
        note_households(said, households)


def note_households(said: dict[str, Any], count: int) -> None:
    fields = orjson.dumps(SHOWN_OF_HOUSEHOLD).decode()
    prepared(LOOKS_AT_HOUSEHOLDS, {**said, "look_fields": fields, "look_count": count})
