"""What a payer paid, bill by bill, beside what was claimed; and every difference cleared up with words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.choices import DifferenceKind, PayableState
from claims.models import Payable, PayableDifference
from claims.queries.payables.listed import claimed_bills
from claims.services.payables.claiming import check_county, held_payable, total
from core.accounts.models import User


@dataclass(frozen=True, slots=True)
class Paid:
    """One line of the payer's list: the slip's number with its revision, yuan, and why it is not all."""

    reference: str
    amount: Decimal
    reason: str = ""


@transaction.atomic
def record_answer(*, payable: Payable, paid: Iterable[Paid], on: date, by: User) -> list[PayableDifference]:
    """This will write down what a payer paid and set it beside the claim; gives the differences found.

    A number that stands twice in the payer's list counts as one with both amounts.

    :raises ValidationError: where nothing is claimed, the day lies before the claim, or nothing was paid.
    """
    held = held_payable(payable=payable, by=by)
    if held.state != PayableState.CLAIMED:
        raise ValidationError(_("Claim first: the payer's answer belongs to a claim that went out."))
    if held.claimed_on and on < held.claimed_on:
        raise ValidationError({"on": _("The answer cannot be older than the claim. Check the date.")})
    told = list(paid)
    theirs = _summed(told)
    if not theirs:
        raise ValidationError(_("Nothing was paid. If the payer refused the claim, record the refusal."))
    held.received, held.answered_on, held.by = total(theirs.values()), on, by
    held.state = PayableState.PAID
    held.save()
    return PayableDifference.objects.bulk_create(_differences(held, theirs, _reasons(told)))


def record_full_payment(*, payable: Payable, on: date, by: User) -> Payable:
    """This will write down that every bill was paid as claimed."""
    bills = claimed_bills(payable, sees_sensitive=True)
    record_answer(payable=payable, paid=[Paid(bill.reference, bill.amount) for bill in bills], on=on, by=by)
    payable.refresh_from_db()
    return payable


@transaction.atomic
def clear_up(*, difference: PayableDifference, resolution: str, on: date, by: User) -> PayableDifference:
    """This will say how a difference was cleared up.

    :raises ValidationError: without words, or where it was cleared up already.
    """
    check_county(county=difference.payable.county, by=by)
    held: PayableDifference = PayableDifference.objects.select_for_update(of=("self",)).get(pk=difference.pk)
    if held.resolved_on is not None:
        raise ValidationError(_("This difference was cleared up already."))
    if not resolution.strip():
        raise ValidationError({"resolution": _("Say how it was cleared up.")})
    held.resolution, held.resolved_on, held.resolved_by = resolution.strip(), on, by
    held.save(update_fields=["resolution", "resolved_on", "resolved_by"])
    return held


def _summed(paid: Iterable[Paid]) -> dict[str, Decimal]:
    theirs: dict[str, Decimal] = {}
    for line in paid:
        theirs[line.reference] = theirs.get(line.reference, Decimal(0)) + line.amount
    return theirs


def _reasons(paid: Iterable[Paid]) -> dict[str, str]:
    """By reference; several reasons of one bill stand side by side."""
    found: dict[str, list[str]] = {}
    for line in paid:
        if line.reason.strip():
            found.setdefault(line.reference, []).append(line.reason.strip())
    return {reference: "；".join(dict.fromkeys(reasons))[:200] for reference, reasons in found.items()}


def _differences(
    payable: Payable, theirs: dict[str, Decimal], reasons: dict[str, str]
) -> Iterator[PayableDifference]:
    ours = {bill.reference: bill for bill in claimed_bills(payable, sees_sensitive=True)}
    for reference, bill in ours.items():
        kind = _kind(bill.amount, theirs.get(reference))
        if kind:
            yield PayableDifference(
                payable=payable,
                line_id=bill.line_id,
                reference=reference,
                kind=kind,
                ours=bill.amount,
                theirs=theirs.get(reference),
                reason=reasons.get(reference, ""),
            )
    for reference, amount in theirs.items():
        if reference not in ours:
            yield PayableDifference(
                payable=payable,
                reference=reference,
                kind=DifferenceKind.NOT_OURS,
                theirs=amount,
                reason=reasons.get(reference, ""),
            )


def _kind(ours: Decimal, theirs: Decimal | None) -> str:
    if theirs is None:
        return DifferenceKind.NOT_KNOWN
    if theirs == ours:
        return ""
    return DifferenceKind.PAID_LESS if theirs < ours else DifferenceKind.PAID_MORE
