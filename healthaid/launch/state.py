"""What a run leaves in var/ for the next command: who runs, which processes, which addresses."""

import fcntl
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from healthaid.launch import private
from healthaid.launch.console import Refusal, log
from healthaid.launch.processes import end_group, end_process, started_at

LOCK = "run.lock"
STATE = "run.json"


def prepare_var(var: Path) -> None:
    try:
        var.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(
            f"Cannot write {var}: {error.strerror}.\n"
            "Copy HealthAid to a directory of yours, or choose one for its data:\n"
            f"  HEALTHAID_VAR={Path.home() / 'healthaid-var'} ./run"
        ) from error


@contextmanager
def owner(var: Path) -> Iterator[None]:
    """Holds var/ for one run at a time; the lock goes with the process, however that ends."""
    with (var / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Refusal(_already_running(var)) from error
        _end_leftovers(var)
        try:
            yield
        finally:
            (var / STATE).unlink(missing_ok=True)


def _already_running(var: Path) -> str:
    running = private.read_json(var / STATE)
    where = f" at {running['address']}" if running.get("address") else ""
    return (
        f"HealthAid is already running from here{where} (process {running.get('pid', 'unknown')}).\n"
        "Stop it with Ctrl-C in its terminal, or run a second one with its own data:\n"
        "  HEALTHAID_VAR=/another/directory PORT=8001 ./run"
    )


def remember(var: Path, *, address: str, services: dict[str, str], children: dict[str, int]) -> None:
    private.write_json(
        var / STATE,
        {
            "pid": os.getpid(),
            "address": address,
            "services": services,
            "children": {name: [pid, started_at(pid)] for name, pid in children.items()},
        },
    )


def running_services(var: Path) -> dict[str, str] | None:
    """The addresses of the database and broker of the run that is under way, if one is."""
    running = private.read_json(var / STATE)
    if not isinstance(running.get("pid"), int) or not started_at(running["pid"]):
        return None
    return {str(name): str(value) for name, value in running.get("services", {}).items()} or None


def _end_leftovers(var: Path) -> None:
    """Ends the children of a run that was killed: those whose number and start time are as noted."""
    for name, (pid, started) in private.read_json(var / STATE).get("children", {}).items():
        if started and started_at(pid) == started:
            log("run", f"Stopping the {name} that an earlier run left behind")
            end_process(pid, signal.SIGTERM, patience=10)
            end_group(pid, signal.SIGKILL)
