"""Killing a worker's child, the whole worker, and the broker, with -9 and in the middle of the work: nothing is lost,
nothing is sent twice. The scheduler's part is played by this test, which rings as beat does, only quicker."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from celery import Celery
from django.conf import settings
from django.db import connection
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from healthaid.launch import services
from healthaid.outreach.models import Message
from healthaid.outreach.services.queueing import Draft, queue_messages
from tests.factories.ground import a_cast, a_county

MESSAGES = 3000
PATIENCE = 240
ROOT = Path(__file__).resolve().parents[3]


class Plant:
    """A real worker on a broker of its own, both of which may be killed."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.folder = folder
        self.services = services.choose(folder, durable=True, environment={"DATABASE_URL": database_url})
        self.environment = {
            **os.environ,
            **self.services.environment(),
            "HEALTHAID_VAR": str(folder),
            "OUTREACH_CLAIM_LASTS": "2",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        self.worker: subprocess.Popen[bytes] | None = None
        self.bell = Celery(broker=self.services.redis_url)
        self.bell.conf.broker_transport_options = {"max_retries": 1, "socket_connect_timeout": 2}

    def start(self) -> None:
        self.services.start()
        self.start_worker()

    def start_worker(self) -> None:
        command = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "healthaid.celery",
            "worker",
            "-c",
            "2",
            "-l",
            "WARNING",
        ]
        queues = ["-Q", "celery,sync,messages,reports,bulk"]
        with (self.folder / "worker.log").open("ab") as log:
            self.worker = subprocess.Popen(
                [*command, *queues],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def ring(self) -> None:
        """As beat does: send what waits, sweep up what was lost. A dead broker hears nothing."""
        for task, queue in (("healthaid.send_messages", "messages"), ("healthaid.sweep", "celery")):
            try:
                self.bell.send_task(task, queue=queue, retry=False)
            except (OperationalError, RedisError, OSError):
                return

    def kill_a_child(self) -> None:
        children = psutil.Process(self.worker.pid).children()
        os.kill(children[0].pid, signal.SIGKILL)

    def kill_the_worker(self) -> None:
        os.killpg(self.worker.pid, signal.SIGKILL)
        self.worker.wait()
        self.start_worker()

    def kill_the_broker(self) -> None:
        self.services.kill()
        self.services.start()

    def stop(self) -> None:
        os.killpg(self.worker.pid, signal.SIGKILL)
        self.worker.wait()
        self.services.stop()


def _database_url() -> str:
    wanted = connection.settings_dict
    return (
        f"postgres://{wanted['USER']}:{wanted['PASSWORD']}@{wanted['HOST']}:{wanted['PORT']}/{wanted['NAME']}"
    )


@pytest.fixture
def plant(transactional_db: None) -> Iterator[Plant]:
    """pytest's own folders are closed to the unprivileged user under whom the broker runs."""
    folder = Path(tempfile.mkdtemp(prefix="healthaid-plant-"))
    folder.chmod(0o711)
    made = Plant(folder, _database_url())
    made.start()
    yield made
    made.stop()
    shutil.rmtree(folder, ignore_errors=True)


def _queue(user_id: int) -> None:
    """Many messages to one user, one for each of many periods."""
    draft = Draft(user_id=user_id, context={"due": 1, "overdue": 0})
    for number in range(MESSAGES):
        queue_messages([draft], purpose="kill", period=str(number), template="morning_reminder")


def _sent() -> int:
    return Message.objects.filter(state="sent").count()


def _wait_for(plant: Plant, number: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while _sent() < number:
        assert time.monotonic() < deadline, (plant.folder / "worker.log").read_text()[-2000:]
        plant.ring()
        time.sleep(0.25)


def _files(plant: Plant) -> dict[str, float]:
    return {path.name: path.stat().st_mtime_ns for path in (plant.folder / "outbox").glob("*.json")}


@pytest.mark.slow
def test_a_kill_in_the_middle_loses_nothing_and_repeats_nothing(plant):
    cast = a_cast(a_county())
    _queue(cast.doctor.pk)
    strikes = [plant.kill_a_child, plant.kill_the_worker, plant.kill_the_broker] * 2
    written: dict[str, float] = {}
    for number, strike in enumerate(strikes, start=1):
        _wait_for(plant, MESSAGES * number // (len(strikes) + 2))
        assert _sent() < MESSAGES, "the strike must fall while there is work"
        strike()
        seen = _files(plant)
        assert {name: seen[name] for name in written} == written, "a message was delivered again"
        written = seen
    _wait_for(plant, MESSAGES)
    assert len(_files(plant)) == MESSAGES
    assert Message.objects.exclude(state="sent").count() == 0
    assert settings.CELERY_TASK_REJECT_ON_WORKER_LOST


def test_broker_options_are_those_that_lose_nothing():
    assert settings.CELERY_TASK_ACKS_LATE
    assert settings.CELERY_WORKER_PREFETCH_MULTIPLIER == 1
    lasts = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    assert lasts >= 3 * settings.CELERY_TASK_TIME_LIMIT
