import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from healthaid.launch.processes import started_at
from healthaid.launch.supervisor import BackOff, how_it_ended

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30
DRIVER = """
import os, sys
from pathlib import Path
from healthaid.launch.signals import Signals
from healthaid.launch.supervisor import Program, Supervisor

child = "import os, time; print('up', os.getpid(), flush=True); time.sleep(600)"
family = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', %r]); " % child + child
programs = [
    Program(name, [sys.executable, "-c", code], dict(os.environ), Path.cwd())
    for name, code in (("one", child), ("two", family))
]
signals = Signals()
signals.install()
supervisor = Supervisor(programs, [], signals)
supervisor.start()
supervisor.watch()
supervisor.stop()
print("orderly end", flush=True)
"""


class Running:
    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", DRIVER],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: list[str] = []

    def read_until(self, *words: str) -> str:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line)
            if all(word in line for word in words):
                return line
        raise AssertionError(f"{words} not seen in {self.lines}")

    def pid_of(self, name: str) -> int:
        return int(self.read_until(f"{name} ", "| up ").split()[-1])


@pytest.fixture
def running() -> Iterator[Running]:
    running = Running()
    yield running
    running.process.terminate()
    running.process.communicate(timeout=PATIENCE)


def wait_until_gone(pid: int) -> bool:
    deadline = time.monotonic() + PATIENCE
    while started_at(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not started_at(pid)


def test_a_dead_child_is_reported_and_restarted(running: Running) -> None:
    first = running.pid_of("one")
    os.kill(first, signal.SIGKILL)
    running.read_until("one was killed by SIGKILL; starting it again in 1 s")
    assert running.pid_of("one") != first


def test_sigterm_ends_every_child_and_grandchild(running: Running) -> None:
    pids = [running.pid_of(""), running.pid_of(""), running.pid_of("")]
    running.process.send_signal(signal.SIGTERM)
    running.read_until("orderly end")
    assert running.process.wait(PATIENCE) == 0
    assert all(wait_until_gone(pid) for pid in pids)


def test_a_second_signal_kills_at_once(running: Running) -> None:
    pids = [running.pid_of(""), running.pid_of(""), running.pid_of("")]
    os.kill(pids[0], signal.SIGSTOP)
    os.kill(pids[1], signal.SIGSTOP)
    running.process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(PATIENCE) == 130
    assert all(wait_until_gone(pid) for pid in pids)


def test_pauses_double_up_to_half_a_minute_and_fall_back_after_a_steady_minute() -> None:
    back_off = BackOff()
    assert [back_off.next(lived=0) for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    assert back_off.next(lived=61) == 1


@pytest.mark.parametrize(("code", "words"), [(3, "ended with code 3"), (-9, "was killed by SIGKILL")])
def test_the_end_of_a_program_is_told_in_words(code: int, words: str) -> None:
    assert how_it_ended(code) == words
