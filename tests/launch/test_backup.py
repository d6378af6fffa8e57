import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from healthaid.launch import binaries
from healthaid.launch.account import Account

DRILL = "restore_drill"
COUNTS = """
    SELECT (SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'),
           (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal),
           (SELECT count(*) FROM pg_constraint),
           (SELECT count(*) FROM django_migrations)
"""

pytestmark = pytest.mark.django_db(transaction=True)


def url(database: str) -> str:
    known = connection.settings_dict
    who = f"{known['USER']}:{quote(str(known['PASSWORD']), safe='')}"
    return f"postgresql://{who}@{known['HOST']}:{known['PORT']}/{database}"


@pytest.fixture
def drill_database() -> Iterator[str]:
    database = f"{DRILL}_{os.getpid()}"
    with psycopg.connect(url("postgres"), autocommit=True) as administrator:
        administrator.execute(f"CREATE DATABASE {database} TEMPLATE template0")
        yield database
        administrator.execute(f"DROP DATABASE {database} WITH (FORCE)")


def counts(database: str) -> tuple[int, ...] | None:
    with psycopg.connect(url(database)) as reader:
        return reader.execute(COUNTS).fetchone()


def test_a_backup_restores_with_every_table_trigger_and_constraint(
    drill_database: str, tmp_path: Path
) -> None:
    programs = binaries.postgres(Account())
    assert programs
    dump, live = tmp_path / "healthaid.dump", str(connection.settings_dict["NAME"])
    subprocess.run([programs["pg_dump"], "--format=custom", f"--file={dump}", url(live)], check=True)
    restore = [
        programs["pg_restore"],
        f"--dbname={url(drill_database)}",
        "--exit-on-error",
        "--no-owner",
        str(dump),
    ]
    subprocess.run(restore, check=True)
    assert counts(drill_database) == counts(live)
