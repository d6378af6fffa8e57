"""Another day for a visit: inside its window, with a reason, on record."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import check
from followups.choices import DutyState
from followups.models import Duty, PlanChange


def reschedule(*, duty: Duty, to: date, reason: str, by: User, on: date, note: str = "") -> PlanChange | None:
    """This will put an open duty on another day of its window. The same day again changes nothing.

    :raises ValidationError: where the day has passed or lies outside the window, or the duty is closed.
    """
    check(by, "record_visit")
    with transaction.atomic():
        held: Duty = Duty.objects.select_for_update(of=("self",)).get(pk=duty.pk)
        if held.state != DutyState.OPEN:
            raise ValidationError({"now_on": _("This visit is no longer open. Go back to Today.")})
        if to == held.due_on:
            return None
        _check_day(held, to, on)
        was, held.due_on = held.due_on, to
        held.save(update_fields=["due_on"])
        return PlanChange.objects.create(
            duty=held, was_on=was, now_on=to, reason=reason, note=note, changed_on=on, by=by
        )


def _check_day(duty: Duty, to: date, on: date) -> None:
    if to < on:
        raise ValidationError({"now_on": _("Choose today or a later day.")})
    if not duty.starts_on <= to <= duty.ends_on:
        words = {"first": max(duty.starts_on, on), "last": duty.ends_on}
        raise ValidationError({"now_on": _("Choose a day from %(first)s to %(last)s.") % words})
