"""What a phone was told of its list, kept until it asks again: only the difference travels.

A cursor names the list it was given with by its content, so two askings of the same list are one row, and
whatever makes a page change is found by comparing. Where what was told is lost, all of it is told again."""

import hashlib
import json
import logging
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.cache import cache
from redis.exceptions import RedisError

from core.accounts.models import User

log = logging.getLogger(__name__)
KEPT_SECONDS = 30 * 24 * 3600
CURSOR_LENGTH = 32


@dataclass(frozen=True)
class Changes:
    """`full`: forget what you have and take `pages`. Else they are new or changed; drop those `gone`."""

    cursor: str
    full: bool
    pages: list[dict[str, str]]
    gone: list[str]


def list_changes(*, pages: Mapping[str, str], user: User, since: str) -> Changes:
    """This will compare the list (address → version) with the one given with the cursor `since`."""
    body = json.dumps(pages, sort_keys=True).encode()
    cursor = hashlib.blake2b(body, digest_size=CURSOR_LENGTH // 2).hexdigest()
    before = pages if since == cursor else _kept(user, since)
    if since != cursor:
        _keep(user, cursor, body)
    known = before or {}
    changed = [{"url": url, "version": own} for url, own in pages.items() if known.get(url) != own]
    gone = [url for url in known if url not in pages]
    return Changes(cursor, before is None, changed, gone)


def _place(user: User, cursor: str) -> str:
    return f"sync.list:{user.pk}:{cursor}"


def _kept(user: User, cursor: str) -> dict[str, str] | None:
    if len(cursor) != CURSOR_LENGTH or not cursor.isalnum():
        return None
    try:
        packed = cache.get(_place(user, cursor))
    except RedisError:
        log.warning("sync: the cache does not answer; the whole list is told")
        return None
    found: dict[str, str] | None = json.loads(zlib.decompress(packed)) if packed else None
    return found


def _keep(user: User, cursor: str, body: bytes) -> None:
    try:
        cache.set(_place(user, cursor), zlib.compress(body), KEPT_SECONDS)
    except RedisError:
        log.warning("sync: the cache does not answer; the next list will be told whole")
