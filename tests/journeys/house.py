"""The product as it runs: a web server and, where a journey needs one, a worker, on the test's own database."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
QUEUES = "celery,sync,messages,reports,bulk"


def _database_url() -> str:
    told = connection.settings_dict
    where = f"{told['HOST']}:{told['PORT'] or 5432}" if not str(told["HOST"]).startswith("/") else ""
    socket_of = f"?host={told['HOST']}" if not where else ""
    return f"postgres://{told['USER']}:{told['PASSWORD']}@{where}/{told['NAME']}{socket_of}"


def _broker_url() -> str:
    """A database of the broker's own for each of pytest's processes, so that no job strays into another test."""
    process = int(re.sub(r"\D", "", os.environ.get("PYTEST_XDIST_WORKER", "")) or 0)
    return re.sub(r"/\d*$", "", settings.REDIS_URL) + f"/{15 - process % 3}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class House:
    """`url` answers after `open()`; `employ()` adds a worker; `close()` ends both."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = f"http://127.0.0.1:{_free_port()}"
        self.programs: list[subprocess.Popen[bytes]] = []
        self.environment = {
            **os.environ,
            "DATABASE_URL": _database_url(),
            "REDIS_URL": _broker_url(),
            "CELERY_BROKER_URL": _broker_url(),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "HEALTHAID_ENV": "test",
        }
        self.employed = False

    def open(self) -> None:
        bind = self.url.removeprefix("http://")
        self._start(
            "web", "gunicorn", "healthaid.wsgi:application", "-b", bind, "-k", "gthread", "--threads", "4"
        )
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            assert time.monotonic() < deadline, self.told("web")
            time.sleep(0.2)

    def employ(self) -> None:
        if not self.employed:
            self._start(
                "worker",
                "celery",
                "-A",
                "healthaid.celery",
                "worker",
                "-c",
                "1",
                "-l",
                "WARNING",
                "-Q",
                QUEUES,
            )
            self.employed = True

    def close(self) -> None:
        for program in self.programs:
            program.terminate()
        for program in self.programs:
            program.wait()

    def told(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()[-3000:]

    def _start(self, name: str, *command: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.programs.append(
                subprocess.Popen(
                    [sys.executable, "-m", *command], cwd=ROOT, env=self.environment, stdout=log, stderr=log
                )
            )

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/account/login/", timeout=20) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False
