"""Unmasked personal data: opened here, for a stated purpose, with each person shown on record."""

import base64
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import orjson
from django.http import HttpRequest

from core.accounts.tokens import Caller, Scope
from core.audit.models import AccessLog
from core.base.crypto import decrypt
from healthaid.api.problems import ApiProblem

ENCRYPTED = ("id_number", "phone")
SHOWN = ("name", "birth_date", "id_number", "phone")
SHOWN_OF_HOUSEHOLD = ("address", "phone", "latitude", "longitude")
SHORTEST, LONGEST = 4, 200


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


def opened(rows: str) -> tuple[bytes, list[dict[str, Any]]]:
    """JSON of rows with their encrypted fields in plain text, and the records of persons found in it."""
    found = orjson.loads(f"[{rows}]")
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


def note_looks(
    *, caller: Caller, persons: list[dict[str, Any]], households: int, purpose: str, request: HttpRequest
) -> None:
    """This will log each person shown in a row of its own, and households shown without persons in one."""
    shared = {
        "kind": AccessLog.Kind.API,
        "actor": caller.name,
        "user_id": caller.user_id,
        "purpose": purpose,
        "route": request.path[:200],
    }
    looks = [AccessLog(**shared, subject_uuid=UUID(each["id"]), fields=SHOWN) for each in persons]
    if households:
        looks.append(AccessLog(**shared, count=households, fields=SHOWN_OF_HOUSEHOLD))
    AccessLog.objects.bulk_create(looks)
