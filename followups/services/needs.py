"""Needs: raised for any member, owned by somebody, followed to their end."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import check
from core.base.ids import uuid7
from followups.choices import NeedState
from followups.models import Need, NeedStep, Visit
from followups.queries.teams import user_in_charge
from followups.states import check_move
from households.models import Person

DUE_DAYS = 14
CLOSED = frozenset({NeedState.MET, NeedState.UNMET})


def raise_need(
    *,
    person: Person,
    kind: str,
    description: str,
    by: User,
    on: date,
    due_on: date | None = None,
    owner: User | None = None,
    visit: Visit | None = None,
    uuid: UUID | None = None,
) -> Need:
    """This will open a need for a member, owned by the team's leader unless somebody else is named.

    The same uuid again gives the need that is already there.
    """
    check(by, "raise_need")
    with transaction.atomic():
        need, is_new = Need.objects.get_or_create(
            uuid=uuid or uuid7(),
            defaults={
                "household_id": person.household_id,
                "person": person,
                "village_id": person.village_id,
                "kind": kind,
                "description": description,
                "raised_on": on,
                "raised_by": by,
                "owner": owner or user_in_charge(person, on) or by,
                "due_on": due_on or on + timedelta(days=DUE_DAYS),
                "visit": visit,
            },
        )
        if is_new:
            _log(need, state=NeedState.OPEN, note=description, by=by, on=on)
    return need


def work_need(*, need: Need, note: str, by: User, on: date, owner: User | None = None) -> Need:
    """This will add a line to the need's log, take it up, and pass it on where an owner is given."""
    check(by, "work_need")
    with transaction.atomic():
        held = _locked(need)
        if held.state != NeedState.IN_PROGRESS:
            check_move("need", held.state, NeedState.IN_PROGRESS)
        _change(held, state=NeedState.IN_PROGRESS, owner=owner or held.owner, closed_on=None, outcome="")
        _log(held, state=NeedState.IN_PROGRESS, note=note, by=by, on=on)
    return held


def close_need(
    *,
    need: Need,
    state: str,
    outcome: str,
    by: User,
    on: date,
    satisfaction: int | None = None,
    person_says: str = "",
) -> Need:
    """This will close a need as met or as not to be met, with its outcome and what the person says of it."""
    check(by, "work_need")
    if not outcome.strip():
        raise ValidationError({"outcome": _("Write down what came of it.")})
    with transaction.atomic():
        held = _locked(need)
        check_move("need", held.state, state)
        _change(
            held,
            state=state,
            outcome=outcome,
            closed_on=on,
            satisfaction=satisfaction,
            person_says=person_says,
        )
        _log(held, state=state, note=outcome, by=by, on=on)
    return held


def _locked(need: Need) -> Need:
    held: Need = Need.objects.select_for_update(of=("self",)).get(pk=need.pk)
    return held


def _change(need: Need, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(need, name, value)
    need.save(update_fields=list(fields))


def _log(need: Need, *, state: str, note: str, by: User, on: date) -> None:
    NeedStep.objects.create(need=need, on=on, state=state, note=note, by=by)
