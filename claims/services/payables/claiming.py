"""Claiming from a payer, what it answered, and closing a month."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from claims.choices import PayableState
from claims.models import ClosedMonth, Payable
from claims.queries.counties import is_own_county
from claims.services.payables.assembling import assemble_payables, hold_payables
from core.accounts.models import Area, User
from core.accounts.permissions import check
from core.base.sql import prepared

_NOBODY_SETTLES = "SELECT pg_advisory_xact_lock(hashtext('claims_closedmonth'), %(county)s::int)"


@transaction.atomic
def claim(*, payable: Payable, on: date, by: User) -> Payable:
    """This will claim one month from a payer, the first time or again after it refused.

    The sum of the lines is written down; bills that come later count in a later month.

    :raises ValidationError: before the month is over, or where it was claimed already.
    """
    held = held_payable(payable=payable, by=by)
    if held.state not in (PayableState.PENDING, PayableState.REFUSED):
        raise ValidationError(_("This month was claimed already."))
    if not is_over(held.month, on):
        raise ValidationError(_("The month is not over yet: bills may still be settled in it."))
    held.claimed = held.lines.aggregate(sum=Sum("line__amount"))["sum"] or Decimal(0)
    held.state, held.claimed_on, held.by = PayableState.CLAIMED, on, by
    held.answered_on, held.received, held.refuse_reason = None, None, ""
    held.save()
    return held


@transaction.atomic
def claim_month(*, county: Area, month: date, on: date, by: User) -> int:
    """This will claim everything of a month that was not claimed yet; gives how many claims went out.

    :raises ValidationError: before the month is over.
    """
    check_county(county=county, by=by)
    assemble_payables(county_id=county.pk, on=on)
    waiting = Payable.objects.filter(county=county, month=month, state=PayableState.PENDING)
    return len([claim(payable=payable, on=on, by=by) for payable in waiting.order_by("pk")])


@transaction.atomic
def refuse(*, payable: Payable, reason: str, on: date, by: User) -> Payable:
    """This will write down that the payer refused the whole claim, and why.

    :raises ValidationError: where it was not claimed, or without a reason.
    """
    held = held_payable(payable=payable, by=by)
    if held.state != PayableState.CLAIMED:
        raise ValidationError(_("Only what was claimed can be refused."))
    if not reason.strip():
        raise ValidationError({"reason": _("Write down the payer's reason.")})
    held.state, held.answered_on, held.refuse_reason, held.by = PayableState.REFUSED, on, reason.strip(), by
    held.save()
    return held


@transaction.atomic
def close_month(*, county: Area, month: date, on: date, by: User) -> ClosedMonth:
    """This will close a month: nothing is settled into it any more.

    Waits for settlements that are being written. `month` is its first day.

    :raises ValidationError: before it is over, while something of it is not claimed, or closed already.
    """
    check_county(county=county, by=by)
    if not is_over(month, on):
        raise ValidationError(_("The month is not over yet: bills may still be settled in it."))
    prepared(_NOBODY_SETTLES, {"county": county.pk})
    assemble_payables(county_id=county.pk, on=on)
    waiting = Payable.objects.filter(county=county, month__lte=month, state=PayableState.PENDING).count()
    if waiting:
        words = _("%(count)s claims up to this month have not gone out. Claim them first.")
        raise ValidationError(words % {"count": waiting})
    try:
        with transaction.atomic():
            closed: ClosedMonth = ClosedMonth.objects.create(
                county=county, month=month, closed_on=on, closed_by=by
            )
    except IntegrityError as twice:
        raise ValidationError(_("This month is closed already.")) from twice
    return closed


def is_over(month: date, on: date) -> bool:
    return on.replace(day=1) > month


def held_payable(*, payable: Payable, by: User) -> Payable:
    """The row as it is now, locked, with the county's claims held."""
    check_county(county=payable.county, by=by)
    hold_payables(payable.county_id)
    held: Payable = Payable.objects.select_for_update(of=("self",)).get(pk=payable.pk)
    return held


def check_county(*, county: Area, by: User) -> None:
    check(by, "manage_funds")
    if not is_own_county(by, county):
        raise PermissionDenied("manage_funds")


def total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal("0.00"))
