"""Repaying at the year's end: decided once for everybody, claimed from the payer, paid."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claims.choices import PayableState
from claims.models import YearEndBatch, YearEndTopUp
from claims.queries.year_end import Waiting, reckoned, total_of
from claims.services.payables.claiming import check_county
from core.accounts.models import User


def repay(*, waiting: Waiting, expected: Decimal, by: User, on: date) -> YearEndBatch:
    """This will decide what one rule pays back for a year: a row for each person, one sum for its payer.

    `expected` is the sum that was seen, in yuan.

    :raises ValidationError: before the year is over, where it was decided already, where the sum is another
        one by now, or where nobody gets anything.
    """
    check_county(county=waiting.county, by=by)
    if on.year <= waiting.year:
        raise ValidationError(_("The year is not over yet: bills may still come into it."))
    try:
        with transaction.atomic():
            return _decided(waiting, expected, by, on)
    except IntegrityError as twice:
        raise ValidationError(_("This year was decided already.")) from twice


def _decided(waiting: Waiting, expected: Decimal, by: User, on: date) -> YearEndBatch:
    dues = reckoned(waiting.county.pk, waiting.year, waiting.rule)
    total = total_of(dues)
    if not dues:
        raise ValidationError(_("Nobody bore more than what stays with them: there is nothing to repay."))
    if total != expected:
        words = _("Bills of the year have changed: %(sum)s yuan by now. Look at the list again.")
        raise ValidationError(words % {"sum": f"{total:,.2f}"})
    batch = YearEndBatch.objects.create(
        county=waiting.county,
        policy_id=waiting.in_force.version,
        year=waiting.year,
        rule=waiting.rule.code,
        payer=waiting.rule.payer,
        persons=len(dues),
        amount=total,
        made_on=on,
        made_by=by,
    )
    YearEndTopUp.objects.bulk_create(
        YearEndTopUp(
            batch=batch,
            person_id=due.person,
            household_id=due.household,
            is_sensitive=due.is_sensitive,
            bills=due.bills,
            whole=due.found.whole,
            own=due.found.own,
            kept=due.found.kept,
            amount=due.found.amount,
        )
        for due in dues
    )
    return batch


def claim_batch(*, batch: YearEndBatch, by: User, on: date) -> YearEndBatch:
    """This will claim the whole sum from the payer, the first time or again after it refused."""
    return _step(batch, PayableState.CLAIMED, (PayableState.PENDING, PayableState.REFUSED), by, on)


def batch_paid(*, batch: YearEndBatch, by: User, on: date) -> YearEndBatch:
    """This will write down that the payer has paid the whole sum out."""
    return _step(batch, PayableState.PAID, (PayableState.CLAIMED,), by, on)


def batch_refused(*, batch: YearEndBatch, reason: str, by: User, on: date) -> YearEndBatch:
    """This will write down that the payer refused.

    :raises ValidationError: without its reason."""
    if not reason.strip():
        raise ValidationError({"reason": _("Write the payer's reason.")})
    return _step(batch, PayableState.REFUSED, (PayableState.CLAIMED,), by, on, reason.strip()[:200])


@transaction.atomic
def _step(
    batch: YearEndBatch, state: str, allowed: tuple[str, ...], by: User, on: date, reason: str = ""
) -> YearEndBatch:
    check_county(county=batch.county, by=by)
    held: YearEndBatch = YearEndBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if held.state not in allowed:
        raise ValidationError(_("It stands elsewhere by now. Open the page again."))
    held.state, held.refuse_reason = state, reason
    if state == PayableState.CLAIMED:
        held.claimed_on, held.answered_on = on, None
    else:
        held.answered_on = on
    held.save()
    return held
