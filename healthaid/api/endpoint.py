"""The one way into the API: token, rate, scope, then the handler; whatever fails is a problem in JSON.

The class is a REST view so that the schema is generated from it; the request itself takes a shorter road
than the framework's own: negotiation and request wrapping cost more than the whole statement of a page."""

import hashlib
import logging
from typing import Any, ClassVar

from django.db import DatabaseError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.views import APIView

from core.accounts.tokens import Caller, Scope, TokenRefused, resolve
from healthaid.api import throttle
from healthaid.api.describing import EndpointSchema
from healthaid.api.problems import ApiProblem, answer

logger = logging.getLogger(__name__)
JSON = "application/json"


class Endpoint(APIView):
    """Subclasses name the scope of reading and of writing; their methods take (request, caller, …)."""

    scope: ClassVar[Scope | None] = None
    scopes: ClassVar[dict[str, Scope]] = {}
    verbs: ClassVar[tuple[str, ...]] = ("get",)
    writing: ClassVar[tuple[str, ...]] = ()
    schema = EndpointSchema()
    authentication_classes = []
    http_method_names = ["get", "post", "head", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        try:
            return self._handled(request, **kwargs)
        except ApiProblem as problem:
            return answer(problem, request)
        except OperationalError:
            logger.exception("api: the database does not answer")
            connection.close()
            return answer(ApiProblem("busy", headers={"Retry-After": "60"}), request)
        except DatabaseError:
            logger.exception("api: a statement failed")
            return answer(ApiProblem("fault"), request)

    def _handled(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        verb = "get" if request.method == "HEAD" else str(request.method).lower()
        if verb == "options":
            return HttpResponse(status=204, headers={"Allow": self._allowed()})
        if verb not in self.verbs:
            raise ApiProblem("method", words={"allowed": self._allowed()}, headers={"Allow": self._allowed()})
        caller = self.admitted(request, verb)
        response: HttpResponseBase = getattr(self, verb)(request, caller, **kwargs)
        return response

    def admitted(self, request: HttpRequest, verb: str) -> Caller:
        try:
            caller = resolve(request.META.get("HTTP_AUTHORIZATION", ""), writes=verb in self.writing)
        except TokenRefused as refused:
            raise ApiProblem(refused.code) from refused
        request.client_id = caller.client_id  # type: ignore[attr-defined]
        throttle.count(caller.client_id)
        needed = self.scopes.get(verb, self.scope)
        if needed not in caller.scopes:
            raise ApiProblem("scope", words={"scope": needed})
        return caller

    def _allowed(self) -> str:
        reading = ["GET", "HEAD"] if "get" in self.verbs else []
        return ", ".join([*reading, *(verb.upper() for verb in self.verbs if verb != "get"), "OPTIONS"])


def today() -> Any:
    return timezone.localdate()


def json_answer(
    request: HttpRequest, body: bytes, *, private: bool = False, told: bytes = b""
) -> HttpResponse:
    """200 with an ETag, or 304 where the client has it already. Unmasked answers are never kept.

    `told` is what the tag stands for where that is less than the whole body."""
    if private:
        return _whole(body, {"Cache-Control": "no-store", "Vary": "Authorization"})
    tag = f'"{hashlib.sha256(told or body).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Authorization"}
    if _has(request.META.get("HTTP_IF_NONE_MATCH", ""), tag):
        return HttpResponse(status=304, headers=headers)
    return _whole(body, headers)


def _whole(body: bytes, headers: dict[str, str]) -> HttpResponse:
    return HttpResponse(body, content_type=JSON, headers={**headers, "Content-Length": str(len(body))})


def _has(known: str, tag: str) -> bool:
    return bool(known) and (
        known.strip() == "*" or tag in {each.strip().removeprefix("W/") for each in known.split(",")}
    )
