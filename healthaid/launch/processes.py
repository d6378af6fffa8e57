"""Facts about running processes, enough to recognise our own after a crash and never another's."""

import os
import signal
import subprocess
import time
from pathlib import Path

PROC = Path("/proc")


def started_at(pid: int) -> str:
    """A text that differs for two processes that had the same number; empty when there is no such process."""
    if PROC.joinpath("self/stat").exists():
        return _started_in_proc(pid)
    answer = subprocess.run(
        ["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip()


def _started_in_proc(pid: int) -> str:
    try:
        fields = PROC.joinpath(str(pid), "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] == "Z" else fields[19]


def can_tell() -> bool:
    """Whether this system shows where a process works."""
    return PROC.joinpath("self/cwd").exists()


def works_in(pid: int, directory: Path) -> bool:
    """Whether the process is alive and has this working directory (a database server sits in its data)."""
    try:
        return PROC.joinpath(str(pid), "cwd").resolve(strict=True) == directory.resolve()
    except OSError:
        return False


def read_pid(path: Path) -> int | None:
    try:
        first = path.read_text().split("\n", 1)[0].strip()
    except OSError:
        return None
    return int(first) if first.isdigit() else None


def end_group(pid: int, how: signal.Signals) -> None:
    try:
        os.killpg(pid, how)
    except (ProcessLookupError, PermissionError):
        return


def end_process(pid: int, how: signal.Signals, patience: float) -> bool:
    """Sends the signal and waits; says whether the process is gone."""
    try:
        os.kill(pid, how)
    except ProcessLookupError:
        return True
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if not started_at(pid):
            return True
        time.sleep(0.05)
    return False


def end_orphan(pid: int, how: signal.Signals, patience: float = 20) -> None:
    """Ends a server that outlived an earlier run, politely first."""
    if not end_process(pid, how, patience):
        end_process(pid, signal.SIGKILL, patience)
