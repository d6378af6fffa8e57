"""The token of a program: kept as a digest, resolved by one statement, and never turned into a session."""

import hashlib
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import OperationalError, connection
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from core.accounts.models import Level, Role, Sector
from core.accounts.queries import Proof
from core.base.sql import one

PREFIX = "ha_"
MOST_KNOWN = 500
SCHEMES = frozenset({"token", "bearer"})
LONGEST = 128


class Scope(StrEnum):
    HOUSEHOLDS = "households:read"
    PERSONS = "persons:read"
    VISITS = "visits:read"
    DUTIES = "duties:read"
    CASES = "cases:read"
    MONITORING = "monitoring:read"
    NEEDS = "needs:read"
    REFERRALS = "referrals:read"
    CLAIMS = "claims:read"
    AREAS = "areas:read"
    RECORD_VISITS = "visits:write"
    SETTLE = "claims:write"
    IDENTIFY = "identify"
    SENSITIVE = "sensitive"


@dataclass(frozen=True, slots=True)
class Caller:
    """The program behind a token, and what it may see: whole counties, or some villages of one county."""

    client_id: int
    name: str
    user_id: int
    scopes: frozenset[str]
    area_id: int
    counties: list[int]
    villages: list[int] | None
    sees_sensitive: bool
    installation: UUID | None
    mark: str | None = None

    # what DRF and the log ask of a user
    is_authenticated = True
    is_active = True

    @property
    def pk(self) -> int:
        return self.user_id


class TokenRefused(Exception):
    """`code` is missing, unknown, expired, revoked or stopped; the program may be told which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


_RESOLVE = f"""
SELECT t.revoked_at IS NOT NULL, t.expires_at <= now(), c.is_active AND u.is_active,
       c.id, c.name, c.user_id, c.scopes, u.role, u.sector, a.id, a.level,
       CASE WHEN a.level IN ('{Level.PROVINCE}', '{Level.PREFECTURE}')
            THEN ARRAY(SELECT k.id FROM accounts_area k
                        WHERE k.level = '{Level.COUNTY}' AND k.ancestors @> ARRAY[a.id] ORDER BY k.id)
            ELSE ARRAY[a.county_id] END,
       CASE WHEN a.level IN ('{Level.TOWNSHIP}', '{Level.VILLAGE}') OR %(writes)s
            THEN ARRAY(SELECT v.id FROM accounts_area v
                        WHERE v.level = '{Level.VILLAGE}' AND v.ancestors @> ARRAY[a.id] ORDER BY v.id) END,
       (SELECT i.epoch FROM base_installation i WHERE i.id = 1),
       CASE WHEN %(writes)s THEN accounts_token_mark(t.digest) END
  FROM accounts_apitoken t
  JOIN accounts_apiclient c ON c.id = t.client_id
  JOIN accounts_user u ON u.id = c.user_id
  JOIN accounts_area a ON a.id = c.area_id
 WHERE t.digest = %(digest)s
"""  # noqa: S608 - level codes of ours


_KNOWN: dict[bytes, Caller] = {}


def new_token() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def token_in(header: str) -> str:
    """The token of an Authorization header. Raises TokenRefused when there is none of ours in it."""
    scheme, _space, text = header.strip().partition(" ")
    text = text.strip()
    if not header:
        raise TokenRefused("missing")
    if scheme.lower() not in SCHEMES or not text.startswith(PREFIX) or len(text) > LONGEST:
        raise TokenRefused("unknown")
    return text


def resolve_known(header: str) -> tuple[Caller, Proof]:
    """Who calls to write, as it was when this process last read the token, with what proves it still is so.

    Only for a statement that asks for the proof before it writes; `forget` it where it has lapsed."""
    token = digest(token_in(header))
    caller = _KNOWN.get(token)
    if caller is None:
        caller = resolve(header, writes=True)
        if len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[token] = caller
    return caller, Proof(caller.client_id, token, caller.mark or "")


def forget(proof: Proof) -> None:
    _KNOWN.pop(proof.token, None)


def resolve(header: str, *, writes: bool = False) -> Caller:
    """Who calls, from one prepared statement. Raises TokenRefused.

    A caller that `writes` has its villages listed even where it may see whole counties."""
    found = _found({"digest": digest(token_in(header)), "writes": writes})
    if found is None:
        raise TokenRefused("unknown")
    revoked, expired, active, *rest = found
    if revoked or expired or not active:
        raise TokenRefused("revoked" if revoked else "expired" if expired else "stopped")
    return _caller(*rest)


def _found(values: dict[str, Any]) -> tuple[Any, ...] | None:
    """The first statement of a request may meet a connection that was lost meanwhile; then on a new one."""
    try:
        return one(_RESOLVE, values)
    except OperationalError:
        if connection.in_atomic_block:
            raise
        connection.close()
        return one(_RESOLVE, values)


def _caller(
    client_id: int,
    name: str,
    user_id: int,
    scopes: list[str],
    role: str,
    sector: str,
    area_id: int,
    level: str,
    counties: list[int],
    villages: list[int] | None,
    installation: UUID | None,
    mark: str | None,
) -> Caller:
    health = sector == Sector.HEALTH and role == Role.API_CLIENT
    return Caller(
        client_id=client_id,
        name=name,
        user_id=user_id,
        scopes=frozenset(scopes),
        area_id=area_id,
        counties=counties,
        villages=villages,
        sees_sensitive=health and Scope.SENSITIVE in scopes,
        installation=installation,
        mark=mark,
    )


class TokenAuthentication(BaseAuthentication):
    """For any REST view without a rule of its own; the API's own views call `resolve` themselves."""

    def authenticate(self, request: Request) -> tuple[Any, str] | None:
        header = get_authorization_header(request).decode("latin-1")
        try:
            return (resolve(header), header) if header else None
        except TokenRefused as refused:
            raise AuthenticationFailed(refused.code) from refused

    def authenticate_header(self, request: Request) -> str:
        return 'Token realm="api"'


class TokenPermission(BasePermission):
    """Refuses every REST view that names no scope (`scope = Scope.…`), and callers without it."""

    def has_permission(self, request: Request, view: Any) -> bool:
        caller = request.user
        return isinstance(caller, Caller) and getattr(view, "scope", None) in caller.scopes
