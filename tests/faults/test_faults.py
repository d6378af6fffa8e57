"""Phones against the real server while workers die with -9, sessions end, requests are doubled, reordered and never
answered, and the database is put back to an earlier hour: nothing lost, nothing doubled, every conflict kept.

HEALTHAID_FAULTS=10000 ./run test tests/faults -n0 makes the long run and leaves its report in var/."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.launch.test_backup import url

SUBMISSIONS = int(os.environ.get("HEALTHAID_FAULTS", "300"))
RESTORES = 1 if SUBMISSIONS < 2000 else 3
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def database(django_db_setup, django_db_blocker):
    """A migrated database for this run alone."""
    with django_db_blocker.unblock():
        name = f"{connection.settings_dict['NAME']}_faults"
        with psycopg.connect(url("postgres"), autocommit=True) as administrator:
            administrator.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            administrator.execute(f'CREATE DATABASE "{name}"')
            migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
            subprocess.run(migrate, cwd=ROOT, env={**os.environ, "DATABASE_URL": url(name)}, check=True)
            yield url(name)
            administrator.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.mark.slow
def test_nothing_is_lost_nothing_is_doubled_every_conflict_is_kept(database, tmp_path):
    path = Path(settings.VAR_DIR) / "faults.json" if SUBMISSIONS >= 2000 else tmp_path / "faults.json"
    command = [sys.executable, "-m", "tests.faults", "--submissions", str(SUBMISSIONS)]
    command += ["--restores", str(RESTORES), "--report", str(path)]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "DATABASE_URL": database}, check=False)
    report = json.loads(path.read_text())
    wrong = {name: report[name] for name in ("lost", "doubled", "conflicts not kept", "verdicts that differ")}
    assert wrong == dict.fromkeys(wrong, 0), report["details"]
    assert report["errors"] == []
    assert report["submissions"] >= SUBMISSIONS and report["kept"]["conflicts kept"] > 0
    assert report["workers killed"] > 0 and report["restores from backup"] == RESTORES
