"""So many requests a minute for each client, counted in Valkey. Where Valkey is silent, requests pass.

A process takes permission in small blocks, so that most requests need no round trip; what is taken never
exceeds the limit, however many processes there are."""

import logging
import threading
import time
from functools import cache

import redis
from django.conf import settings

from healthaid.api.problems import ApiProblem

logger = logging.getLogger(__name__)
WINDOW = 60
BLOCKS = 60
_lock = threading.Lock()
_left: dict[int, tuple[int, int]] = {}


@cache
def _valkey(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=0.5, socket_connect_timeout=0.5)


def count(client_id: int) -> None:
    """Raises ApiProblem `throttled`, with Retry-After, once the client's minute is full."""
    window, passed = divmod(int(time.time()), WINDOW)
    with _lock:
        of_window, left = _left.get(client_id, (window, 0))
        left = left if of_window == window else 0
        if left == 0:
            left = _taken(client_id, window)
        _left[client_id] = (window, max(left - 1, 0))
    if left == 0:
        wait = WINDOW - passed
        words = {"seconds": wait, "rate": settings.API_REQUESTS_PER_MINUTE}
        raise ApiProblem("throttled", words=words, headers={"Retry-After": str(wait)})


def _taken(client_id: int, window: int) -> int:
    """How many requests this process may let pass next."""
    limit = settings.API_REQUESTS_PER_MINUTE
    block = max(1, limit // BLOCKS)
    key = f"api:{client_id}:{window}"
    try:
        with _valkey(settings.REDIS_URL).pipeline(transaction=False) as valkey:
            valkey.incrby(key, block)
            valkey.expire(key, 2 * WINDOW)
            taken = int(valkey.execute()[0])
    except redis.RedisError as error:
        logger.warning("api throttle is off: %s", error.__class__.__name__)
        return block
    return max(0, min(block, limit - (taken - block)))
