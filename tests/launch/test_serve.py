import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from healthaid.launch import ports, services
from healthaid.launch.processes import started_at
from healthaid.launch.state import STATE

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120
PROGRAMS = {"web", "worker", "beat"}

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def database_url() -> str:
    known = connection.settings_dict
    who = f"{known['USER']}:{quote(str(known['PASSWORD']), safe='')}"
    return f"postgres://{who}@{known['HOST']}:{known['PORT']}/{known['NAME']}"


@pytest.fixture
def var() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)
        yield Path(directory)


@pytest.fixture
def broker(var: Path) -> Iterator[str]:
    broker = services.choose(var, environment={"DATABASE_URL": database_url()})
    broker.start()
    yield broker.redis_url
    broker.stop()


@pytest.fixture
def running(var: Path, broker: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    port = ports.free_port()
    given = {"DATABASE_URL": database_url(), "REDIS_URL": broker, "HEALTHAID_ENV": "development"}
    ours = {"HEALTHAID_VAR": str(var), "HEALTHAID_DEMO": "off", "PORT": str(port)}
    process = subprocess.Popen(
        [sys.executable, "run"],
        cwd=ROOT,
        env={**os.environ, **given, **ours},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield process, port
    process.terminate()
    process.communicate(timeout=PATIENCE)


def wait_for(process: subprocess.Popen[str], words: str) -> None:
    assert process.stdout
    seen = []
    for line in process.stdout:
        seen.append(line)
        if words in line:
            return
    raise AssertionError("".join(seen))


def children_of(var: Path) -> dict[str, list[int]]:
    """The processes of the run, once all have started: the job programs follow the web server."""
    deadline = time.monotonic() + PATIENCE
    while True:
        children: dict[str, list[int]] = json.loads((var / STATE).read_text())["children"]
        if len(children) == len(PROGRAMS) or time.monotonic() > deadline:
            return children
        time.sleep(0.1)


def test_run_serves_the_sign_in_page_and_a_signal_ends_every_process(
    running: tuple[subprocess.Popen[str], int], var: Path
) -> None:
    process, port = running
    wait_for(process, f"HealthAid is at http://127.0.0.1:{port}/")
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=PATIENCE) as page:
        assert page.status == 200
    children = children_of(var)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert set(children) == PROGRAMS
    assert not any(started_at(pid) for pid, _ in children.values())
    assert not (var / STATE).exists()
