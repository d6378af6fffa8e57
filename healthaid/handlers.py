"""Two roads through Django: pages carry a session, programs carry a token and nothing else."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.module_loading import import_string

API_PREFIX = "/api/v1/"


class ApiRequest(WSGIRequest):
    """Resolved against the programs' own urlconf: no page can be reached on this road."""

    urlconf = "healthaid.api.road"


class ApiHandler(WSGIHandler):
    """Behind settings.API_MIDDLEWARE only: no session, no cookie, no CSRF, no language cookie."""

    request_class = ApiRequest

    def load_middleware(self, is_async: bool = False) -> None:
        self._view_middleware: list[Any] = []
        self._template_response_middleware: list[Any] = []
        self._exception_middleware: list[Any] = []
        handler = convert_exception_to_response(self._get_response)  # type: ignore[attr-defined]
        for path in reversed(settings.API_MIDDLEWARE):
            handler = convert_exception_to_response(import_string(path)(handler))
        self._middleware_chain = handler


class Front:
    def __init__(self) -> None:
        self.pages = WSGIHandler()
        self.programs = ApiHandler()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        handler = self.programs if environ.get("PATH_INFO", "").startswith(API_PREFIX) else self.pages
        return handler(environ, start_response)
