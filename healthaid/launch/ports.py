"""Network ports: whether one can be had, and a free one."""

import errno
import os
import socket
from collections.abc import Mapping

from healthaid.launch.console import Refusal

LOOPBACK = "127.0.0.1"


def wanted_port(environment: Mapping[str, str]) -> int:
    text = environment.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Refusal(
            f"PORT={text} is not a port number. Use one from 1 to 65535, for example: PORT=8001 ./run"
        )
    return int(text)


def claim(host: str, port: int) -> None:
    """Refuses, with the remedy, when nothing can listen there."""
    try:
        with socket.create_server((host, port)):
            return
    except OSError as error:
        raise Refusal(_reason(error, host, port)) from error


def _reason(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use by another program. Stop that program, or choose another port:\n"
            f"  PORT={next_free(host, port + 1)} ./run"
        )
    if error.errno == errno.EACCES:
        return f"Port {port} is reserved for the administrator. Choose another one:\n  PORT=8000 ./run"
    return f"Cannot listen on {host}:{port}: {error.strerror}. HOST and PORT choose another address."


def is_free(host: str, port: int) -> bool:
    try:
        with socket.create_server((host, port)):
            return True
    except OSError:
        return False


def next_free(host: str, start: int) -> int:
    return next((port for port in range(start, min(start + 100, 65536)) if is_free(host, port)), free_port())


def free_port() -> int:
    with socket.create_server((LOOPBACK, 0)) as listener:
        return int(listener.getsockname()[1])


def host(environment: Mapping[str, str] = os.environ) -> str:
    return environment.get("HOST") or LOOPBACK
