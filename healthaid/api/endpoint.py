"""The one way into the API: token, rate, scope, then the handler; whatever fails is a problem in JSON.

The class is a REST view so that the schema is generated from it; the request itself takes a shorter road
than the framework's own: negotiation and request wrapping cost more than the whole statement of a page."""

import hashlib
import logging
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django.db import DatabaseError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.views import APIView

from core.accounts.queries import ProofLapsed
from core.accounts.tokens import Caller, Scope, TokenRefused, forget, resolve, resolve_known
from healthaid.api import throttle
from healthaid.api.describing import EndpointSchema
from healthaid.api.problems import ApiProblem, answer

logger = logging.getLogger(__name__)
JSON = "application/json"
Known = TypeVar("Known")


class Endpoint(APIView):
    """Subclasses name the scope of reading and of writing; their methods take (request, caller, …).

    A method that is `proving` takes a proof of the caller as well, and its statement asks for it."""

    scope: ClassVar[Scope | None] = None
    scopes: ClassVar[dict[str, Scope]] = {}
    verbs: ClassVar[tuple[str, ...]] = ("get",)
    writing: ClassVar[tuple[str, ...]] = ()
    proving: ClassVar[tuple[str, ...]] = ()
    schema = EndpointSchema()
    authentication_classes = []
    http_method_names = ["get", "post", "put", "head", "options"]

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
        if verb in self.proving:
            return self._proven(request, verb, **kwargs)
        caller = self._known(lambda: resolve(_header(request), writes=verb in self.writing))
        self._admit(request, caller, verb)
        response: HttpResponseBase = getattr(self, verb)(request, caller, **kwargs)
        return response

    def _proven(self, request: HttpRequest, verb: str, **kwargs: Any) -> HttpResponseBase:
        """The statement that writes asks whether the token still holds; if not, it is read anew, once.

        Who is refused for another reason is told so only while the token holds."""
        caller, proof = self._known(lambda: resolve_known(_header(request)))
        self._admit(request, caller, verb)
        try:
            return self._answered(request, verb, caller, proof, **kwargs)
        except ProofLapsed:
            forget(proof)
        except ApiProblem:
            self._known(lambda: resolve(_header(request)))
            raise
        caller, proof = self._known(lambda: resolve_known(_header(request)))
        self._may(caller, verb)
        return self._answered(request, verb, caller, proof, **kwargs)

    def _answered(self, request: HttpRequest, verb: str, *of_caller: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = getattr(self, verb)(request, *of_caller, **kwargs)
        return response

    def _known(self, read: Callable[[], Known]) -> Known:
        try:
            return read()
        except TokenRefused as refused:
            raise ApiProblem(refused.code) from refused

    def _admit(self, request: HttpRequest, caller: Caller, verb: str) -> None:
        request.client_id = caller.client_id  # type: ignore[attr-defined]
        throttle.count(caller.client_id)
        self._may(caller, verb)

    def _may(self, caller: Caller, verb: str) -> None:
        needed = self.scopes.get(verb, self.scope)
        if needed not in caller.scopes:
            raise ApiProblem("scope", words={"scope": needed})

    def _allowed(self) -> str:
        reading = ["GET", "HEAD"] if "get" in self.verbs else []
        return ", ".join([*reading, *(verb.upper() for verb in self.verbs if verb != "get"), "OPTIONS"])


def _header(request: HttpRequest) -> str:
    return str(request.META.get("HTTP_AUTHORIZATION", ""))


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
