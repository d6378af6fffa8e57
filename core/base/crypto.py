"""Personal numbers at rest: AES-GCM with key rotation, and a keyed blind index for exact look-up."""

import base64
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()[:2]


@lru_cache(maxsize=4)
def _ciphers(encoded: tuple[str, ...]) -> dict[bytes, AESGCM]:
    keys = [base64.b64decode(text) for text in encoded]
    return {_key_id(key): AESGCM(key) for key in keys}


def _current() -> dict[bytes, AESGCM]:
    return _ciphers(tuple(settings.FIELD_KEYS))


def encrypt(text: str) -> bytes:
    """Key id (2 bytes), nonce (12), ciphertext with tag. Two calls never give the same bytes."""
    key_id, cipher = next(iter(_current().items()))
    nonce = os.urandom(NONCE_BYTES)
    return key_id + nonce + cipher.encrypt(nonce, text.encode(), key_id)


def decrypt(stored: bytes) -> str:
    """The text again. Raises KeyError when the key was removed, InvalidTag when the bytes were altered."""
    stored = bytes(stored)
    key_id, nonce, body = stored[:2], stored[2 : 2 + NONCE_BYTES], stored[2 + NONCE_BYTES :]
    return _current()[key_id].decrypt(nonce, body, key_id).decode()


@lru_cache(maxsize=4)
def _index_key(encoded: str) -> bytes:
    return base64.b64decode(encoded)


def blind_index(text: str) -> bytes:
    """16 bytes that are equal for equal texts and say nothing without the key."""
    return hmac.digest(_index_key(settings.INDEX_KEY), text.encode(), "sha256")[:16]
