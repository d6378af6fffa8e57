"""A process that settles bills is killed at every statement; the books must always be those of one clerk.

Each act runs in a process of its own that kills itself (SIGKILL) before or after its k-th statement or its commit,
k = 1, 2, … until the act gets through. After each kill either all of the act is there or nothing of it."""

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import connection

from claims.models import Settlement
from tests.claims.settling.oracle import check_books
from tests.factories.settling import ON, Window
from tests.launch.test_backup import url

FIRST = date(2026, 1, 5)
MOST_STATEMENTS = 60
THE_KILLED = "healthaid-to-be-killed"
ROOT = Path(__file__).resolve().parents[2]
Act = dict[str, Any]


@dataclass
class Toll:
    """What a run did: kills by act, acts that got through, and what stood after each kill."""

    kills: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    stood: Counter[str] = field(default_factory=Counter)


def run(window: Window, *, kills: int, seed: int = 1) -> Toll:
    """This will settle, correct and take back bills until so many processes have been killed doing it."""
    dice, toll = random.Random(seed), Toll()
    wanted: dict[int, str | None] = {}
    with _killable() as process:
        while sum(toll.kills.values()) < kills:
            act = _next_act(window, dice, wanted)
            _killed_until_done(process, act, toll)
            wanted[act["stay"]] = act["amount"]
            assert _totals() == {pk: total for pk, total in wanted.items() if total}
    return toll


@contextmanager
def _killable() -> Iterator[subprocess.Popen[str]]:
    """The process whose children are killed, on the database of this test."""
    more = {"DATABASE_URL": url(connection.settings_dict["NAME"]), "PGAPPNAME": THE_KILLED}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.killed"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", **more},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield process
        process.stdin.close()


def _next_act(window: Window, dice: random.Random, wanted: dict[int, str | None]) -> Act:
    settled = [pk for pk, total in wanted.items() if total]
    kind = dice.choice(["settle", "correct", "reverse"]) if len(settled) > 2 else "settle"
    amount = f"{dice.randint(300, 9000)}.{dice.randint(0, 99):02d}"
    if kind == "settle":
        person = dice.choice([window.person, window.spouse])
        stay = window.stay(FIRST + timedelta(days=dice.randint(0, 300)), amount, person=person).pk
    else:
        stay = dice.choice(settled)
    left = None if kind == "reverse" else amount
    return {"act": kind, "stay": stay, "amount": left, "clerk": window.clerk.pk, "on": ON.isoformat()}


def _totals() -> dict[int, str]:
    """By stay: the total of the bill that stands, as settled, as itemised and as told on its slip."""
    found = {}
    for one in Settlement.objects.exclude(kind="reversed").filter(is_standing=True):
        items = [str(amount) for amount in one.admission.items.values_list("amount", flat=True)]
        assert items == [row["amount"] for row in one.facts["lines"]] == [str(one.total)]
        found[one.admission_id] = str(one.total)
    return found


def _killed_until_done(process: subprocess.Popen[str], act: Act, toll: Toll) -> None:
    """Kills the act at each place in turn; a kill after the commit leaves it done, every earlier one undone."""
    before, name = _rows(), act["act"]
    for place in range(1, MOST_STATEMENTS):
        killed = _is_killed(process, {**act, "place": place})
        _wait_for_the_dead()
        check_books()
        after = _rows()
        toll.kills[name] += killed
        toll.stood["all" if after != before else "nothing"] += killed
        if after != before:
            toll.done[name] += 1
            return
        assert killed, f"{name} ended at {place} without a trace"
    raise AssertionError(f"{name} has more than {MOST_STATEMENTS} places")


def _is_killed(process: subprocess.Popen[str], act: Act) -> bool:
    """Whether it was killed at its place; it may get through before it comes there."""
    process.stdin.write(json.dumps(act) + "\n")
    process.stdin.flush()
    word = process.stdout.readline().strip()
    assert word in ("killed", "done"), f"the act failed by itself: {word}"
    return word == "killed"


def _wait_for_the_dead() -> None:
    """Until the server has noticed that the killed process is gone."""
    for _try in range(500):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = %s", [THE_KILLED])
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError("the killed process is still connected")


def _rows() -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM claims_settlement), (SELECT count(*) FROM claims_settlementline),"
            " (SELECT count(*) FROM claims_fundentry), (SELECT coalesce(sum(balance), 0) FROM claims_fund)"
        )
        return tuple(cursor.fetchone())
