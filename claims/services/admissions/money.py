"""What the patient hands over and gets back; a receipt is never rewritten, a mistake is given back."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from claims.choices import AdmissionState, NumberKind, PayWay, ReceiptKind
from claims.models import Admission, Receipt
from claims.queries.settlements.money import owed
from claims.services.numbers import next_number
from claims.services.problems import refuse
from core.accounts.models import User
from core.accounts.permissions import check

SETTLED = (AdmissionState.SETTLED, AdmissionState.CLOSED)


def receive_payment(
    *, admission: Admission, uuid: UUID, amount: Decimal, way: str, by: User, on: date, note: str = ""
) -> Receipt:
    """This will take money for a stay: a deposit before it is settled, a payment of what is due afterwards.

    The same uuid twice is one receipt. A stay that is paid in full is closed.

    :raises ClaimRefused: where the amount is not above zero or is more than is due, or the stay is cancelled.
    """
    check(by, "settle_bills")
    with transaction.atomic():
        held = _locked(admission, amount, way)
        known = _known(uuid, held, amount)
        if known:
            return known
        due = owed(held).due
        if held.state in SETTLED and due <= 0:
            raise refuse("amount", "nothing_due")
        if held.state in SETTLED and amount > due:
            raise refuse("amount", "more_than_due", due=due)
        kind = ReceiptKind.PAYMENT if held.state in SETTLED else ReceiptKind.DEPOSIT
        receipt = _written(held, uuid, kind, amount, way, by, on, note)
        _follow_money(held)
    return receipt


def refund(
    *, admission: Admission, uuid: UUID, amount: Decimal, way: str, by: User, on: date, note: str = ""
) -> Receipt:
    """This will give money back: what was received above the patient's share; all of it before settling.

    `amount` is above zero; the receipt's is below.

    :raises ClaimRefused: where it is more than can be given back.
    """
    check(by, "settle_bills")
    with transaction.atomic():
        held = _locked(admission, amount, way)
        known = _known(uuid, held, -amount)
        if known:
            return known
        most = owed(held).refund
        if amount > most:
            raise refuse("amount", "more_than_paid", due=most)
        receipt = _written(held, uuid, ReceiptKind.REFUND, -amount, way, by, on, note)
        _follow_money(held)
    return receipt


def _follow_money(admission: Admission) -> None:
    """A settled stay is closed while exactly the patient's share has been received."""
    if admission.state not in SETTLED:
        return
    state = AdmissionState.SETTLED if owed(admission).due else AdmissionState.CLOSED
    if state != admission.state:
        admission.state = state
        admission.save(update_fields=["state"])


def _locked(admission: Admission, amount: Decimal, way: str) -> Admission:
    if amount <= 0:
        raise refuse("amount", "not_positive")
    if way not in PayWay.values:
        raise refuse("way", "not_a_choice")
    held: Admission = Admission.objects.select_for_update(of=("self",), no_key=True).get(pk=admission.pk)
    if held.state == AdmissionState.CANCELLED:
        raise refuse("", "stay_cancelled")
    return held


def _known(uuid: UUID, admission: Admission, amount: Decimal) -> Receipt | None:
    known: Receipt | None = Receipt.objects.filter(uuid=uuid).first()
    if known and (known.admission_id != admission.pk or known.amount != amount):
        raise refuse("", "used_otherwise")
    return known


def _written(
    admission: Admission, uuid: UUID, kind: str, amount: Decimal, way: str, by: User, on: date, note: str
) -> Receipt:
    receipt: Receipt = Receipt.objects.create(
        uuid=uuid,
        admission=admission,
        kind=kind,
        number=f"SJ{next_number(admission.county_id, NumberKind.RECEIPT, on)}",
        amount=amount,
        way=way,
        received_on=on,
        received_by=by,
        note=note.strip()[:120],
    )
    return receipt
