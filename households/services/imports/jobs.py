"""Running an import's jobs so that they survive anything: one worker per import, one transaction per job.

A worker holds a session lock of the database on its import. When the worker dies the lock goes with its
connection, so whoever can take the lock knows that nobody else is working: no clock is asked."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pghistory
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now

from core.accounts.models import User
from core.accounts.scope import village_ids
from households.models import RegisterImport
from households.registerfile import Problem, RegisterFile, read_register
from households.services.imports.applying import check_date, check_heads, is_stale, write_changes
from households.services.imports.comparing import compare_rows, match_rows
from households.services.imports.deciding import saved_choices
from households.services.imports.progress import Progress
from households.services.imports.receiving import ImportRefused, refuse
from households.services.imports.staging import Staging, stored
from households.services.imports.undoing import check_undo, put_back

logger = logging.getLogger(__name__)
State = RegisterImport.State
IMPORT_LOCK, COUNTY_LOCK = 7_401, 7_402
# The planner must know what has just been staged, and what the last import brought.
COMPARED_TABLES = ("households_importrow", "households_household", "households_person")
RUNNABLE = {State.READING: State.RECEIVED, State.APPLYING: State.QUEUED}


@contextmanager
def _holding(import_id: int) -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [IMPORT_LOCK, import_id])
        free = bool(cursor.fetchone()[0])
    try:
        yield free
    finally:
        if free:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [IMPORT_LOCK, import_id])


def _claim(import_id: int, state: str, *accepted: str) -> RegisterImport | None:
    found = RegisterImport.objects.filter(pk=import_id, state__in=accepted)
    if not found.update(state=state, claimed_at=Now()):
        return None
    return RegisterImport.objects.select_related("area", "uploaded_by__area", "applied_by").get(pk=import_id)


def _run(
    import_id: int,
    working: str,
    accepted: tuple[str, ...],
    back: str,
    work: Callable[[RegisterImport, Progress], None],
) -> None:
    """Claims the import and does `work`; what goes wrong becomes the import's problem, in state `back`."""
    with _holding(import_id) as free:
        claimed = _claim(import_id, working, *accepted) if free else None
        if claimed is None:
            return
        progress = Progress(import_id)
        try:
            work(claimed, progress)
        except ImportRefused as refused:
            _finish(claimed, back, problem=stored(refused.problem))
        except IntegrityError:
            logger.exception("register import %s conflicts with the register", import_id)
            _finish(claimed, back, problem=stored(Problem("apply_conflict", scope="file")))
        except Exception:
            logger.exception("register import %s failed", import_id)
            _finish(claimed, back, problem=stored(Problem("worker_failed", scope="file")))
        finally:
            progress.clear()


def _finish(register_import: RegisterImport, state: str, **values: Any) -> None:
    actor = register_import.applied_by_id or register_import.uploaded_by_id
    with transaction.atomic(), pghistory.context(user=actor, act="register_import"):
        for name, value in {"state": state, **values}.items():
            setattr(register_import, name, value)
        register_import.save(update_fields=["state", *values])


def run_preview(*, import_id: int, on: date) -> None:
    """This will read the stored file and stage how it differs from the register on the day `on`."""

    def work(register_import: RegisterImport, progress: Progress) -> None:
        _preview(register_import, progress, on)

    _run(import_id, State.READING, (State.RECEIVED, State.READING), State.FAILED, work)


def _preview(register_import: RegisterImport, progress: Progress, on: date) -> None:
    by = register_import.uploaded_by
    if register_import.area.county_id is None:
        raise refuse("area_too_high")
    progress.enter("reading")
    register = _read(register_import, on)
    found: dict[str, Any] = {
        "mapping": _mapping(register),
        "header": _header(register),
        "data_date": register.data_date,
    }
    if not register.readable:
        first = next(p for p in register.problems if p.refuses)
        problems = [stored(p) for p in register.problems if p.scope == "file"]
        _finish(register_import, State.FAILED, problem={**stored(first), "all": problems}, **found)
        return
    with transaction.atomic():
        progress.enter("staging")
        Staging(register_import, register, by).write(progress)
        counts = _compared(register_import, register, progress, by, (register.data_date or on).year)
    _finish(register_import, State.PREVIEWED, problem={}, counts=counts, **found)


