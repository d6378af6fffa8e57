"""Programs that call the API: a client with a token, and a caller that takes the programs' own road."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from itertools import count
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import RequestFactory
from django.utils import timezone

from core.accounts.models import ApiClient, Area, Sector
from core.accounts.services.tokens import issue_token, register_client
from core.accounts.tokens import Scope
from healthaid.api.feeds import SETTLING
from healthaid.handlers import Front

_numbers = count(1)
READING = tuple(scope for scope in Scope if scope.value.endswith(":read"))


def a_client(
    area: Area, *, name: str = "保险公司", scopes: Any = READING, sector: str = Sector.HEALTH
) -> ApiClient:
    return register_client(
        name=f"{name}{next(_numbers)}",
        contact="it@example.cn",
        purpose="理赔核对",
        area=area,
        scopes=scopes,
        sector=sector,
        by=None,
    )


def a_token(area: Area, **more: Any) -> str:
    expires = timezone.now() + timedelta(days=more.pop("days", 30))
    return issue_token(client=a_client(area, **more), expires_at=expires, by=None).text


@contextmanager
def connections_kept() -> Iterator[None]:
    """A request's end would close the connection that the test's own transaction lives in."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in ends:
            signal.connect(close_old_connections)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.body.splitlines()]


class Program:
    """Speaks to the same front as the web server does, so that what is tested is what is served."""

    def __init__(self, token: str = "") -> None:
        self.token = token
        self.front = Front()

    def get(self, address: str, **more: Any) -> Answer:
        return self.call("GET", address, **more)

    def post(self, address: str, body: Any, **more: Any) -> Answer:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.call("POST", address, raw, **more)

    def put(self, address: str, body: Any, **more: Any) -> Answer:
        return self.call("PUT", address, json.dumps(body).encode(), **more)

    def call(
        self,
        method: str,
        address: str,
        body: bytes = b"",
        *,
        headers: dict[str, str] | None = None,
        raw: dict[str, str] | None = None,
        content_type: str = "application/json",
        **parameters: Any,
    ) -> Answer:
        environ = self._environ(method, address, body, parameters)
        environ |= {"CONTENT_TYPE": content_type} if method in ("POST", "PUT") else {}
        environ |= {
            f"HTTP_{name.upper().replace('-', '_')}": value for name, value in (headers or {}).items()
        }
        return self._answer(environ | (raw or {}))

    def _environ(
        self, method: str, address: str, body: bytes = b"", parameters: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        parts = urlsplit(address)
        query = "&".join(filter(None, [parts.query, urlencode(parameters or {})]))
        environ = RequestFactory(SERVER_NAME="testserver").generic(method, parts.path).environ
        environ |= {"QUERY_STRING": query, "wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        environ |= {"HTTP_AUTHORIZATION": f"Token {self.token}"} if self.token else {}
        return dict(environ)

    def _answer(self, environ: dict[str, Any]) -> Answer:
        started: list[Any] = []
        with connections_kept():
            response: Any = self.front(
                environ, lambda status, headers, *_rest: started.append((status, headers))
            )
            try:
                body = b"".join(response)
            finally:
                response.close()
        status, headers = started[0]
        return Answer(int(status.split()[0]), dict(headers), body)

    def drain(self, address: str) -> int:
        """Counts the lines of a streamed answer without keeping them."""
        with connections_kept():
            response = self.front(self._environ("GET", address), lambda *_all: None)
            lines = sum(piece.count(b"\n") for piece in response)
            response.close()  # type: ignore[attr-defined]
        return lines

    def abandon(self, address: str) -> None:
        """Reads the first piece of a streamed answer and hangs up."""
        with connections_kept():
            response = self.front(self._environ("GET", address), lambda *_all: None)
            next(iter(response))
            response.close()  # type: ignore[attr-defined]

    def everything(self, address: str, **parameters: Any) -> tuple[list[Any], list[Any], str]:
        """All rows and tombstones of a list, page by page, and the last cursor."""
        rows, gone = [], []
        following: str | None = f"{address}?{urlencode(parameters)}"
        while following:
            answer = self.get(following)
            page = answer.json()
            assert answer.status == 200, page
            rows += page["results"]
            gone += page["deleted"]
            following = page["next"]
        return rows, gone, page["cursor"]


def settled(patience: float = 60) -> None:
    """Waits until no transaction of this database is older than what was committed last, as feeds do."""
    deadline = time.monotonic() + patience
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        newest = cursor.fetchone()[0]
        while time.monotonic() < deadline:
            cursor.execute(SETTLING)
            if cursor.fetchone()[0] > newest:
                return
            time.sleep(0.01)
    raise AssertionError("another transaction of this database has been open for too long")
