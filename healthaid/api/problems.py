"""What goes wrong, as a program reads it: application/problem+json (RFC 9457), in the caller's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy
from rest_framework import exceptions

CONTENT_TYPE = "application/problem+json"
LANGUAGES = {"zh": "zh-hans", "en": "en"}
Words = str | Promise

# code: status, title, what to do
CATALOGUE: dict[str, tuple[int, Words, Words]] = {
    "missing": (401, _("A token is needed"), _("Send the header Authorization: Token ha_…")),
    "unknown": (
        401,
        _("The token is not known"),
        _("Check that it was copied whole: ha_ and 43 characters."),
    ),
    "expired": (401, _("The token has expired"), _("Ask the county's administrator for a new one.")),
    "revoked": (401, _("The token was revoked"), _("Ask the county's administrator for a new one.")),
    "stopped": (401, _("The client is stopped"), _("Ask the county's administrator to reopen it.")),
    "scope": (
        403,
        _("The token does not allow this"),
        _("Ask the county's administrator for the scope %(scope)s."),
    ),
    "purpose": (
        403,
        _("Unmasked data need a purpose"),
        _("Say what for: the parameter purpose or the header Purpose, 4 to 200 characters."),
    ),
    "not_found": (
        404,
        pgettext_lazy("problem", "Not found"),
        _("It is not there, or not in the area of this token."),
    ),
    "method": (405, _("This method is not allowed here"), _("Allowed are: %(allowed)s.")),
    "parameter": (400, _("A parameter is not understood"), _("See errors; /api/docs/ lists the parameters.")),
    "cursor": (
        400,
        _("The cursor is not one of ours"),
        _("Send it exactly as it was received, or leave it out."),
    ),
    "epoch": (
        410,
        _("Start again"),
        _("The data were restored since this cursor was given. Pull everything again without a cursor."),
    ),
    "json": (400, _("The body is not readable"), _("See errors.")),
    "too_large": (413, _("The body is too large"), _("Send at most %(limit)s kB.")),
    "media_type": (415, _("The content type is not accepted"), _("Send Content-Type: application/json.")),
    "throttled": (
        429,
        _("Too many requests"),
        _("Wait %(seconds)s s. %(rate)s requests a minute are allowed."),
    ),
    "refused": (422, _("The visit was not accepted"), _("Correct what errors names and send it again.")),
    "bill_refused": (
        422,
        _("The bill was not accepted"),
        _("Nothing was written. Correct what errors names and send it again."),
    ),
    "year_moved": (
        409,
        _("The amounts have changed since the preview"),
        _("Nothing was settled. Look at changes, ask for the preview again and send its expected."),
    ),
    "other_stay": (
        409,
        _("Another stay stands under this number"),
        _("Nothing was written. Use a new id for another stay."),
    ),
    "conflict": (
        409,
        _("Another visit stands under this number"),
        _("Both are kept and a person decides. Do not send it again; use a new client_id for another visit."),
    ),
    "busy": (503, _("The database does not answer"), _("Keep what you have and try again in a minute.")),
    "fault": (
        500,
        _("The server failed"),
        _("Nothing was changed. Try again; if it stays, tell the operator."),
    ),
}


@dataclass(frozen=True, slots=True)
class FieldError:
    field: str
    code: str
    message: Words
    remedy: Words = ""


@dataclass(eq=False)
class ApiProblem(Exception):
    """Raised anywhere below a view; becomes the answer."""

    code: str
    errors: Sequence[FieldError] = ()
    words: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def status(self) -> int:
        return CATALOGUE[self.code][0]


def language_of(request: HttpRequest) -> str:
    """zh-hans or en, by the weights of Accept-Language; Chinese where nothing is said."""
    best, weight = "zh", 0.0
    for part in request.headers.get("Accept-Language", "").split(","):
        tag, _semicolon, quality = part.strip().partition(";q=")
        primary = tag.split("-")[0].lower()
        value = _weight(quality)
        if primary in LANGUAGES and value > weight:
            best, weight = primary, value
    return LANGUAGES[best]


def _weight(quality: str) -> float:
    try:
        return float(quality) if quality else 1.0
    except ValueError:
        return 0.0


def answer(problem: ApiProblem, request: HttpRequest) -> HttpResponse:
    status, title, remedy = CATALOGUE[problem.code]
    with override(language_of(request)):
        body = {
            "type": f"/api/docs/#problem-{problem.code}",
            "title": str(title),
            "status": status,
            "detail": str(remedy) % problem.words if problem.words else str(remedy),
            "instance": request.path,
            **({"errors": [_spoken(error) for error in problem.errors]} if problem.errors else {}),
            **problem.extra,
        }
    response = HttpResponse(orjson.dumps(body), status=status, content_type=CONTENT_TYPE)
    for name, value in problem.headers.items():
        response[name] = value
    if status == 401:
        response["WWW-Authenticate"] = 'Token realm="api"'
    response["Content-Length"] = str(len(response.content))
    response["Cache-Control"] = "no-store"
    response["Vary"] = "Accept-Language"
    return response


def _spoken(error: FieldError) -> dict[str, str]:
    return {
        "field": error.field,
        "code": error.code,
        "message": str(error.message),
        "remedy": str(error.remedy),
    }


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(ApiProblem("not_found"), request)


def fault(request: HttpRequest) -> HttpResponse:
    return answer(ApiProblem("fault"), request)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(ApiProblem("parameter"), request)


def handler(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """For REST views outside this package: their errors take the same form."""
    if not isinstance(error, exceptions.APIException):
        return None
    code = {401: "missing", 404: "not_found", 415: "media_type"}.get(error.status_code, "")
    if isinstance(error, exceptions.PermissionDenied):
        return answer(ApiProblem("scope", words={"scope": "?"}), context["request"])
    return answer(ApiProblem(code), context["request"]) if code else None
