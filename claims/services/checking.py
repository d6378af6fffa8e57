"""Reckoning every balance of a county once more from its papers, and writing down each difference."""

from datetime import date
from itertools import islice

from django.db import transaction

from claims.models import LedgerCheck, LedgerFault
from claims.sql import statement
from core.accounts.models import User
from core.base.sql import one, rows

MOST = 1000
"""Differences kept of one check; how many there are in all is counted."""
_SIZES = ("funds", "entries", "settlements", "lines", "payables")


@transaction.atomic
def check_ledgers(*, county_id: int, on: date, by: User | None = None) -> LedgerCheck:
    """This will reckon funds, settlements, years and claims from their papers and keep what differs.

    One statement reads everything, so a bill that is being settled meanwhile is no difference."""
    values = {"county": county_id}
    faults = rows(statement("ledger_faults"), values)
    sizes = one(statement("ledger_sizes"), values) or ()
    check: LedgerCheck = LedgerCheck.objects.create(
        county_id=county_id,
        checked_on=on,
        checked_by=by,
        examined=dict(zip(_SIZES, sizes, strict=True)),
        differences=len(faults),
    )
    LedgerFault.objects.bulk_create(
        LedgerFault(
            ledger_check=check,
            kind=kind,
            subject=subject[:80],
            subject_id=subject_id,
            detail=detail[:80],
            expected=expected,
            found=found,
        )
        for kind, subject, subject_id, detail, expected, found in islice(faults, MOST)
    )
    return check
