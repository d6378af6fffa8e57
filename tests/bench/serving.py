"""The two servers that are compared: gunicorn with the flags of `./run`, once for us and once for the bare handler."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from healthaid.launch import paths
from healthaid.launch.programs import programs

PATIENCE = 60
UNLIMITED = "100000000"
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Served:
    port: int
    name: str
    process: subprocess.Popen[bytes]

    def cpu_seconds(self) -> float:
        """Of the server's workers, and of the database's processes that work for them (0 where those are elsewhere)."""
        workers = [pid for pid, parent in _parents().items() if parent == self.process.pid]
        return sum(_cpu(pid) for pid in (*workers, *_backends(self.name)))


def _parents() -> dict[int, int]:
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        fields = _stat(int(folder.name))
        if fields:
            found[int(folder.name)] = int(fields[1])
    return found


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []


def _cpu(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / TICKS if fields else 0.0


def _backends(name: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE application_name = %s", [name])
        return [row[0] for row in cursor.fetchall()]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(application: str, name: str) -> Iterator[Served]:
    """A running server; it is ended with its workers. Its log lines are written, but not shown."""
    port = free_port()
    web = next(program for program in programs({}, "127.0.0.1", port) if program.name == "web")
    command = [application if part == "healthaid.wsgi:application" else part for part in web.command]
    process = subprocess.Popen(
        command, cwd=paths.ROOT, env=_variables(name), start_new_session=True, stderr=subprocess.DEVNULL
    )
    try:
        _wait(port, process)
        yield Served(port, name, process)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(PATIENCE)


def _variables(name: str) -> dict[str, str]:
    address = os.environ["DATABASE_URL"]
    joint = "&" if "?" in address else "?"
    named = f"{address}{joint}application_name={name}"
    return {**os.environ, "DATABASE_URL": named, "API_REQUESTS_PER_MINUTE": UNLIMITED, "LOG_LEVEL": "INFO"}


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"the server {process.args} did not start")
