"""A server process that we start, wait for and stop: what PostgreSQL and Valkey have in common."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from healthaid.launch.account import Account
from healthaid.launch.console import Refusal

PATIENCE = 120
MINIMAL = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}


@dataclass
class Server:
    name: str
    command: list[str]
    directory: Path
    logfile: Path
    account: Account
    stop_signal: signal.Signals
    is_ready: Callable[[], bool]
    configuration: str = ""
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Starts without waiting; in a session of its own, so that Ctrl-C reaches it through us only."""
        self.logfile.touch(mode=0o600)
        with self.logfile.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.directory,
                env=MINIMAL,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.account.popen(),
            )
        assert self.process.stdin  # noqa: S101  (given above)
        self.process.stdin.write(self.configuration.encode())
        self.process.stdin.close()

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self.is_ready():
            if self.ended() is not None or time.monotonic() > deadline:
                raise Refusal(
                    f"{self.name} did not start. Its last words (all in {self.logfile}):\n{self.last_words()}"
                )
            time.sleep(0.02)

    def ended(self) -> int | None:
        return self.process.poll() if self.process else None

    def last_words(self) -> str:
        lines = self.logfile.read_text(errors="replace").splitlines()
        return "\n".join(f"  {line}" for line in lines[-12:])

    def stop(self, patience: float = 30) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        if self.process and self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait()
