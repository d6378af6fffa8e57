"""A load generator small enough not to be what is measured: keep-alive connections in one loop, requests prepared."""

import select
import socket
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

CONNECTIONS = 8
PATIENCE = 30


@dataclass
class Drive:
    """What came back. `sample` is the body of the first answer."""

    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    received: int = 0
    sample: bytes = b""

    @property
    def rate(self) -> float:
        return sum(self.statuses.values()) / self.seconds


class _Line:
    """One connection with at most one request on its way."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket = self._connected()
        self.read = bytearray()
        self.whole = 0

    def _connected(self) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def send(self, request: bytes) -> None:
        self.read.clear()
        self.whole = 0
        self.socket.sendall(request)

    def take(self) -> bool:
        """Reads what is there; True once the answer is whole."""
        piece = self.socket.recv(262144)
        if not piece:
            raise ConnectionError("the server closed a connection")
        self.read += piece
        if not self.whole:
            self.whole = _length(self.read)
        return bool(self.whole) and len(self.read) >= self.whole


def _length(read: bytearray) -> int:
    end = read.find(b"\r\n\r\n")
    if end < 0:
        return 0
    head = bytes(read[:end]).lower()
    at = head.find(b"content-length:")
    if at < 0:
        raise ValueError(f"no Content-Length in {head!r}")
    return end + 4 + int(head[at + 15 :].split(b"\r\n", 1)[0])


def drive(port: int, requests: Iterable[bytes]) -> Drive:
    """Sends every request, eight at a time, and waits for the last answer."""
    waiting = iter(requests)
    lines = [_Line(port) for _n in range(CONNECTIONS)]
    poller = select.epoll()
    by_number = {line.socket.fileno(): line for line in lines}
    for number in by_number:
        poller.register(number, select.EPOLLIN)
    found = Drive()
    start = time.perf_counter()
    busy = sum(_next(line, waiting) for line in lines)
    while busy:
        for number, _event in poller.poll(PATIENCE):
            line = by_number[number]
            if line.take():
                _note(found, line)
                busy -= 1
                busy += _next(line, waiting)
    found.seconds = time.perf_counter() - start
    for line in lines:
        line.socket.close()
    poller.close()
    return found


def _next(line: _Line, waiting: Iterator[bytes]) -> int:
    request = next(waiting, None)
    if request is None:
        return 0
    line.send(request)
    return 1


def _note(found: Drive, line: _Line) -> None:
    found.statuses[int(line.read[9:12])] += 1
    found.received += len(line.read)
    if not found.sample:
        found.sample = bytes(line.read).split(b"\r\n\r\n", 1)[1]


def get(path: str, token: str = "") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{_authorized(token)}\r\n".encode()


def post(path: str, body: bytes, token: str = "") -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n{_authorized(token)}\r\n".encode() + body


def _authorized(token: str) -> str:
    return f"Authorization: Token {token}\r\n" if token else ""
