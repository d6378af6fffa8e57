"""Visits: the list, and the one thing a program may write. The same body twice is one visit."""

from typing import Any, ClassVar

import orjson
import pghistory
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.accounts.queries import Proof
from core.accounts.scope import village_ids
from core.accounts.tokens import Caller, Scope
from core.base.pages import today
from followups.models import Visit
from followups.protocols.classes import class_label
from followups.services.visits import FieldProblem, VisitReceipt, record_visit
from healthaid.api.acting import user_of
from healthaid.api.bodies import body_of
from healthaid.api.endpoint import JSON
from healthaid.api.problems import ApiProblem, FieldError, language_of
from healthaid.api.resources.work import VISITS
from healthaid.api.views import ListEndpoint

KNOWN = (
    *("client_id", "person", "household", "protocol", "visited_on", "mode", "answers", "next_on", "duty"),
    *("device_id", "device_seq", "captured_at", "trip", "supersedes", "amend_reason"),
)


class VisitList(ListEndpoint):
    resource, scope = VISITS, VISITS.scope
    scopes: ClassVar[dict[str, Scope]] = {"post": Scope.RECORD_VISITS}
    verbs = ("get", "post")
    proving = ("post",)

    def post(self, request: HttpRequest, caller: Caller, proof: Proof, **kwargs: Any) -> HttpResponseBase:
        body = body_of(request)
        _refuse_unknown(body)
        user = user_of(caller)
        with pghistory.context(user=caller.user_id, url=request.path):
            receipt = record_visit(body=body, by=user, program=proof, received_on=today())
        return _answer(receipt, user, request)


def _refuse_unknown(body: dict[str, Any]) -> None:
    message, remedy = _("There is no such field."), _("Remove it. Answers belong into answers.")
    errors = [FieldError(name[:80], "unknown", message, remedy) for name in body if name not in KNOWN]
    if errors:
        raise ApiProblem("json", errors)


def _answer(receipt: VisitReceipt, user: User, request: HttpRequest) -> HttpResponse:
    """Raises ApiProblem `refused` or `conflict`; what the client sent is kept in either case."""
    if receipt.status == "refused":
        raise ApiProblem(
            "refused", _errors(receipt.problems, request), extra={"submission": receipt.submission_id}
        )
    if receipt.status == "conflict" or not _is_theirs(receipt.visit, user):
        raise ApiProblem("conflict", extra=_conflict(receipt, user))
    assert receipt.visit  # noqa: S101 - accepted and repeated carry their visit
    status = 201 if receipt.status == "accepted" else 200
    location = f"{request.path.rstrip('/')}/{receipt.visit.pk}"
    body = orjson.dumps(told(receipt.visit))
    headers = {"Location": location, "Content-Length": str(len(body))}
    return HttpResponse(body, status=status, content_type=JSON, headers=headers)


def told(visit: Visit) -> dict[str, Any]:
    """What the sender learns; the first answer and every later one to the same body are the same."""
    label = class_label(visit.protocol, visit.edition, visit.visit_class)
    return {
        "id": visit.pk,
        "protocol": visit.protocol,
        "edition": visit.edition,
        "visited_on": visit.visited_on,
        "visit_class": visit.visit_class,
        "class_label": label.zh if label else "",
        "controlled": visit.is_controlled,
        "assessment": visit.assessment,
        "next_on": visit.next_on,
    }


def _is_theirs(visit: Visit | None, user: User) -> bool:
    return bool(visit and visit.village_id in village_ids(user))


def _conflict(receipt: VisitReceipt, user: User) -> dict[str, Any]:
    kept = receipt.visit.pk if receipt.visit and _is_theirs(receipt.visit, user) else None
    return {"kind": receipt.conflict_kind, "kept": kept, "submission": receipt.submission_id}


def _errors(problems: list[FieldProblem], request: HttpRequest) -> list[FieldError]:
    language = "zh" if language_of(request) == "zh-hans" else "en"
    return [
        FieldError(each.field, each.code, getattr(each.message, language), getattr(each.remedy, language))
        for each in problems
    ]
