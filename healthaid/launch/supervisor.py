"""Runs the programs side by side: prefixed logs, restart of what dies, an orderly end."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from healthaid.launch.console import log
from healthaid.launch.processes import end_group
from healthaid.launch.server import Server
from healthaid.launch.signals import Signals

LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0
GRACE = 15.0
GRACE_AFTER_KILL = 5.0
GLANCE = 0.1


@dataclass
class BackOff:
    """Waits 1, 2, 4 … 30 s between starts; a program that held for a minute starts from 1 again."""

    pause: float = 1.0

    def next(self, lived: float) -> float:
        pause = 1.0 if lived > STEADY_AFTER else self.pause
        self.pause = min(pause * 2, LONGEST_PAUSE)
        return pause


@dataclass
class Program:
    name: str
    command: list[str]
    environment: dict[str, str]
    directory: Path
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command,
            cwd=self.directory,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        assert self.process.stdout  # noqa: S101  (given above)
        threading.Thread(target=relay, args=(self.name, self.process.stdout), daemon=True).start()

    def ended(self) -> int | None:
        return self.process.poll() if self.process else None

    def ask_to_end(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def end_by(self, deadline: float) -> None:
        """Waits for the program, then takes away whatever is left of its process group."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            log("run", f"{self.name} did not end in time and is killed")
        self.kill()

    def kill(self) -> None:
        if self.process:
            end_group(self.process.pid, signal.SIGKILL)
            self.process.wait(GRACE_AFTER_KILL)


def relay(name: str, stream: IO[bytes]) -> None:
    for line in stream:
        log(name, line.decode(errors="replace").rstrip())


class Supervisor:
    """Keeps servers and programs running until a stop signal; `changed` is told each time one has started."""

    def __init__(
        self,
        programs: list[Program],
        servers: list[Server],
        signals: Signals,
        changed: Callable[[dict[str, int]], None] = lambda children: None,
    ) -> None:
        self.programs = programs
        self.servers = servers
        self.signals = signals
        self.changed = changed
        self.all: list[Program | Server] = [*servers, *programs]
        self.back_off = {each.name: BackOff() for each in self.all}
        self.started = {each.name: time.monotonic() for each in servers}
        self.due: dict[str, float] = {}

    def start(self, *, head_start: float = 0) -> None:
        """Starts the first program; the others follow after `head_start` seconds or a call of `follow`."""
        self.signals.raises = False
        self.signals.kill_all = self.kill_all
        first, *others = self.programs
        self._start(first)
        self.due |= {other.name: time.monotonic() + head_start for other in others}

    def follow(self) -> None:
        """Starts what still waits for the first program."""
        self.due |= {each.name: 0 for each in self.programs if each.process is None}

    def watch(self) -> None:
        while not self.signals.stop_wanted:
            self.glance()
            time.sleep(GLANCE)

    def glance(self) -> None:
        """One look at each of them: report what has ended, start what is due."""
        for each in self.all:
            if each.name in self.due:
                if time.monotonic() >= self.due[each.name]:
                    self._start(each)
            elif (code := each.ended()) is not None:
                self._report(each, code)

    def _start(self, each: Program | Server) -> None:
        self.due.pop(each.name, None)
        self.started[each.name] = time.monotonic()
        each.start()
        self.changed(self.children())

    def _report(self, each: Program | Server, code: int) -> None:
        pause = self.back_off[each.name].next(time.monotonic() - self.started[each.name])
        self.due[each.name] = time.monotonic() + pause
        if isinstance(each, Program):
            each.kill()
        log("run", f"{each.name} {how_it_ended(code)}; starting it again in {pause:.0f} s")
        if isinstance(each, Server):
            log("run", f"Its last words (all in {each.logfile}):\n{each.last_words()}")

    def children(self) -> dict[str, int]:
        return {each.name: each.process.pid for each in self.programs if each.process}

    def stop(self) -> None:
        """The programs first, all at once; the servers are stopped by whoever started them."""
        for program in self.programs:
            program.ask_to_end()
        deadline = time.monotonic() + GRACE
        for program in self.programs:
            program.end_by(deadline)

    def kill_all(self) -> None:
        log("run", "Second signal: ending everything at once")
        for program in self.programs:
            if program.process:
                end_group(program.process.pid, signal.SIGKILL)
        for server in self.servers:
            if server.process:
                end_group(server.process.pid, signal.SIGKILL)
        os._exit(130)


def how_it_ended(code: int) -> str:
    if code >= 0:
        return f"ended with code {code}"
    try:
        return f"was killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"was killed by signal {-code}"
