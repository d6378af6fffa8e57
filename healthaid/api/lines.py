"""One line in the log for each request of a program: who asked what, what came of it, how long it took."""

import logging
import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

logger = logging.getLogger("healthaid.api.requests")


class RequestLine:
    """The path only: parameters may name people. The same number is in the answer, for asking back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = time.perf_counter()
        number = secrets.token_hex(8)
        request.id = number  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers["X-Request-Id"] = number
        client = getattr(request, "client_id", "-")
        milliseconds = (time.perf_counter() - begun) * 1000
        logger.info(
            "%s %s %d %.0f ms client=%s id=%s",
            request.method,
            request.path,
            response.status_code,
            milliseconds,
            client,
            number,
        )
        return response
