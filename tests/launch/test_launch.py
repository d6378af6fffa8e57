import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from healthaid.launch import ports, private, services, state
from healthaid.launch.account import Account, data_home
from healthaid.launch.console import Refusal
from healthaid.launch.verbs import serve

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server((ports.LOOPBACK, 0)) as listener:
        yield listener.getsockname()[1]


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "run", *arguments],
        cwd=ROOT,
        env={**os.environ, "HEALTHAID_ENV": "development", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_port_in_use_is_named_with_the_remedy(taken_port: int, tmp_path: Path) -> None:
    answer = run(PORT=str(taken_port), HEALTHAID_VAR=str(tmp_path))
    assert answer.returncode == 1
    assert f"Port {taken_port} is in use" in answer.stderr
    assert f"PORT={ports.next_free(ports.LOOPBACK, taken_port + 1)} ./run" in answer.stderr


@pytest.mark.parametrize("text", ["http", "0", "70000", "-1"])
def test_a_port_that_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match=f"PORT={text} is not a port number"):
        ports.wanted_port({"PORT": text})


def test_the_port_is_8000_where_none_is_given() -> None:
    assert ports.wanted_port({}) == 8000


def test_an_unknown_verb_is_refused_and_help_lists_the_verbs() -> None:
    assert "no verb 'tset'" in run("tset").stderr
    listed = run("help").stdout
    assert all(
        f"./run {verb}" in listed for verb in ("test", "check", "bench", "demo", "manage", "lock", "help")
    )


def test_a_second_run_from_the_same_place_is_refused(tmp_path: Path) -> None:
    with state.owner(tmp_path):
        state.remember(tmp_path, address="http://127.0.0.1:8000/", services={}, children={})
        answer = run(PORT=str(ports.free_port()), HEALTHAID_VAR=str(tmp_path))
    assert answer.returncode == 1
    assert f"already running from here at http://127.0.0.1:8000/ (process {os.getpid()})" in answer.stderr


def test_production_is_not_started_this_way() -> None:
    assert "docs/deploy.md" in run(HEALTHAID_ENV="production").stderr


def test_given_addresses_are_used_and_nothing_is_started(tmp_path: Path) -> None:
    given = {"DATABASE_URL": "postgres://db.example/h", "REDIS_URL": "redis://broker.example/0"}
    chosen = services.choose(tmp_path, environment=given)
    assert chosen.environment() == given
    assert not chosen.servers
    assert not list(tmp_path.iterdir())


def test_a_given_database_stands_beside_our_own_broker(tmp_path: Path) -> None:
    chosen = services.choose(tmp_path, environment={"DATABASE_URL": "postgres://db.example/h"})
    assert chosen.database_url == "postgres://db.example/h"
    assert [server.name for server in chosen.servers] == ["valkey"]
    assert not chosen.own_database
    shutil.rmtree((tmp_path / "data").resolve())


def test_keys_are_made_once_and_only_for_their_owner(tmp_path: Path) -> None:
    first = private.keys(tmp_path)
    assert private.keys(tmp_path) == first
    assert (tmp_path / private.KEYS).stat().st_mode & 0o777 == 0o600


def test_children_get_the_same_keys_each_time_and_given_ones_win(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FIELD_KEYS", raising=False)
    monkeypatch.setenv("SECRET_KEY", "given")
    chosen = services.Services("postgres://db.example/h", "redis://broker.example/0")
    first = serve.child_environment(tmp_path, chosen)
    assert first == serve.child_environment(tmp_path, chosen)
    assert first["SECRET_KEY"] == "given"
    assert len(first["FIELD_KEYS"]) == 44


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the databases to another user")
def test_data_lie_outside_where_the_database_user_cannot_reach_and_no_rights_change(tmp_path: Path) -> None:
    var = tmp_path / "private" / "var"
    var.mkdir(parents=True)
    var.parent.chmod(0o700)
    home = data_home(var, Account(65534, 65534))
    assert home.is_relative_to("/var/tmp")
    assert (var / "data").resolve() == home == data_home(var, Account(65534, 65534))
    assert var.parent.stat().st_mode & 0o777 == 0o700
    home.rmdir()
