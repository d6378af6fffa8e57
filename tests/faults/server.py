"""The real server on a database of its own: gunicorn as `./run` starts it, killed and restored in the middle of work."""

import http.client
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
from django.db import connections

from healthaid.launch import paths
from healthaid.launch.programs import programs
from tests.bench.serving import free_port

PATIENCE = 120


class Plant:
    """The server may lose a worker at any moment, and the whole database may be put back to an earlier hour."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.url, self.name = database_url, database_url.rsplit("/", 1)[1].split("?")[0]
        self.elsewhere = database_url.replace(f"/{self.name}", "/postgres")
        self.port, self.log = free_port(), folder / "web.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.kills = self.restores = 0
        self.is_down = False

    def start(self) -> None:
        web = next(program for program in programs({}, "127.0.0.1", self.port) if program.name == "web")
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", *web.command[1:]],
                cwd=paths.ROOT,
                env={**os.environ, "DATABASE_URL": self.url, "LOG_LEVEL": "WARNING"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self._workers():
                with suppress(OSError):
                    self._knock()
                    return
            time.sleep(0.1)
        raise RuntimeError(self.log.read_text()[-2000:])

    def _knock(self) -> None:
        knock = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        knock.request("GET", "/sync/state")
        if knock.getresponse().status != 401:
            raise OSError("the server does not answer as it should")

    def _workers(self) -> list[psutil.Process]:
        with suppress(psutil.NoSuchProcess):
            return psutil.Process(self.process.pid).children() if self.process else []
        return []

    def kill_a_worker(self, dice: random.Random) -> None:
        workers = self._workers()
        if workers and not self.is_down:
            with suppress(ProcessLookupError):
                os.kill(dice.choice(workers).pid, signal.SIGKILL)
                self.kills += 1

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(PATIENCE)

    def back_up(self) -> None:
        """The server stands still while its database is copied."""
        self._while_down(f'DROP DATABASE IF EXISTS "{self.name}_kept"', self._copy())

    def restore(self) -> None:
        """The database of the last backup takes the place of the present one, as after a loss."""
        self._while_down(
            f'DROP DATABASE "{self.name}" WITH (FORCE)',
            f'ALTER DATABASE "{self.name}_kept" RENAME TO "{self.name}"',
            self._copy(),
        )
        self.restores += 1

    def _copy(self) -> str:
        return f'CREATE DATABASE "{self.name}_kept" TEMPLATE "{self.name}"'

    def _while_down(self, *statements: str) -> None:
        self.is_down = True
        self.stop()
        connections.close_all()
        with psycopg.connect(self.elsewhere, autocommit=True) as administrator:
            administrator.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [self.name]
            )
            for statement in statements:
                administrator.execute(statement)
        self.start()
        self.is_down = False

    def remove(self) -> None:
        connections.close_all()
        with psycopg.connect(self.elsewhere, autocommit=True) as administrator:
            administrator.execute(f'DROP DATABASE IF EXISTS "{self.name}_kept" WITH (FORCE)')
