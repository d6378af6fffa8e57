"""The two servers that are compared: gunicorn with the flags of `./run`, once for us and once for the bare handler."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from healthaid.launch import paths
from healthaid.launch.programs import programs

PATIENCE = 60
UNLIMITED = "100000000"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(application: str) -> Iterator[int]:
    """The port of a running server; it is ended with its workers."""
    port = free_port()
    web = next(program for program in programs({}, "127.0.0.1", port) if program.name == "web")
    command = [application if part == "healthaid.wsgi:application" else part for part in web.command]
    variables = {**os.environ, "API_REQUESTS_PER_MINUTE": UNLIMITED, "LOG_LEVEL": "WARNING"}
    process = subprocess.Popen(command, cwd=paths.ROOT, env=variables, start_new_session=True)
    try:
        _wait(port, process)
        yield port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(PATIENCE)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server did not start; its words stand above")
