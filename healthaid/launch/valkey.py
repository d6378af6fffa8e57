"""A Valkey of our own: the broker of the jobs. It writes every change to disk and never evicts a key."""

import signal
import socket
from pathlib import Path

from healthaid.launch.account import Account, subdirectory
from healthaid.launch.console import log
from healthaid.launch.ports import LOOPBACK
from healthaid.launch.processes import end_orphan, read_pid, works_in
from healthaid.launch.server import Server


def url(port: int, password: str, number: int = 0) -> str:
    return f"redis://:{password}@{LOOPBACK}:{port}/{number}"


def server(program: str, home: Path, *, account: Account, port: int, password: str, durable: bool) -> Server:
    data = subdirectory(home, "valkey", account)
    _end_predecessor(data)
    return Server(
        name="valkey",
        command=[program, "-"],
        directory=data,
        logfile=home / "valkey.log",
        account=account,
        stop_signal=signal.SIGTERM,
        is_ready=lambda: _answers(port, password),
        configuration="\n".join(_configuration(data, port, password, durable)) + "\n",
    )


def _configuration(data: Path, port: int, password: str, durable: bool) -> list[str]:
    """Given on standard input, so that the password is in no file and no list of processes."""
    return [
        f"bind {LOOPBACK}",
        f"port {port}",
        f"requirepass {password}",
        f'dir "{data}"',
        f'pidfile "{data / "valkey.pid"}"',
        "maxmemory-policy noeviction",
        'save ""',
        f"appendonly {'yes' if durable else 'no'}",
        "appendfsync everysec",
    ]


def _end_predecessor(data: Path) -> None:
    pid = read_pid(data / "valkey.pid")
    if pid is not None and works_in(pid, data):
        log("run", "Stopping the Valkey that an earlier run left behind")
        end_orphan(pid, signal.SIGTERM)


def _answers(port: int, password: str) -> bool:
    """True once the data are loaded: until then the answer is -LOADING."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            return _read_until(connection, b"+PONG\r\n")
    except OSError:
        return False


def _read_until(connection: socket.socket, wanted: bytes) -> bool:
    received = b""
    while not received.endswith(wanted):
        part = connection.recv(256)
        received += part
        if not part or b"-" in received:
            return False
    return True
