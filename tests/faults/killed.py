"""python -m tests.faults.killed: for each line read, one act at the settlement window, in a process that kills itself
(SIGKILL) at the named place; the answer is a word. A process of its own forks, for one with threads or a browser
open leaves its children locks that nobody will ever open."""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import django
import psycopg

django.setup()

from claims.models import Admission, Settlement  # noqa: E402 - the product can be imported once Django is set up
from claims.services.admissions import ItemWanted  # noqa: E402
from claims.services.settling import correct, reverse, settle  # noqa: E402
from core.accounts.models import User  # noqa: E402

PATIENCE = 60


def act(wanted: dict[str, Any]) -> None:
    """Settles, corrects or takes back as `wanted` says: act, stay, amount, clerk, on."""
    clerk, on = User.objects.get(pk=wanted["clerk"]), date.fromisoformat(wanted["on"])
    if wanted["act"] == "settle":
        settle(admission=Admission.objects.get(pk=wanted["stay"]), by=clerk, on=on)
        return
    standing = Settlement.objects.exclude(kind="reversed").get(admission=wanted["stay"], is_standing=True)
    if wanted["act"] == "reverse":
        reverse(settlement=standing, reason="录错", by=clerk, on=on)
        return
    bill = [ItemWanted(category="western_drug", item_class="A", amount=Decimal(wanted["amount"]))]
    correct(settlement=standing, lines=bill, reason="录错", by=clerk, on=on)


def kill_at(place: int) -> None:
    """Places are the statements and commits in turn, each once before it is sent and once after it was answered."""
    passed = 0

    def count() -> None:
        nonlocal passed
        passed += 1
        if passed == place:
            os.kill(os.getpid(), signal.SIGKILL)

    def guarded(work: Callable[..., Any]) -> Any:
        def call(*given: Any, **more: Any) -> Any:
            count()
            answer = work(*given, **more)
            count()
            return answer

        return call

    psycopg.Cursor.execute = guarded(psycopg.Cursor.execute)  # type: ignore[method-assign]
    psycopg.Connection.commit = guarded(psycopg.Connection.commit)  # type: ignore[method-assign]


def in_a_process(wanted: dict[str, Any]) -> str:
    """killed, or done when it got through before its place; anything else is the test's failure."""
    child = os.fork()
    if not child:
        signal.alarm(PATIENCE)
        kill_at(wanted["place"])
        act(wanted)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        return "killed" if os.WTERMSIG(status) == signal.SIGKILL else f"signal {os.WTERMSIG(status)}"
    return "failed" if os.WEXITSTATUS(status) else "done"


def main() -> None:
    for said in sys.stdin:
        print(in_a_process(json.loads(said)), flush=True)  # noqa: T201 - the answer to whoever asked


if __name__ == "__main__":
    main()
