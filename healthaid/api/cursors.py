"""A place in a feed, given to the client as opaque signed text.

A feed is ordered by the transaction that last changed each row. A place says how far the rows and how far the
tombstones were read; it is bound to its resource and to this installation of the data."""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from functools import cache

import orjson
from django.conf import settings

from healthaid.api.problems import ApiProblem

SIGNATURE = 12
LONGEST = 400


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