def _compared(
    register_import: RegisterImport, register: RegisterFile, progress: Progress, by: User, year: int
) -> dict[str, Any]:
    villages = village_ids(by)
    progress.enter("matching")
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(COMPARED_TABLES)}")
    places = {match.field: match for match in register.mapping if match.field}
    match_rows(register_import, villages=villages, places=places)
    progress.enter("comparing")
    counts = compare_rows(register_import, villages=villages, year=year)
    gone = sum(kinds.get("gone", 0) for kinds in counts.values())
    return {**counts, "year": year, "rows": len(register.line_numbers), "undecided": gone}


def _read(register_import: RegisterImport, on: date) -> RegisterFile:
    path = Path(default_storage.path(register_import.file_path))
    return read_register(
        path,
        filename=register_import.file_name,
        overrides=lambda key: saved_choices(register_import, key),
        on=on,
    )


def _mapping(register: RegisterFile) -> list[dict[str, Any]]:
    return [
        {"column": m.column, "header": m.header, "field": m.field, "how": m.how, "unit": m.unit}
        for m in register.mapping
    ]


def _header(register: RegisterFile) -> dict[str, Any]:
    return {
        "row": register.header_row,
        "levels": register.header_levels,
        "signature": register.signature,
        "sheet": register.sheet,
        "encoding": register.encoding,
        "titles": register.titles[:5],
        "left_out": [{"row": x.row, "reason": x.reason, "text": x.text} for x in register.left_out[:50]],
        "more_problems": register.problems_left_out,
    }


def run_apply(*, import_id: int, on: date) -> None:
    """This will write a queued import into the register, all of it or nothing."""

    def work(register_import: RegisterImport, progress: Progress) -> None:
        if is_stale(register_import):
            _finish(register_import, State.READING, claimed_at=None)
            _preview(register_import, progress, on)
            _finish(
                register_import,
                register_import.state,
                problem=stored(Problem("register_changed", scope="file")),
            )
            return
        _apply(register_import, progress)

    _run(import_id, State.APPLYING, (State.QUEUED, State.APPLYING), State.PREVIEWED, work)


def _apply(register_import: RegisterImport, progress: Progress) -> None:
    day, actor = register_import.effective_on, register_import.applied_by_id
    if day is None:
        raise refuse("effective_missing")
    progress.enter("applying")
    context = {"user": actor, "act": "apply_register_import", "register_import": register_import.pk}
    with transaction.atomic(), pghistory.context(**context):
        _lock_county(register_import)
        if is_stale(register_import):
            raise refuse("register_changed")
        check_heads(register_import)
        check_date(register_import, day)
        year = register_import.counts["year"]
        done = write_changes(register_import, day=day, year=year, report=progress.report)
        values = {"counts": register_import.counts | done, "applied_at": Now(), "problem": {}}
        _finish(register_import, State.APPLIED, **values)


def _lock_county(register_import: RegisterImport) -> None:
    """Two imports of one county follow each other; the second then sees what the first wrote."""
    with connection.cursor() as cursor:
        county = register_import.area.county_id
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [COUNTY_LOCK, county])
        # Every trigger asks for this setting; where it is missing each asks in a subtransaction that fails,
        # and each failure walks the whole list of foreign keys still to be checked.
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")


def run_undo(*, import_id: int) -> None:
    """This will put an applied import back, all of it or nothing."""
    _run(import_id, State.UNDOING, (State.UNDOING,), State.APPLIED, _undo)


def _undo(register_import: RegisterImport, progress: Progress) -> None:
    progress.enter("applying")
    context = {
        "user": register_import.applied_by_id,
        "act": "undo_register_import",
        "import": register_import.pk,
    }
    with transaction.atomic(), pghistory.context(**context):
        _lock_county(register_import)
        check_undo(register_import)
        put_back(register_import, report=progress.report)
        _finish(register_import, State.UNDONE, undone_at=Now())


def recover_imports() -> list[tuple[str, int]]:
    """This will give back what a dead worker left, and name all that waits: (state, import id)."""
    for found in RegisterImport.objects.filter(state__in=RUNNABLE):
        with _holding(found.pk) as free:
            if free:
                again = RegisterImport.objects.filter(pk=found.pk, state=found.state)
                again.update(state=RUNNABLE[State(found.state)], claimed_at=None)
    waiting = RegisterImport.objects.filter(state__in=(State.RECEIVED, State.QUEUED, State.UNDOING))
    return list(waiting.order_by("id").values_list("state", "id"))
