"""What a person decides between upload and apply: columns, doubtful rows, reasons for leaving, the date."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import Case, Q, Value, When

from core.accounts.models import User
from core.accounts.permissions import check
from households.choices import LeftReason
from households.models import ColumnMapping, ImportRow, RegisterImport
from households.registerfile import IGNORED, fields
from households.services.imports.comparing import counted
from households.services.imports.receiving import refuse

State = RegisterImport.State
OPEN = (State.PREVIEWED, State.FAILED)


def _locked(register_import: RegisterImport, *states: str) -> RegisterImport:
    """The import under a row lock. Raises ImportRefused when it has moved on since the page was shown."""
    found = RegisterImport.objects.select_for_update().get(pk=register_import.pk)
    if found.state not in states:
        raise refuse("not_ready")
    return found


@transaction.atomic
def choose_columns(*, register_import: RegisterImport, choices: Mapping[str, str], by: User) -> None:
    """This will keep which column is which field for this header, and send the file to be read again.

    choices: header key → field name, or "ignore"."""
    check(by, "import_register")
    found = _locked(register_import, *OPEN)
    signature = dict(found.header or {}).get("signature")
    if not signature:
        raise refuse("header_not_found")
    kept = {key: name for key, name in choices.items() if name == IGNORED or name in fields()}
    with pghistory.context(user=by.pk, act="choose_columns"):
        ColumnMapping.objects.update_or_create(
            area=found.area, signature=signature, defaults={"mapping": kept}
        )
        found.state, found.problem = State.RECEIVED, {}
        found.save(update_fields=["state", "problem"])


@transaction.atomic
def decide_rows(*, register_import: RegisterImport, answers: Mapping[int, str], by: User) -> None:
    """This will settle doubtful rows: import row id → "same" person or "new" person."""
    check(by, "import_register")
    found = _locked(register_import, State.PREVIEWED)
    asked = found.rows.filter(kind=ImportRow.Kind.PERSON, matched_by__in=("name_birth", "decided"))
    same = [pk for pk, answer in answers.items() if answer == "same"]
    new = [pk for pk, answer in answers.items() if answer == "new"]
    unchanged = Case(When(changes=[], then=Value("same")), default=Value("changed"))
    asked.filter(pk__in=same, person__isnull=False).update(verdict=unchanged, matched_by="decided")
    asked.filter(pk__in=new).update(verdict="new", matched_by="decided", person=None, before={}, changes=[])
    _save_counts(found, by, "decide_rows")


@transaction.atomic
def set_left_reasons(
    *, register_import: RegisterImport, reasons: Mapping[int, str], by: User, rest: str = ""
) -> None:
    """This will note why rows are gone: import row id → reason; `rest` stands for all that have none yet."""
    check(by, "import_register")
    found = _locked(register_import, State.PREVIEWED)
    gone = found.rows.filter(verdict=ImportRow.Verdict.GONE)
    for reason in {*LeftReason.values, ""}:
        chosen = [pk for pk, given in reasons.items() if given == reason]
        if chosen:
            gone.filter(pk__in=chosen).update(left_reason=reason)
    if rest in LeftReason.values:
        gone.filter(left_reason="").update(left_reason=rest)
    _save_counts(found, by, "set_left_reasons")


def _save_counts(register_import: RegisterImport, by: User, act: str) -> None:
    undecided = register_import.rows.filter(verdict=ImportRow.Verdict.GONE, left_reason="").count()
    register_import.counts |= counted(register_import) | {"undecided": undecided}
    with pghistory.context(user=by.pk, act=act):
        register_import.save(update_fields=["counts"])


def what_applies(register_import: RegisterImport) -> int:
    """How many rows an apply would write."""
    wanted = Q(verdict__in=("new", "changed")) | Q(verdict="gone") & ~Q(left_reason="")
    return register_import.rows.filter(wanted).count()


@transaction.atomic
def order_apply(*, register_import: RegisterImport, effective_on: date | None, by: User, on: date) -> None:
    """This will queue the import to be applied with its date; a worker does it."""
    check(by, "import_register")
    found = _locked(register_import, State.PREVIEWED)
    if effective_on is None:
        raise refuse("effective_missing")
    if effective_on > on:
        raise refuse("effective_in_future")
    if not what_applies(found):
        raise refuse("nothing_to_apply")
    _move(found, State.QUEUED, by, "order_apply", effective_on=effective_on, applied_by=by, problem={})


@transaction.atomic
def order_undo(*, register_import: RegisterImport, by: User) -> None:
    """This will queue an applied import to be put back."""
    check(by, "import_register")
    _move(_locked(register_import, State.APPLIED), State.UNDOING, by, "order_undo", problem={})


@transaction.atomic
def discard_import(*, register_import: RegisterImport, by: User) -> None:
    """This will set an import aside that was never applied; its staged personal data go."""
    check(by, "import_register")
    found = _locked(register_import, State.RECEIVED, *OPEN)
    found.rows.all().delete()
    _move(found, State.DISCARDED, by, "discard_import")


def _move(register_import: RegisterImport, state: str, by: User, act: str, **values: Any) -> None:
    register_import.state = state
    for name, value in values.items():
        setattr(register_import, name, value)
    with pghistory.context(user=by.pk, act=act):
        register_import.save(update_fields=["state", *values])


def saved_choices(register_import: RegisterImport, signature: str) -> dict[str, str]:
    """The columns chosen earlier for this header, by this area or the nearest one above it."""
    ancestors = register_import.area.ancestors
    found = ColumnMapping.objects.filter(area__in=ancestors, signature=signature)
    nearest = max(found, key=lambda mapping: ancestors.index(mapping.area_id), default=None)
    return dict(nearest.mapping) if nearest else {}
