"""/healthz: 200 when database, broker and a worker answer; otherwise 503 and which does not."""

from collections.abc import Callable

from celery import current_app
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.db.utils import Error
from django.http import HttpRequest, JsonResponse
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from healthaid.heartbeat import HEARTBEAT


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def _broker() -> bool:
    cache.set("healthaid:healthz", 1, timeout=5)
    return True


def _worker() -> bool:
    """The heartbeat, or in the first seconds after a start an answer to a call."""
    return bool(cache.get(HEARTBEAT) or current_app.control.ping(timeout=1))


CHECKS: dict[str, Callable[[], bool]] = {"database": _database, "broker": _broker, "worker": _worker}


def _answers(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (Error, RedisError, OperationalError, OSError):
        return False


@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    found = {name: _answers(check) for name, check in CHECKS.items()}
    words = {name: "ok" if well else "no answer" for name, well in found.items()}
    return JsonResponse(words, status=200 if all(found.values()) else 503)
