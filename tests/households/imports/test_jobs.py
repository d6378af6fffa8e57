"""What happens when workers die, meet each other, or come twice."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection, connections
from kombu.exceptions import OperationalError

from households import tasks
from households.models import Household, RegisterImport
from households.services import imports
from households.services.imports import jobs
from tests.factories.ground import Cast
from tests.factories.registers import household
from tests.households.imports.conftest import DAY, TODAY, contents

Upload = Callable[..., RegisterImport]
pytestmark = pytest.mark.django_db(transaction=True)
# Another process applies the import and stops dead, right before the last of its statements.
APPLIER = """
import os, sys, datetime
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from django.conf import settings
from django.db import connections
settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = sys.argv[2]
settings.MEDIA_ROOT = sys.argv[3]
from households.services.imports import applying, jobs
finish = jobs._finish
def stop(*args, **kwargs):
    print("written", flush=True)
    sys.stdin.read()
    finish(*args, **kwargs)
jobs._finish = stop
jobs.run_apply(import_id=int(sys.argv[1]), on=datetime.date(2020, 12, 12))
"""


def queued(upload: Upload, rows: list[dict[str, Any]], by: Any) -> RegisterImport:
    found = upload(rows, by=by)
    imports.order_apply(register_import=found, effective_on=DAY, by=by, on=TODAY)
    return found


def start_applier(found: RegisterImport) -> subprocess.Popen[str]:
    arguments = [str(found.pk), connection.settings_dict["NAME"], str(django_settings.MEDIA_ROOT)]
    return subprocess.Popen(
        [sys.executable, "-c", APPLIER, *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3], env=dict(os.environ),
    )  # fmt: skip


def lock_is_free(import_id: int) -> bool:
    with jobs._holding(import_id) as free:
        return free


def test_a_worker_killed_in_the_middle_leaves_nothing_and_the_sweeper_gives_the_import_back(
    cast: Cast, upload: Upload
) -> None:
    found = queued(upload, [*household(1), *household(2)], cast.county)
    before = contents()
    worker = start_applier(found)
    assert worker.stdout is not None
    assert worker.stdout.readline() == "written\n"
    assert imports.recover_imports() == []  # it lives: nobody takes its work away
    os.kill(worker.pid, signal.SIGKILL)
    worker.communicate()
    for _attempt in range(100):
        if lock_is_free(found.pk):
            break
        time.sleep(0.1)
    assert contents() == before
    found.refresh_from_db()
    assert found.state == "applying"
    assert imports.recover_imports() == [("queued", found.pk)]
    imports.run_apply(import_id=found.pk, on=TODAY)
    found.refresh_from_db()
    assert (found.state, Household.objects.count()) == ("applied", 2)


def test_a_task_delivered_twice_does_its_work_once(cast: Cast, upload: Upload) -> None:
    found = queued(upload, household(1), cast.county)
    imports.run_apply(import_id=found.pk, on=TODAY)
    after = contents()
    imports.run_apply(import_id=found.pk, on=TODAY)
    imports.run_preview(import_id=found.pk, on=TODAY)
    assert contents() == after
    found.refresh_from_db()
    assert found.state == "applied"


def test_two_imports_of_one_county_at_once_end_as_one_after_the_other(cast: Cast, upload: Upload) -> None:
    rows = [*household(1), *household(2)]
    first, second = queued(upload, rows, cast.county), queued(upload, rows, cast.county)

    def work(found: RegisterImport) -> None:
        imports.run_apply(import_id=found.pk, on=TODAY)
        connections.close_all()

    workers = [threading.Thread(target=work, args=(found,)) for found in (first, second)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    first.refresh_from_db()
    second.refresh_from_db()
    assert sorted([first.state, second.state]) == ["applied", "previewed"]
    waiting = next(found for found in (first, second) if found.state == "previewed")
    assert waiting.problem["code"] == "register_changed"
    assert Household.objects.count() == 2


def test_a_lost_preview_is_sent_again(cast: Cast, upload: Upload) -> None:
    found = upload(household(1), by=cast.county)
    RegisterImport.objects.filter(pk=found.pk).update(state="reading")
    assert imports.recover_imports() == [("received", found.pk)]
    imports.run_preview(import_id=found.pk, on=TODAY)
    found.refresh_from_db()
    assert (found.state, found.counts["person"]) == ("previewed", {"new": 3})


def test_the_sweeper_task_sends_what_waits(
    cast: Cast, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []
    found = queued(upload, household(1), cast.county)
    monkeypatch.setattr(tasks.apply_register, "apply_async", lambda **options: sent.append(options))
    tasks.sweep_register_imports()
    assert sent == [{"kwargs": {"import_id": found.pk}, "queue": "bulk"}]


def test_what_follows_an_import_is_rung_for_at_once(
    cast: Cast, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[str] = []
    monkeypatch.setattr("celery.current_app.send_task", rung.append)
    found = queued(upload, household(1), cast.county)
    tasks.apply_register(import_id=found.pk)
    found.refresh_from_db()
    assert (found.state, rung) == ("applied", ["healthaid.refresh_summaries"])


def test_without_a_broker_an_import_is_applied_all_the_same(
    cast: Cast, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody_hears(_task: str) -> None:
        raise OperationalError

    monkeypatch.setattr("celery.current_app.send_task", nobody_hears)
    found = queued(upload, household(1), cast.county)
    tasks.apply_register(import_id=found.pk)
    found.refresh_from_db()
    assert found.state == "applied"


def test_a_failing_read_ends_in_a_state_with_a_reason(cast: Cast, upload: Upload, tmp_path: Path) -> None:
    found = upload(household(1), by=cast.county)
    RegisterImport.objects.filter(pk=found.pk).update(state="received", file_path="registers/lost")
    imports.run_preview(import_id=found.pk, on=TODAY)
    found.refresh_from_db()
    assert (found.state, found.problem["code"]) == ("failed", "worker_failed")
