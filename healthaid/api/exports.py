"""A whole area in one answer: NDJSON that streams from PostgreSQL to the client in constant memory."""

# ruff: noqa: S608 - statements are joined from constants of this package; values travel as parameters

from collections.abc import Iterator
from typing import Any, ClassVar

import orjson
import psycopg
from django.db import connection, transaction
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from core.accounts.tokens import Caller
from core.audit.models import AccessLog
from core.base.epoch import epoch_of
from core.base.pages import today
from core.base.sql import one, prepared, streamed
from healthaid.api import asking, cursors, feeds
from healthaid.api.endpoint import Endpoint
from healthaid.api.resources.base import BEHIND_ALL, Resource
from healthaid.api.resources.claims import ADMISSIONS, SETTLEMENTS
from healthaid.api.resources.households import HOUSEHOLDS
from healthaid.api.resources.monitoring import MONITORING
from healthaid.api.resources.persons import PERSONS
from healthaid.api.reveal import (
    LOOKS,
    SHOWN,
    SHOWN_OF_BILLS,
    look,
    note_households,
    opened,
    purpose_of,
)

CONTENT_TYPE = "application/x-ndjson"
CHUNK = 64 * 1024
# A JSON text holds no control characters, so these never occur in it and nothing is quoted or escaped.
_PERSONS_OF = "(SELECT p.uuid FROM households_person p WHERE p.id IN (SELECT t.person_id FROM {})) AS t(uuid)"
COPY = "COPY ({}) TO STDOUT (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')"


class ExportEndpoint(Endpoint):
    resource: ClassVar[Resource]

    def get(self, request: HttpRequest, caller: Caller, **kwargs: Any) -> HttpResponseBase:
        purpose = purpose_of(request, caller)
        question = asking.question(request, self.resource, caller, on=today(), purpose=purpose)
        asking.refuse_unknown(request.GET, (*self.resource.filters.base_filters, "purpose"))
        epoch = epoch_of(caller.installation)
        lines = _lines(self.resource, question, epoch, purpose, request.path)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingHttpResponse(lines, content_type=CONTENT_TYPE, headers=headers)


def _lines(
    resource: Resource, question: feeds.Question, epoch: str, purpose: str, route: str
) -> Iterator[bytes]:
    """Every row as a line, then {"count": n, "cursor": "…"}, without which the export is not whole."""
    with transaction.atomic():
        settled = _settled()
        parameters = {**question.parameters(resource), "settled": settled}
        is_opened = question.revealed and resource.has_masks
        if is_opened:
            _note(resource, question, parameters, purpose, route)
        count = 0
        is_sealed = is_opened and not resource.of_person
        for chunk, rows in _chunks(_statement(resource, question), parameters, is_sealed=is_sealed):
            count += rows
            yield chunk
    place = cursors.Place(settled - 1, resource.last_key, settled - 1, BEHIND_ALL)
    yield orjson.dumps({"count": count, "cursor": cursors.encode(resource.name, epoch, place)}) + b"\n"


def _settled() -> int:
    found = one(feeds.SETTLING)
    assert found  # noqa: S101 - a SELECT without FROM gives one row
    return int(found[0])


def _source(resource: Resource, question: feeds.Question) -> str:
    narrowed = "".join(f" AND {condition}" for condition in question.conditions.values())
    visible = resource.visible(question.caller)
    return f"{resource.table} t WHERE {visible} AND t.changed_xid < %(settled)s{narrowed}"


def _statement(resource: Resource, question: feeds.Question) -> str:
    columns = resource.columns(revealed=question.revealed)
    return (
        f"SELECT (SELECT row_to_json(r)::text FROM (SELECT {columns}) r) FROM {_source(resource, question)}"
    )


def _chunks(statement: str, parameters: dict[str, Any], *, is_sealed: bool) -> Iterator[tuple[bytes, int]]:
    """`is_sealed`: the rows hold encrypted fields that are opened on the way."""
    source = _opened_rows(statement, parameters) if is_sealed else _copied_rows(statement, parameters)
    pending, rows = bytearray(), 0
    for line in source:
        pending += line
        rows += 1
        if len(pending) >= CHUNK:
            yield bytes(pending), rows
            pending, rows = bytearray(), 0
    yield bytes(pending), rows


def _copied_rows(statement: str, parameters: dict[str, Any]) -> Iterator[Any]:
    with (
        psycopg.ClientCursor(connection.connection) as cursor,
        cursor.copy(COPY.format(statement), parameters) as copy,
    ):
        yield from copy


def _opened_rows(statement: str, parameters: dict[str, Any]) -> Iterator[bytes]:
    for (row,) in streamed(statement, parameters):
        yield opened(row)[0] + b"\n"


def _note(
    resource: Resource, question: feeds.Question, parameters: dict[str, Any], purpose: str, route: str
) -> None:
    """One row of the access log for each person the export shows; households are counted in one row."""
    shown = SHOWN_OF_BILLS if resource.of_person else SHOWN
    said = look(question.caller, AccessLog.Kind.EXPORT, purpose, route, shown)
    source = _source(resource, question)
    if resource is HOUSEHOLDS:
        found = one(f"SELECT count(*) FROM {source}", parameters)
        note_households(said, found[0] if found else 0)
    elif resource.of_person:
        prepared(LOOKS.format(_PERSONS_OF.format(source)), {**parameters, **said})
    else:
        prepared(LOOKS.format(source), {**parameters, **said})


class HouseholdExport(ExportEndpoint):
    resource, scope = HOUSEHOLDS, HOUSEHOLDS.scope


class PersonExport(ExportEndpoint):
    resource, scope = PERSONS, PERSONS.scope


class MonitoringExport(ExportEndpoint):
    resource, scope = MONITORING, MONITORING.scope


class AdmissionExport(ExportEndpoint):
    resource, scope = ADMISSIONS, ADMISSIONS.scope


class SettlementExport(ExportEndpoint):
    resource, scope = SETTLEMENTS, SETTLEMENTS.scope
