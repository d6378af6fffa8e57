"""What a phone says to the server and hears from it: JSON, one's own session, never a redirect."""

import base64
import json
import logging
import re
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from core.accounts.permissions import actor, may
from core.accounts.phones import phone_user, queue_key
from core.accounts.scope import village_ids
from core.base.epoch import epoch
from core.base.pages import today
from followups.choices import SubmissionState
from followups.presenters.own_list import Look, assets, present_own_list
from followups.queries.own_list import own_list
from followups.queries.sync import device_state, known_records
from followups.services.calls import receive_attempts
from followups.services.listing import list_changes
from followups.services.raised import receive_needs
from followups.services.sync import Verdict, note_device, receive_visits
from followups.services.visits import FieldProblem

log = logging.getLogger(__name__)
VISITS_AT_ONCE = 20
KNOWN_AT_ONCE = 500
_DEVICE = re.compile(r"[0-9A-Za-z-]{8,40}")
_STATUS = {SubmissionState.RECEIVED: "later"}
View = Callable[..., HttpResponse]


class Malformed(Exception):
    """The body is not what was agreed on; nothing of it is kept."""


class _OtherUser(Exception):
    """The records are another user's of the same phone: they wait for their own user."""


class _Check(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return _refusal(403, "csrf")


def _checked_view() -> None:
    """Stands for a view that is not exempt."""


def sync_door(act: str, *methods: str) -> Callable[[View], View]:
    """Signed in, sent from our own page, allowed: in this order, each with an answer a program can read."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @login_not_required
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            if refused := _refused(request, act, methods):
                return refused
            try:
                return view(request)
            except Malformed:
                return _refusal(400, "malformed")
            except _OtherUser:
                return _refusal(409, "other_user")
            except DatabaseError:
                log.exception("sync: the database does not answer")
                return _refusal(503, "busy")

        guarded.act = act  # type: ignore[attr-defined]
        return guarded

    return decorate


def _refused(request: HttpRequest, act: str, methods: tuple[str, ...]) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return _refusal(401, "signed_out")
    if not may(request.user, act):
        return _refusal(403, "forbidden")
    if request.method not in methods:
        return _refusal(405, "method", Allow=", ".join(methods))
    check = _Check(lambda _request: HttpResponse())
    check.process_request(request)
    return check.process_view(request, _checked_view, (), {})  # type: ignore[arg-type]


def _refusal(status: int, code: str, **headers: str) -> HttpResponse:
    return JsonResponse({"code": code}, status=status, headers={"Cache-Control": "no-store", **headers})


def sync_answer(body: dict[str, Any]) -> HttpResponse:
    now = timezone.localtime().isoformat(timespec="milliseconds")
    return JsonResponse({"epoch": epoch(), "server_time": now, **body}, headers={"Cache-Control": "no-store"})


def _body(request: HttpRequest) -> dict[str, Any]:
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError, RequestDataTooBig) as error:
        raise Malformed from error
    if not isinstance(found, dict):
        raise Malformed
    if found.get("user") not in (None, phone_user(actor(request))):
        raise _OtherUser
    return found


def _items(body: dict[str, Any], limit: int) -> list[dict[str, Any]]:
    items = body.get("items")
    if not isinstance(items, list) or len(items) > limit:
        raise Malformed
    if not all(isinstance(item, dict) for item in items):
        raise Malformed
    return items


def _device(given: object) -> str:
    return given if isinstance(given, str) and _DEVICE.fullmatch(given) else ""


@sync_door("record_visit", "GET")
def sync_state(request: HttpRequest) -> HttpResponse:
    """Who is signed in, what has come from this phone, and the key of what it keeps for this user."""
    user, device = actor(request), _device(request.GET.get("device"))
    token = get_token(request)
    key = base64.b64encode(queue_key(user, device)).decode() if device else ""
    told = {"user": phone_user(user), "key": key, "csrf": token}
    return sync_answer({**told, "device": asdict(device_state(user, device))})


@sync_door("see_today", "GET")
def sync_list(request: HttpRequest) -> HttpResponse:
    """The pages of the doctor's own list that changed since the phone last asked, and those to forget."""
    user, on = actor(request), today()
    look = Look(get_language() or "zh-hans", request.COOKIES.get("type_size", ""))
    pages = present_own_list(own_list(user, on), on, look)
    changes = list_changes(pages=pages, user=user, since=request.GET.get("since", ""))
    return sync_answer({"user": phone_user(user), **asdict(changes), "assets": assets()})


@sync_door("record_visit", "POST")
def sync_visits(request: HttpRequest) -> HttpResponse:
    body, user = _body(request), actor(request)
    items = _items(body, VISITS_AT_ONCE)
    verdicts = receive_visits(items=items, by=user, received_on=today())
    if device := _device(body.get("device")):
        note_device(
            device=device,
            by=user,
            at=timezone.now(),
            clock=_moment(body.get("clock")),
            unsent=_count(body.get("unsent")),
            oldest=_moment(body.get("oldest")),
        )
    return sync_answer({"results": [_told(verdict, request) for verdict in verdicts]})


@sync_door("record_visit", "POST")
def sync_attempts(request: HttpRequest) -> HttpResponse:
    items = _items(_body(request), VISITS_AT_ONCE)
    verdicts = receive_attempts(items=items, by=actor(request), received_on=today())
    return sync_answer({"results": [_told(verdict, request) for verdict in verdicts]})


@sync_door("raise_need", "POST")
def sync_needs(request: HttpRequest) -> HttpResponse:
    items = _items(_body(request), VISITS_AT_ONCE)
    verdicts = receive_needs(items=items, by=actor(request), received_on=today())
    return sync_answer({"results": [_told(verdict, request) for verdict in verdicts]})


@sync_door("record_visit", "POST")
def sync_known(request: HttpRequest) -> HttpResponse:
    """Which records are here: asked after a restore, and for what became of a conflict or a refusal."""
    asked = [_named(item) for item in _items(_body(request), KNOWN_AT_ONCE)]
    found = known_records(actor(request), asked)
    results = []
    for number, digest in asked:
        record = found.get((number, digest))
        status = _STATUS.get(record.status, record.status) if record else ""  # type: ignore[call-overload]
        results.append(
            {
                "client_id": number,
                "known": record is not None,
                "status": status,
                "resolved": bool(record and record.resolved),
                "decision": record.decision if record else "",
            }
        )
    return sync_answer({"results": results})


def _named(item: dict[str, Any]) -> tuple[UUID, bytes]:
    try:
        return UUID(str(item.get("client_id"))), bytes.fromhex(str(item.get("sha256", "")))
    except ValueError as error:
        raise Malformed from error


def _moment(given: object) -> datetime | None:
    try:
        moment = parse_datetime(given) if isinstance(given, str) else None
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) and 2000 < moment.year < 2200 else None


def _count(given: object) -> int | None:
    return given if isinstance(given, int) and not isinstance(given, bool) and 0 <= given < 2**31 else None


def _told(verdict: Verdict, request: HttpRequest) -> dict[str, Any]:
    """What the phone learns of one record; the visit that stands only where it lies in the user's area."""
    receipt = verdict.receipt
    visit = receipt.visit
    theirs = visit is not None and visit.village_id in village_ids(request.user)
    return {
        "client_id": verdict.client_id,
        "sha256": verdict.sha256,
        "status": receipt.status,
        "visit": str(visit.pk) if visit and theirs else None,
        "problems": [_spoken(problem) for problem in receipt.problems],
        "conflict": {
            "kind": receipt.conflict_kind,
            "url": reverse("followups:conflict", args=[receipt.conflict_id]),
        }
        if receipt.conflict_id and theirs
        else None,
        "submission": receipt.submission_id,
    }


def _spoken(problem: FieldProblem) -> dict[str, str]:
    language = get_language() or "zh-hans"
    return {
        "field": problem.field,
        "code": problem.code,
        "message": problem.message.get(language),
        "remedy": problem.remedy.get(language),
    }
