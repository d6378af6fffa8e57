"""Lists and single records: ask, let PostgreSQL make the JSON, hand the bytes on."""

from datetime import date
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from core.accounts.tokens import Caller
from core.base.epoch import epoch_of
from core.base.pages import today
from healthaid.api import asking, cursors, feeds
from healthaid.api.endpoint import Endpoint, json_answer
from healthaid.api.problems import ApiProblem
from healthaid.api.resources.areas import AREAS
from healthaid.api.resources.base import Resource
from healthaid.api.resources.cases import CASES
from healthaid.api.resources.households import HOUSEHOLDS
from healthaid.api.resources.monitoring import MONITORING
from healthaid.api.resources.needs import NEEDS, REFERRALS
from healthaid.api.resources.persons import PERSONS
from healthaid.api.resources.work import DUTIES, VISITS
from healthaid.api.reveal import SHOWN, SHOWN_OF_BILLS, note_looks, opened, purpose_of

LARGEST_KEY = 2**63 - 1


class ResourceEndpoint(Endpoint):
    resource: ClassVar[Resource]

    def _note(
        self, request: HttpRequest, caller: Caller, persons: list[dict[str, Any]], purpose: str, *, rows: int
    ) -> None:
        note_looks(
            caller=caller,
            persons=persons,
            households=rows if self.resource is HOUSEHOLDS else 0,
            purpose=purpose,
            request=request,
            shown=SHOWN_OF_BILLS if self.resource.of_person else SHOWN,
        )


class ListEndpoint(ResourceEndpoint):
    def get(self, request: HttpRequest, caller: Caller, **kwargs: Any) -> HttpResponseBase:
        purpose = purpose_of(request, caller)
        question = asking.question(request, self.resource, caller, on=today(), purpose=purpose)
        if not question.revealed:
            page = feeds.page(self.resource, question)
            body = self._body(request, caller, page, page.rows.encode())
            return json_answer(request, body, told=_told(page))
        with transaction.atomic():
            return self._revealed(request, caller, question, purpose)

    def _revealed(
        self, request: HttpRequest, caller: Caller, question: feeds.Question, purpose: str
    ) -> HttpResponse:
        page = feeds.page(self.resource, question)
        rows, persons = opened(page.rows, of_person=self.resource.of_person)
        self._note(request, caller, persons, purpose, rows=page.count)
        return json_answer(request, self._body(request, caller, page, rows), private=True)

    def _body(self, request: HttpRequest, caller: Caller, page: feeds.Page, rows: bytes) -> bytes:
        epoch = epoch_of(caller.installation)
        cursor = cursors.encode(self.resource.name, epoch, page.place)
        following = f'"{self._next(request, cursor)}"' if page.full else "null"
        parts = (b'{"results":[', rows, b'],"deleted":[', page.tombstones.encode())
        return b"".join((*parts, f'],"next":{following},"cursor":"{cursor}"}}'.encode()))

    def _next(self, request: HttpRequest, cursor: str) -> str:
        kept = {name: value for name, value in request.GET.items() if name not in ("cursor", "updated_since")}
        return request.build_absolute_uri(f"{request.path}?{urlencode({**kept, 'cursor': cursor})}")


def _told(page: feeds.Page) -> bytes:
    """Without the cursor: it moves on with the clock, and the one a client has leads to the same rows."""
    return f"{page.rows}|{page.tombstones}|{page.full}".encode()


class RecordEndpoint(ResourceEndpoint):
    def get(self, request: HttpRequest, caller: Caller, key: Any, **kwargs: Any) -> HttpResponseBase:
        if isinstance(key, int) and key > LARGEST_KEY:
            raise ApiProblem("not_found")
        purpose = purpose_of(request, caller)
        if request.GET:
            asking.refuse_unknown(request.GET, ("purpose",))
        on = today()
        if not purpose:
            return json_answer(request, self._record(key, caller, on=on).encode())
        with transaction.atomic():
            record = self._record(key, caller, on=on, revealed=True)
            found, persons = opened(record, of_person=self.resource.of_person)
            self._note(request, caller, persons, purpose, rows=1)
        return json_answer(request, self.in_words(found, request), private=True)

    def in_words(self, record: bytes, request: HttpRequest) -> bytes:
        """What is told in the language of the request, where a resource has such."""
        return record

    def _record(self, key: Any, caller: Caller, *, on: date, revealed: bool = False) -> str:
        found = feeds.record(self.resource, key, caller, on=on, revealed=revealed)
        if found is None:
            raise ApiProblem("not_found")
        return found


class HouseholdList(ListEndpoint):
    resource, scope = HOUSEHOLDS, HOUSEHOLDS.scope


class HouseholdRecord(RecordEndpoint):
    resource, scope = HOUSEHOLDS, HOUSEHOLDS.scope


class PersonList(ListEndpoint):
    resource, scope = PERSONS, PERSONS.scope


class PersonRecord(RecordEndpoint):
    resource, scope = PERSONS, PERSONS.scope


class VisitRecord(RecordEndpoint):
    resource, scope = VISITS, VISITS.scope


class DutyList(ListEndpoint):
    resource, scope = DUTIES, DUTIES.scope


class DutyRecord(RecordEndpoint):
    resource, scope = DUTIES, DUTIES.scope


class CaseList(ListEndpoint):
    resource, scope = CASES, CASES.scope


class CaseRecord(RecordEndpoint):
    resource, scope = CASES, CASES.scope


class MonitoringList(ListEndpoint):
    resource, scope = MONITORING, MONITORING.scope


class MonitoringRecord(RecordEndpoint):
    resource, scope = MONITORING, MONITORING.scope


class NeedList(ListEndpoint):
    resource, scope = NEEDS, NEEDS.scope


class NeedRecord(RecordEndpoint):
    resource, scope = NEEDS, NEEDS.scope


class ReferralList(ListEndpoint):
    resource, scope = REFERRALS, REFERRALS.scope


class ReferralRecord(RecordEndpoint):
    resource, scope = REFERRALS, REFERRALS.scope


class AreaList(ListEndpoint):
    resource, scope = AREAS, AREAS.scope


class AreaRecord(RecordEndpoint):
    resource, scope = AREAS, AREAS.scope
