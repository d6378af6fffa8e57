import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from healthaid.launch import services
from healthaid.launch.throwaway import throwaway


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A directory that the user of the databases can reach, which pytest's own are not."""
    directory = Path(tempfile.mkdtemp())
    directory.chmod(0o755)
    yield directory
    shutil.rmtree(directory)


def test_throwaway_services_answer_and_leave_nothing_behind() -> None:
    with throwaway() as variables:
        directory = Path(variables["HEALTHAID_VAR"])
        with psycopg.connect(variables["DATABASE_URL"]) as connection:
            locale = connection.execute(
                "SELECT datcollate FROM pg_database WHERE datname = 'healthaid'"
            ).fetchone()
        with redis.from_url(variables["REDIS_URL"]) as broker:
            assert broker.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    assert locale == ("C.UTF-8",)
    assert not directory.exists()


def test_data_outlive_servers_that_were_killed(reachable: Path) -> None:
    first = services.choose(reachable, environment={})
    first.start()
    with psycopg.connect(first.database_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS n")
    with redis.from_url(first.redis_url) as broker:
        broker.set("kept", "1")
        broker.waitaof(1, 0, 5000)
    for server in first.servers:
        assert server.process
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()
    again = services.choose(reachable, environment={})
    again.start()
    try:
        with psycopg.connect(again.database_url) as connection:
            assert connection.execute("SELECT n FROM kept").fetchone() == (1,)
        with redis.from_url(again.redis_url) as broker:
            assert broker.get("kept") == b"1"
    finally:
        again.stop()


def test_servers_left_behind_are_stopped_before_new_ones_start(reachable: Path) -> None:
    left = services.choose(reachable, environment={})
    left.start()
    again = services.choose(reachable, environment={})
    again.start()
    try:
        assert all(server.ended() is not None for server in left.servers)
        assert all(server.ended() is None for server in again.servers)
    finally:
        again.stop()
