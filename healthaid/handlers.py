"""Two roads through Django: pages carry a session, programs carry a token and nothing else."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings

API_PREFIXES = ("/api/",)


class ApiHandler(WSGIHandler):
    """The same URLconf behind settings.API_MIDDLEWARE: no session, no cookie, no CSRF."""

    def load_middleware(self, is_async: bool = False) -> None:
        with override_settings(MIDDLEWARE=settings.API_MIDDLEWARE):
            super().load_middleware(is_async)


class Front:
    def __init__(self) -> None:
        self.pages = WSGIHandler()
        self.programs = ApiHandler()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        handler = self.programs if path.startswith(API_PREFIXES) else self.pages
        return handler(environ, start_response)
