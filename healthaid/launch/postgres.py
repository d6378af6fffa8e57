"""A PostgreSQL of our own: made once, loopback only, password checked, C.UTF-8 on every machine."""

import shutil
import signal
import subprocess
from pathlib import Path
from urllib.parse import quote

from healthaid.launch.account import Account, subdirectory
from healthaid.launch.binaries import PostgresPrograms
from healthaid.launch.console import Refusal, log
from healthaid.launch.ports import LOOPBACK
from healthaid.launch.processes import can_tell, end_orphan, read_pid, works_in
from healthaid.launch.server import MINIMAL, Server

NAME = "healthaid"
DURABLE: tuple[str, ...] = ("max_wal_size=2GB", "checkpoint_timeout=15min")
THROWAWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=4GB")
COMMON = ("shared_buffers=256MB", "max_connections=150", "random_page_cost=1.1")
# A failed statement may hold a name or a number: neither it nor the row it broke on is written down.
DISCREET = ("log_min_messages=warning", "log_min_error_statement=panic", "log_error_verbosity=terse")


def url(port: int, password: str, database: str = NAME) -> str:
    return f"postgres://{NAME}:{quote(password, safe='')}@{LOOPBACK}:{port}/{database}"


def server(
    programs: PostgresPrograms, home: Path, *, account: Account, port: int, password: str, durable: bool
) -> Server:
    """The server over the cluster in `home`, which is made when it is not there yet."""
    data = home / "postgres"
    if not data.exists():
        _create(programs, home, data, account=account, password=password, durable=durable)
    _refuse_other_version(programs, data)
    _end_predecessor(data)
    return Server(
        name="postgres",
        command=[programs["postgres"], "-D", str(data), *_options(port, durable)],
        directory=data,
        logfile=_logfile(home),
        account=account,
        stop_signal=signal.SIGINT,
        is_ready=lambda: _is_ready(data),
    )


def _options(port: int, durable: bool) -> list[str]:
    settings = [
        f"listen_addresses={LOOPBACK}",
        f"port={port}",
        "unix_socket_directories=",
        *COMMON,
        *DISCREET,
        *(DURABLE if durable else THROWAWAY),
    ]
    return [word for setting in settings for word in ("-c", setting)]


def _logfile(home: Path) -> Path:
    return home / "postgres.log"


def _create(
    programs: PostgresPrograms, home: Path, data: Path, *, account: Account, password: str, durable: bool
) -> None:
    log("run", "Making the database cluster")
    unfinished = home / "postgres.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    subdirectory(home, unfinished.name, account)
    note = _password_note(home, account, password)
    try:
        _initdb(programs, unfinished, note, account, durable)
        _create_database(programs, unfinished, account)
    finally:
        note.unlink()
    unfinished.rename(data)


def _password_note(home: Path, account: Account, password: str) -> Path:
    note = home / "password.new"
    note.unlink(missing_ok=True)
    note.touch(mode=0o600)
    note.write_text(password)
    account.take(note)
    return note


def _initdb(programs: PostgresPrograms, data: Path, note: Path, account: Account, durable: bool) -> None:
    command = [
        programs["initdb"],
        "-D",
        str(data),
        f"--username={NAME}",
        f"--pwfile={note}",
        "--encoding=UTF8",
    ]
    command += ["--auth=scram-sha-256", "--no-instructions", *programs.locale()]
    _run(command if durable else [*command, "--no-sync"], data, account)


def _create_database(programs: PostgresPrograms, data: Path, account: Account) -> None:
    command = [
        programs["postgres"],
        "--single",
        "-D",
        str(data),
        "-c",
        "log_min_messages=warning",
        "postgres",
    ]
    _run(command, data, account, words=f"CREATE DATABASE {NAME};\n")


def _run(command: list[str], directory: Path, account: Account, words: str = "") -> None:
    answer = subprocess.run(
        command,
        cwd=directory,
        env=MINIMAL,
        input=words,
        capture_output=True,
        text=True,
        check=False,
        **account.popen(),
    )
    if answer.returncode:
        raise Refusal(f"The database cluster could not be made:\n{answer.stdout}{answer.stderr}".rstrip())


def _refuse_other_version(programs: PostgresPrograms, data: Path) -> None:
    made_by = (data / "PG_VERSION").read_text().strip()
    if made_by != str(programs.major):
        raise Refusal(
            f"{data} was made by PostgreSQL {made_by}; this is PostgreSQL {programs.major}.\n"
            "Dump it with the old version and restore it here, or move it away to start afresh."
        )


def _end_predecessor(data: Path) -> None:
    """Stops a server that an earlier run left behind when it was killed."""
    pid = read_pid(data / "postmaster.pid")
    if pid is not None and works_in(pid, data):
        log("run", "Stopping the PostgreSQL that an earlier run left behind")
        end_orphan(pid, signal.SIGINT)
    if can_tell():  # else its own check must do: it takes any process with that number for a server
        (data / "postmaster.pid").unlink(missing_ok=True)


def _is_ready(data: Path) -> bool:
    """PostgreSQL writes its state on the eighth line of this file."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) > 7 and lines[7].strip() == "ready"
