"""What becomes of a warning: verified at home, helped, closed; or dismissed with what was found."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.choices import WarningState
from claims.models import BurdenWarning, WarningStep
from claims.states import STATES
from claims.warnings.reading import set_of
from core.accounts.models import User
from core.accounts.permissions import check

HELP_DAYS, VERIFY_DAYS = 30, 15


def verify_warning(*, warning: BurdenWarning, finding: str, by: User, on: date) -> BurdenWarning:
    """This will note what was found at home: the family is in difficulty, and measures are due."""
    _needs(finding=finding)
    rules = set_of(warning.rule)
    due_on = on + timedelta(days=rules.help_within_days if rules else HELP_DAYS)
    return _move(warning, WarningState.VERIFIED, finding, by, on, finding=finding, due_on=due_on)


def dismiss_warning(*, warning: BurdenWarning, finding: str, by: User, on: date) -> BurdenWarning:
    """This will end a warning where no risk was found, with the finding."""
    _needs(finding=finding)
    return _move(warning, WarningState.DISMISSED, finding, by, on, finding=finding, ended_on=on)


def help_warning(*, warning: BurdenWarning, measures: str, by: User, on: date) -> BurdenWarning:
    """This will note what was done for the family."""
    _needs(measures=measures)
    return _move(warning, WarningState.HELPED, measures, by, on, measures=measures)


def close_warning(*, warning: BurdenWarning, note: str, by: User, on: date) -> BurdenWarning:
    """This will end a warning whose risk is gone; `note` says how that is known."""
    _needs(note=note)
    return _move(warning, WarningState.CLOSED, note, by, on, ended_on=on)


def reopen_warning(*, warning: BurdenWarning, note: str, by: User, on: date) -> BurdenWarning:
    """This will take an ended warning up again: new bills came, or the first look was wrong."""
    _needs(note=note)
    rules = set_of(warning.rule)
    due_on = on + timedelta(days=rules.verify_within_days if rules else VERIFY_DAYS)
    return _move(warning, WarningState.RAISED, note, by, on, ended_on=None, due_on=due_on)


def _needs(**words: str) -> None:
    """:raises ValidationError: naming the field that was left empty."""
    missing = {name: _("Write it down in a few words.") for name, text in words.items() if not text.strip()}
    if missing:
        raise ValidationError(missing)


def _move(
    warning: BurdenWarning, to: WarningState, note: str, by: User, on: date, **fields: Any
) -> BurdenWarning:
    check(by, "work_warning")
    with transaction.atomic():
        held = BurdenWarning.objects.select_for_update(of=("self",)).get(pk=warning.pk)
        STATES.check_move("warning", held.state, to)
        for name, value in {"state": to, **fields}.items():
            setattr(held, name, value)
        held.save(update_fields=["state", *fields])
        WarningStep.objects.create(warning=held, state=to, done_on=on, done_by=by, note=note)
    return held  # type: ignore[no-any-return]
