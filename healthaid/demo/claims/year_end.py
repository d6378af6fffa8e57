"""What the demo's county paid back when the year before was over."""

from datetime import date

from claims.queries.year_end import reckoned, total_of, waiting
from claims.services.year_end import batch_paid, claim_batch, repay
from core.accounts.models import User


def repay_last_year(officer: int, on: date) -> None:
    """This will decide, claim and pay the repayments of the year before, in January and March."""
    by = User.objects.select_related("area").get(pk=officer)
    for each in waiting(by, on):
        total = total_of(reckoned(each.county.pk, each.year, each.rule))
        if total and on > date(each.year + 1, 3, 20):
            batch = repay(waiting=each, expected=total, by=by, on=date(each.year + 1, 1, 16))
            claim_batch(batch=batch, by=by, on=date(each.year + 1, 1, 20))
            batch_paid(batch=batch, by=by, on=date(each.year + 1, 3, 12))
