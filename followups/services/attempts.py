"""Calls where nobody could be visited. So many of them, as the rule says, close the duty as not found."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid5

from django.db import transaction

from core.accounts.models import User
from core.accounts.permissions import check
from followups.choices import DutyState
from followups.models import Attempt, Duty
from followups.rules import not_found_rule


def record_attempt(
    *, duties: Sequence[Duty], uuid: UUID, reason: str, by: User, on: date, note: str = ""
) -> list[Attempt]:
    """This will note one fruitless call for each duty of one household.

    As many as the duty's rule allows (three, where it says nothing else), on as many days, close a duty as
    not found; the ladder tells who must know.

    The same call sent again, or a second one on the same day, changes nothing.
    """
    check(by, "record_visit")
    pks = [duty.pk for duty in duties]
    return note_attempts(duty_pks=pks, uuid=uuid, reason=reason, by=by, on=on, note=note)


def note_attempts(
    *, duty_pks: Sequence[int], uuid: UUID, reason: str, by: User, on: date, note: str = ""
) -> list[Attempt]:
    """The same for a caller that has been checked already: a visit where nobody was met is such a call."""
    with transaction.atomic():
        held = Duty.objects.select_for_update(of=("self",)).filter(pk__in=duty_pks, state=DutyState.OPEN)
        return [
            _attempt(duty, uuid5(uuid, str(duty.pk)), reason, note, by, on) for duty in held.order_by("pk")
        ]


def _attempt(duty: Duty, uuid: UUID, reason: str, note: str, by: User, on: date) -> Attempt:
    attempt, is_new = Attempt.objects.get_or_create(
        duty=duty,
        attempted_on=on,
        defaults={"uuid": uuid, "reason": reason, "note": note, "by": by},
    )
    if is_new and duty.attempts.count() >= not_found_rule(duty.rule).tries:
        duty.state, duty.closed_on, duty.close_reason = DutyState.NOT_FOUND, on, reason
        duty.save(update_fields=["state", "closed_on", "close_reason"])
    return attempt
