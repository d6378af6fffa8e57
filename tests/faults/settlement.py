"""A process that settles bills is killed at every statement; the books must always be those of one clerk.

Each act runs in a process of its own that kills itself (SIGKILL) before or after its k-th statement or its commit,
k = 1, 2, … until the act gets through. After each kill either all of the act is there or nothing of it."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import psycopg
from django.db import connection, connections

from claims.models import Admission, Settlement
from claims.services.settling import correct, reverse, settle
from tests.claims.settling.oracle import check_books
from tests.factories.settling import ON, Window, line

FIRST = date(2026, 1, 5)
MOST_STATEMENTS = 60
THE_KILLED = "healthaid-to-be-killed"
Act = Callable[[], Any]


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
    while sum(toll.kills.values()) < kills:
        name, stay, amount, act = _next_act(window, dice, wanted)
        _killed_until_done(name, act, toll)
        wanted[stay] = amount
        assert _totals() == {pk: total for pk, total in wanted.items() if total}
    return toll


def _next_act(
    window: Window, dice: random.Random, wanted: dict[int, str | None]
) -> tuple[str, int, str | None, Act]:
    settled = [pk for pk, total in wanted.items() if total]
    kind = dice.choice(["settle", "correct", "reverse"]) if len(settled) > 2 else "settle"
    amount = f"{dice.randint(300, 9000)}.{dice.randint(0, 99):02d}"
    if kind == "settle":
        person = dice.choice([window.person, window.spouse])
        stay = window.stay(FIRST + timedelta(days=dice.randint(0, 300)), amount, person=person)
        return kind, stay.pk, amount, lambda: _settle(window, stay.pk)
    pk = dice.choice(settled)
    if kind == "correct":
        return kind, pk, amount, lambda: _correct(window, pk, amount)
    return kind, pk, None, lambda: _reverse(window, pk)


def _settle(window: Window, pk: int) -> None:
    settle(admission=Admission.objects.get(pk=pk), by=window.clerk, on=ON)


def _correct(window: Window, pk: int, amount: str) -> None:
    correct(settlement=_standing(pk), lines=[line(amount)], reason="录错", by=window.clerk, on=ON)


def _reverse(window: Window, pk: int) -> None:
    reverse(settlement=_standing(pk), reason="录错", by=window.clerk, on=ON)


def _standing(pk: int) -> Settlement:
    found: Settlement = Settlement.objects.exclude(kind="reversed").get(admission=pk, is_standing=True)
    return found


def _totals() -> dict[int, str]:
    """By stay: the total of the bill that stands, as settled, as itemised and as told on its slip."""
    found = {}
    for one in Settlement.objects.exclude(kind="reversed").filter(is_standing=True):
        items = [str(amount) for amount in one.admission.items.values_list("amount", flat=True)]
        assert items == [row["amount"] for row in one.facts["lines"]] == [str(one.total)]
        found[one.admission_id] = str(one.total)
    return found


def _killed_until_done(name: str, act: Act, toll: Toll) -> None:
    """Kills the act at each place in turn; a kill after the commit leaves it done, every earlier one undone."""
    before = _rows()
    for place in range(1, MOST_STATEMENTS):
        killed = _in_a_process(act, place)
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


def _in_a_process(act: Act, place: int) -> bool:
    """Whether the process was killed at its place; it may get through before it comes there."""
    connections.close_all()
    child = os.fork()
    if child:
        status = os.waitpid(child, 0)[1]
        assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0, "the act failed by itself"
        return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    try:
        _leave_the_parents_connection()
        _kill_at(place)
        act()
        os._exit(0)
    except BaseException:
        os._exit(1)


def _leave_the_parents_connection() -> None:
    """A parent with a browser open holds two connections, by whether an event loop runs, and closed only one of them;
    the child, whose loop ended with the fork, must not speak through the other."""
    os.environ["PGAPPNAME"] = THE_KILLED
    connection.connection = None


def _kill_at(place: int) -> None:
    """Places are the statements and commits in turn, each once before it is sent and once after it was answered."""
    passed = 0

    def guarded(work: Any) -> Any:
        def call(*given: Any, **more: Any) -> Any:
            nonlocal passed
            passed += 1
            if passed == place:
                os.kill(os.getpid(), signal.SIGKILL)
            answer = work(*given, **more)
            passed += 1
            if passed == place:
                os.kill(os.getpid(), signal.SIGKILL)
            return answer

        return call

    psycopg.Cursor.execute = guarded(psycopg.Cursor.execute)  # type: ignore[method-assign]
    psycopg.Connection.commit = guarded(psycopg.Connection.commit)  # type: ignore[method-assign]


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
