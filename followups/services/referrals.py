"""Referrals: sent with a reason, answered, back with a result, asked after within two weeks (DOMAIN B1.1)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.accounts.models import User
from core.accounts.permissions import check
from core.base.ids import uuid7
from core.clinics.models import Institution, Practitioner
from followups.choices import NeedKind, PriorityKind, ReferralResult, ReferralState, StepKind, Urgency
from followups.models import Duty, Need, PriorityService, Referral, Visit
from followups.services.discharge import care_after
from followups.services.needs import note_on_need, raise_need
from followups.services.papers import add_reply_paper
from followups.services.paperwork import lay_out
from followups.states import STATES
from households.models import Person


@dataclass(frozen=True)
class Wanted:
    """Where somebody is sent, why, and how soon."""

    to_institution: Institution
    reason: str
    department: str = ""
    urgency: str = Urgency.ROUTINE
    is_priority: bool = True


@dataclass(frozen=True)
class Outcome:
    """What the hospital gives back."""

    result: str
    diagnosis: str
    advice: str = ""
    discharged_on: date | None = None


def refer(
    *,
    person: Person,
    wanted: Wanted,
    by: User,
    at: datetime,
    need: Need | None = None,
    visit: Visit | None = None,
    follows: Referral | None = None,
    uuid: UUID | None = None,
) -> Referral:
    """This will send a person to a hospital, under a need for hospital care that is raised where none is.

    The same uuid again, or a visit that has its referral already, gives the one that is there. A priority
    referral asks at once for registration before others.
    """
    check(by, "refer")
    number = uuid or uuid7()
    with transaction.atomic():
        Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        if standing := _standing(number, visit):
            return standing
        if need is None:
            need = _need_for(person, wanted, visit, by, timezone.localtime(at).date())
        referral = _made(person, wanted, need, visit, follows, number, by, at)
        _tell(referral, _("Referred to %(place)s: %(why)s"), wanted.reason, by, at)
    return referral


def _standing(number: UUID, visit: Visit | None) -> Referral | None:
    same: Referral | None = Referral.objects.filter(uuid=number).first()
    if same or visit is None:
        return same
    ended = (ReferralState.DECLINED, ReferralState.CANCELLED)
    standing: Referral | None = Referral.objects.filter(visit=visit).exclude(state__in=ended).first()
    return standing


def _need_for(person: Person, wanted: Wanted, visit: Visit | None, by: User, on: date) -> Need:
    """The need that the visit raised by itself, or a new one."""
    if visit:
        found = Need.objects.filter(visit=visit, person=person, kind=NeedKind.HOSPITAL, closed_on=None)
        need: Need | None = found.first()
        if need:
            return need
    return raise_need(
        person=person, kind=NeedKind.HOSPITAL, description=wanted.reason, by=by, on=on, visit=visit
    )


def _made(
    person: Person,
    wanted: Wanted,
    need: Need,
    visit: Visit | None,
    follows: Referral | None,
    number: UUID,
    by: User,
    at: datetime,
) -> Referral:
    on = timezone.localtime(at).date()
    since = visit.visited_on if visit else on
    practitioner = Practitioner.objects.filter(user=by).first()
    referral: Referral = Referral.objects.create(
        uuid=number,
        household_id=person.household_id,
        person=person,
        village_id=person.village_id,
        need=need,
        visit=visit,
        follows=follows,
        from_institution_id=practitioner.institution_id if practitioner else None,
        to_institution=wanted.to_institution,
        department=wanted.department,
        reason=wanted.reason,
        urgency=wanted.urgency,
        is_priority=wanted.is_priority,
        referred_at=at,
        referred_on=on,
        referred_by=by,
        check_by=max(since + timedelta(days=Referral.CHECK_DAYS), on),
    )
    if wanted.is_priority:
        PriorityService.objects.create(referral=referral, kind=PriorityKind.REGISTRATION, asked_at=at, by=by)
    referral.refresh_from_db()
    return referral


def accept_referral(*, referral: Referral, by: User, at: datetime) -> Referral:
    """This will say for the hospital that the person may come."""
    check(by, "receive_referral")
    with transaction.atomic():
        held = _moved(referral, ReferralState.ACCEPTED, answered_at=at, answered_by=by)
        _tell(held, _("%(place)s has accepted%(why)s"), "", by, at)
    return held


def decline_referral(*, referral: Referral, reason: str, by: User, at: datetime) -> Referral:
    """This will say for the hospital that it cannot take the person, and why."""
    check(by, "receive_referral")
    if not reason.strip():
        raise ValidationError({"reason": _("Write down why the hospital cannot take the person.")})
    with transaction.atomic():
        held = _moved(
            referral, ReferralState.DECLINED, answered_at=at, answered_by=by, decline_reason=reason.strip()
        )
        _tell(held, _("%(place)s could not take the person: %(why)s"), reason, by, at)
    return held


def note_arrival(*, referral: Referral, on: date, is_admitted: bool, by: User, at: datetime) -> Referral:
    """This will note that the person has come; an admission lays out the paperwork of the need.

    :raises ValidationError: where the day lies before the referral or ahead.
    """
    check(by, "receive_referral")
    if not referral.referred_on <= on <= timezone.localtime(at).date():
        raise ValidationError({"on": _("Choose a day from the referral up to today.")})
    with transaction.atomic():
        held = _locked(referral)
        answer = {} if held.answered_at else {"answered_at": at, "answered_by": by}
        held = _moved(held, ReferralState.ARRIVED, arrived_on=on, is_admitted=is_admitted, **answer)
        _serve(held, PriorityKind.REGISTRATION, at, by)
        words = _("Admitted to %(place)s%(why)s") if is_admitted else _("Seen at %(place)s%(why)s")
        _tell(held, words, "", by, at)
        if is_admitted and held.need:
            lay_out(held.need)
    return held


def return_result(
    *, referral: Referral, outcome: Outcome, by: User, at: datetime, file: Any = None
) -> Referral:
    """This will bring the hospital's result back to the village: diagnosis, advice, day of discharge; `file`
    is a photograph of its paper.

    :raises ValidationError: where the discharge lies before the arrival or ahead.
    """
    check(by, "receive_referral")
    left = outcome.discharged_on
    if left and referral.arrived_on and not referral.arrived_on <= left <= timezone.localtime(at).date():
        raise ValidationError({"discharged_on": _("Choose a day from the arrival up to today.")})
    with transaction.atomic():
        held = _moved(
            referral,
            ReferralState.RETURNED,
            returned_at=at,
            returned_by=by,
            result=outcome.result,
            diagnosis=outcome.diagnosis,
            advice=outcome.advice,
            discharged_on=left,
        )
        said = [str(ReferralResult(outcome.result).label), outcome.diagnosis, outcome.advice]
        told = " · ".join(filter(None, said))
        _tell(held, _("Result from %(place)s: %(why)s"), told, by, at)
        _owe_care(held, by, at)
        if file:
            add_reply_paper(referral=held, file=file, by=by, on=timezone.localtime(at).date())
    return held


def _owe_care(referral: Referral, by: User, at: datetime) -> None:
    """Who comes home from a ward is visited there; the visits are as confidential as the referral."""
    left = referral.discharged_on
    if left is None or not referral.is_admitted or referral.result == ReferralResult.DIED:
        return
    on = timezone.localtime(at).date()
    owed = care_after(person=referral.person, discharged_on=left, on=on, ground=str(referral.uuid))
    if referral.is_sensitive:
        Duty.objects.filter(pk__in=[duty.pk for duty in owed]).update(is_sensitive=True)
    if owed and referral.need:
        words = ngettext(
            "%(n)s home visit is owed from now on", "%(n)s home visits are owed from now on", len(owed)
        )
        note_on_need(need=referral.need, kind=StepKind.REFERRAL, note=words % {"n": len(owed)}, by=by, on=on)


def cancel_referral(*, referral: Referral, reason: str, by: User, at: datetime) -> Referral:
    """This will call a referral off before the person has gone."""
    check(by, "refer")
    if not reason.strip():
        raise ValidationError({"reason": _("Write down why it is called off.")})
    with transaction.atomic():
        held = _moved(referral, ReferralState.CANCELLED, cancel_reason=reason.strip())
        _tell(held, _("Referral to %(place)s called off: %(why)s"), reason, by, at)
    return held


def check_referral(*, referral: Referral, result: str, by: User, at: datetime, note: str = "") -> Referral:
    """This will note that the doctor has asked after the person, as the norm wants within two weeks."""
    check(by, "refer")
    on = timezone.localtime(at).date()
    with transaction.atomic():
        held = _locked(referral)
        _change(held, checked_on=on, checked_by=by, check_result=result, check_note=note)
        told = " · ".join(filter(None, [str(held.get_check_result_display()), note]))
        _tell(held, _("Asked after the referral to %(place)s: %(why)s"), told, by, at)
    return held


def note_priority(
    *, referral: Referral, kind: str, asked_at: datetime, served_at: datetime | None, by: User
) -> PriorityService:
    """This will keep when one of the three priorities was asked for and when it was given.

    :raises ValidationError: where it was given before it was asked for.
    """
    check(by, "receive_referral")
    if served_at and served_at < asked_at:
        raise ValidationError({"served_at": _("This lies before the time it was asked for.")})
    service, _made_now = PriorityService.objects.update_or_create(
        referral=referral,
        kind=kind,
        defaults={"asked_at": asked_at, "served_at": served_at, "by": by},
    )
    return service


def _serve(referral: Referral, kind: str, at: datetime, by: User) -> None:
    PriorityService.objects.filter(referral=referral, kind=kind, served_at=None).update(served_at=at, by=by)


def _tell(referral: Referral, words: str, why: str, by: User, at: datetime) -> None:
    """The line in the log of the need."""
    if referral.need:
        note = words % {"place": referral.to_institution.name, "why": why.strip()}
        on = timezone.localtime(at).date()
        note_on_need(need=referral.need, kind=StepKind.REFERRAL, note=note, by=by, on=on)


def _locked(referral: Referral) -> Referral:
    held: Referral = (
        Referral.objects.select_for_update(of=("self",))
        .select_related("need", "to_institution", "person")
        .get(pk=referral.pk)
    )
    return held


def _moved(referral: Referral, state: str, **fields: Any) -> Referral:
    held = _locked(referral)
    STATES.check_move("referral", held.state, state)
    _change(held, state=state, **fields)
    return held


def _change(referral: Referral, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(referral, name, value)
    referral.save(update_fields=list(fields))
