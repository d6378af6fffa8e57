"""A place in a feed, given to the client as opaque signed text.

A feed is ordered by the transaction that last changed each row. A place says how far the rows and how far the
tombstones were read; it is bound to its resource and to this installation of the data."""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from functools import cache
from uuid import UUID, uuid4
from weakref import WeakKeyDictionary

import orjson
from django.conf import settings
from django.db import connection

from core.base.models import Installation
from core.base.sql import one
from healthaid.api.problems import ApiProblem

SIGNATURE = 12
LONGEST = 400
_IDENTITY = """SELECT s.system_identifier || ':' || c.timeline_id
                 FROM pg_control_system() s, pg_control_checkpoint() c"""
_clusters: WeakKeyDictionary[object, str] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Place:
    """Everything up to and including row (`xid`, `key`) and tombstone (`gone_xid`, `gone_id`) was read."""

    xid: int
    key: int | str
    gone_xid: int
    gone_id: int


def encode(resource: str, epoch: str, place: Place) -> str:
    body = orjson.dumps([resource, epoch, place.xid, place.key, place.gone_xid, place.gone_id])
    return base64.urlsafe_b64encode(_sign(body) + body).decode().rstrip("=")


def decode(text: str, resource: str, epoch: str) -> Place:
    """Raises ApiProblem: `cursor` for anything we did not sign for this resource, `epoch` for older data."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)) if len(text) <= LONGEST else b""
    except (binascii.Error, ValueError):
        raise ApiProblem("cursor") from None
    signature, body = raw[:SIGNATURE], raw[SIGNATURE:]
    if not body or not hmac.compare_digest(_sign(body), signature):
        raise ApiProblem("cursor")
    kind, old_epoch, xid, key, gone_xid, gone_id = orjson.loads(body)
    if kind != resource:
        raise ApiProblem("cursor")
    if old_epoch != epoch:
        raise ApiProblem("epoch")
    return Place(xid, key, gone_xid, gone_id)


def _sign(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=SIGNATURE, key=_key(settings.SECRET_KEY)).digest()


@cache
def _key(secret: str) -> bytes:
    return hashlib.sha256(b"healthaid.api.cursors" + secret.encode()).digest()


def epoch_of(installation: UUID | None) -> str:
    """Changes when the data are another copy: a fresh database, a restored dump, a promoted replica."""
    known = installation or _first_epoch()
    return hashlib.blake2b(f"{known}{_cluster()}".encode(), digest_size=6).hexdigest()


def _first_epoch() -> UUID:
    row, _made = Installation.objects.get_or_create(pk=1, defaults={"epoch": uuid4()})
    return row.epoch


def _cluster() -> str:
    """The server's own identity and timeline, read once for each connection."""
    connection.ensure_connection()
    session = connection.connection
    if session not in _clusters:
        found = one(_IDENTITY)
        _clusters[session] = str(found[0]) if found else ""
    return _clusters[session]
