"""Needs: raised for any member, owned by somebody, followed to their end."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Required, TypedDict, Unpack
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import check
from core.base.ids import uuid7
from followups.choices import NeedKind, NeedState, StepKind
from followups.models import Need, NeedPhotograph, NeedStep, NeedTask, Referral, Visit
from followups.queries.needs import possible_owners
from followups.queries.teams import user_in_charge
from followups.services.papers import add_photograph
from followups.states import STATES
from households.models import Person

DUE_DAYS = 14
CLOSED = frozenset({NeedState.MET, NeedState.UNMET, NeedState.MERGED})


class NewNeed(TypedDict, total=False):
    """What is told about a new need. `quoted_amount` (yuan) and `is_put_off` are kept for the kind cost only;
    `photograph` has chunks()."""

    person: Required[Person]
    kind: Required[str]
    description: Required[str]
    due_on: date | None
    owner: User | None
    visit: Visit | None
    uuid: UUID | None
    quoted_amount: Decimal | None
    is_put_off: bool
    is_sensitive: bool
    photograph: Any


def raise_need(*, by: User, on: date, **told: Unpack[NewNeed]) -> Need:
    """This will open a need for a member, owned by the team's leader unless somebody else is named.

    The same uuid again gives the need that is already there.
    """
    check(by, "raise_need")
    return open_need(by=by, on=on, **told)


def open_need(*, by: User, on: date, **told: Unpack[NewNeed]) -> Need:
    """The same for a caller that has been checked already: a visit may bring up a need."""
    photograph = told.get("photograph")
    with transaction.atomic():
        need, is_new = Need.objects.get_or_create(
            uuid=told.get("uuid") or uuid7(), defaults=_first_state(by, on, **told)
        )
        if is_new:
            need.refresh_from_db()  # the database looks after the owner and the secrecy
            _log(need, kind=StepKind.RAISED, note=need.description, by=by, on=on)
        if is_new and photograph:
            add_photograph(need=need, file=photograph, by=by, on=on)
    return need


def _first_state(by: User, on: date, **told: Unpack[NewNeed]) -> dict[str, Any]:
    person, for_money = told["person"], told["kind"] == NeedKind.COST
    return {
        "household_id": person.household_id,
        "person": person,
        "village_id": person.village_id,
        "kind": told["kind"],
        "description": told["description"],
        "raised_on": on,
        "raised_by": by,
        "owner": told.get("owner") or user_in_charge(person, on) or by,
        "due_on": told.get("due_on") or on + timedelta(days=DUE_DAYS),
        "visit": told.get("visit"),
        "quoted_amount": told.get("quoted_amount") if for_money else None,
        "is_put_off": told.get("is_put_off", False) and for_money,
        "is_sensitive": told.get("is_sensitive", False),
    }


def work_need(
    *,
    need: Need,
    note: str,
    by: User,
    on: date,
    owner: User | None = None,
    kind: str = StepKind.NOTE,
) -> Need:
    """This will add a line to the need's log and take it up; with an owner, pass it on for the reason noted.

    :raises ValidationError: where the new owner does not work in the area of the need.
    """
    check(by, "work_need")
    with transaction.atomic():
        held = _locked(need)
        line = StepKind.REOPENED if held.state in CLOSED else kind
        if held.state != NeedState.IN_PROGRESS:
            STATES.check_move("need", held.state, NeedState.IN_PROGRESS)
        passed_to = owner if owner and owner.pk != held.owner_id else None
        if passed_to:
            _check_owner(held, passed_to)
        _change(held, state=NeedState.IN_PROGRESS, owner=passed_to or held.owner, **_REOPENED)
        line = StepKind.HANDED_ON if passed_to else line
        _log(held, kind=line, note=note, by=by, on=on, passed_to=passed_to)
    return held


_REOPENED: dict[str, Any] = {
    "closed_on": None,
    "outcome": "",
    "satisfaction": None,
    "person_says": "",
    "word_missing": "",
}


def postpone_need(*, need: Need, due_on: date, reason: str, by: User, on: date) -> Need:
    """This will agree another day for an open need, with the reason in its log."""
    check(by, "work_need")
    if not reason.strip():
        raise ValidationError({"reason": _("Write down why it takes longer.")})
    if due_on < on:
        raise ValidationError({"due_on": _("Choose today or a later day.")})
    with transaction.atomic():
        held = _locked(need)
        if held.state != NeedState.IN_PROGRESS:
            STATES.check_move("need", held.state, NeedState.IN_PROGRESS)
        _change(held, state=NeedState.IN_PROGRESS, due_on=due_on, **_REOPENED)
        _log(held, kind=StepKind.POSTPONED, note=reason, by=by, on=on)
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
    word_missing: str = "",
) -> Need:
    """This will close a need as met or as not to be met, with its outcome and the person's own word on it.

    :raises ValidationError: without an outcome; without satisfaction (1 to 5) or the reason it is missing.
    """
    check(by, "work_need")
    if not outcome.strip():
        raise ValidationError({"outcome": _("Write down what came of it.")})
    if not (satisfaction or word_missing):
        raise ValidationError({"satisfaction": _("Ask the person, or say why that was not possible.")})
    with transaction.atomic():
        held = _locked(need)
        STATES.check_move("need", held.state, state)
        _change(
            held,
            state=state,
            outcome=outcome,
            closed_on=on,
            satisfaction=satisfaction,
            person_says=person_says,
            word_missing="" if satisfaction else word_missing,
        )
        _log(held, kind=StepKind.CLOSED, note=outcome, by=by, on=on)
    return held


def merge_need(*, need: Need, into: Need, by: User, on: date) -> Need:
    """This will join a need noted twice with the one that goes on: paperwork, photographs and
    referrals go along.

    :raises ValidationError: where the two are of different persons, or the other one is closed.
    """
    check(by, "work_need")
    with transaction.atomic():
        both: dict[int, Need] = {n.pk: n for n in _locking().filter(pk__in=(need.pk, into.pk)).order_by("pk")}
        held, other = both[need.pk], both[into.pk]
        if held.pk == other.pk or held.person_id != other.person_id or other.state in CLOSED:
            raise ValidationError({"into": _("Choose an open need of the same person.")})
        STATES.check_move("need", held.state, NeedState.MERGED)
        Referral.objects.filter(need=held).update(need=other)
        known = other.tasks.values_list("code", flat=True)
        NeedTask.objects.filter(need=held).exclude(code__in=list(known)).update(need=other)
        seen = other.photographs.values_list("sha256", flat=True)
        NeedPhotograph.objects.filter(need=held).exclude(sha256__in=list(seen)).update(need=other)
        note = _("See: %(words)s") % {"words": other.description[:280]}
        _change(held, state=NeedState.MERGED, closed_on=on, outcome=note, merged_into=other)
        _log(held, kind=StepKind.MERGED, note=note, by=by, on=on)
        _log(other, kind=StepKind.MERGED, note=held.description, by=by, on=on)
    return held


def note_on_need(*, need: Need, kind: str, note: str, by: User, on: date) -> None:
    """This will write what happened elsewhere (paperwork, a referral) into the log, and take the need up.

    The caller holds the transaction and has checked who acts. A closed need only gets the line.
    """
    held = _locked(need)
    if held.state == NeedState.OPEN:
        _change(held, state=NeedState.IN_PROGRESS)
    _log(held, kind=kind, note=note[:300], by=by, on=on)


def _check_owner(need: Need, owner: User) -> None:
    if not possible_owners(need).filter(pk=owner.pk).exists():
        raise ValidationError({"owner": _("Choose somebody who works in this area.")})


def _locking() -> Any:
    return Need.objects.select_for_update(of=("self",))


def _locked(need: Need) -> Need:
    held: Need = _locking().get(pk=need.pk)
    return held


def _change(need: Need, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(need, name, value)
    need.save(update_fields=list(fields))


def _log(need: Need, *, kind: str, note: str, by: User, on: date, passed_to: User | None = None) -> None:
    NeedStep.objects.create(
        need=need, on=on, state=need.state, kind=kind, note=note, by=by, passed_to=passed_to
    )
