"""The end of a stay: discharged, taken back to the ward, or never having been."""

from datetime import date

from django.db import IntegrityError, transaction

from claims.choices import AdmissionState
from claims.models import Admission
from claims.queries.settlements.money import received
from claims.services.admissions.admitting import days_of_stay, refused_by_database
from claims.services.problems import ClaimRefused, refuse
from core.accounts.models import User
from core.accounts.permissions import check


def discharge(*, admission: Admission, on: date, by: User, today: date | None = None) -> Admission:
    """This will end a stay on the day `on`, or put another day where the bill is not settled yet.

    :raises ClaimRefused: where the day lies after `today` or before the admission, or the stay is settled.
    """
    check(by, "settle_bills")
    try:
        with transaction.atomic():
            held = open_stay(admission)
            known = today or max(on, held.admitted_on)
            problems = list(days_of_stay(held.person, held.admitted_on, on, known))
            if problems:
                raise ClaimRefused(problems)
            held.discharged_on, held.state = on, AdmissionState.DISCHARGED
            held.save(update_fields=["discharged_on", "state"])
            return held
    except IntegrityError as clash:
        person = admission.person_id
        raise refused_by_database(clash, person, admission.admitted_on, on, but=admission.pk) from clash


def return_to_ward(*, admission: Admission, by: User) -> Admission:
    """This will take a discharge back that was entered too early.

    :raises ClaimRefused: where the person has come to hospital again since.
    """
    check(by, "settle_bills")
    try:
        with transaction.atomic():
            held = open_stay(admission)
            held.discharged_on, held.state = None, AdmissionState.ADMITTED
            held.save(update_fields=["discharged_on", "state"])
            return held
    except IntegrityError as clash:
        person, first = admission.person_id, admission.admitted_on
        raise refused_by_database(clash, person, first, None, but=admission.pk) from clash


def cancel_admission(*, admission: Admission, reason: str, by: User, on: date) -> Admission:
    """This will mark a stay as never having been; money received must be given back first.

    :raises ClaimRefused: without a reason, with money received, or where it is settled.
    """
    check(by, "settle_bills")
    if not reason.strip():
        raise refuse("reason", "reason_needed")
    with transaction.atomic():
        held = open_stay(admission)
        amount = received(held)
        if amount:
            raise refuse("", "has_money", amount=amount)
        held.state, held.cancel_reason = AdmissionState.CANCELLED, reason.strip()[:120]
        held.save(update_fields=["state", "cancel_reason"])
        return held


def open_stay(admission: Admission) -> Admission:
    """The stay, locked, where nothing has been settled; settling waits for it, payments wait too.

    :raises ClaimRefused: where it is settled or cancelled.
    """
    held: Admission = (
        Admission.objects.select_for_update(of=("self",), no_key=True)
        .select_related("person")
        .get(pk=admission.pk)
    )
    if held.state in (AdmissionState.SETTLED, AdmissionState.CLOSED):
        raise refuse("", "stay_settled")
    if held.state == AdmissionState.CANCELLED:
        raise refuse("", "stay_cancelled")
    return held
