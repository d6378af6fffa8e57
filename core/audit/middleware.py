"""Every history row written during a request knows who asked for it."""

from collections.abc import Callable

import pghistory
from django.http import HttpRequest, HttpResponse

WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class HistoryContextMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in WRITING:
            return self.get_response(request)
        user = getattr(request, "user", None)
        with pghistory.context(user=getattr(user, "pk", None), url=request.path):
            return self.get_response(request)
