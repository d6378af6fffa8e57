"""A line at the start and one at the end of a page request: never its query, where names are searched."""

import structlog
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware


class PathRequestMiddleware(RequestMiddleware):
    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {request.path}"


def configure() -> None:
    """Lines go through Python's logging, where the redaction filter reads them; no local variables."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(key_order=["event", "request", "code"], drop_missing=True),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
