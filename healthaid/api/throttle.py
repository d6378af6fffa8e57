"""So many requests a minute for each client, counted in Valkey. Where Valkey is silent, requests pass."""

import logging
import time
from functools import cache

import redis
from django.conf import settings

from healthaid.api.problems import ApiProblem

logger = logging.getLogger(__name__)
WINDOW = 60


@cache
def _valkey(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=0.5, socket_connect_timeout=0.5)


def count(client_id: int) -> None:
    """Raises ApiProblem `throttled`, with Retry-After, once the client's minute is full."""
    now = int(time.time())
    window, passed = divmod(now, WINDOW)
    used = _used(f"api:{client_id}:{window}")
    if used > settings.API_REQUESTS_PER_MINUTE:
        wait = WINDOW - passed
        raise ApiProblem(
            "throttled",
            words={"seconds": wait, "rate": settings.API_REQUESTS_PER_MINUTE},
            headers={"Retry-After": str(wait)},
        )


def _used(key: str) -> int:
    valkey = _valkey(settings.REDIS_URL)
    try:
        used = int(valkey.incr(key))  # type: ignore[arg-type]
        if used == 1:
            valkey.expire(key, 2 * WINDOW)
    except redis.RedisError as error:
        logger.warning("api throttle is off: %s", error.__class__.__name__)
        return 0
    return used
