"""Gathering what payers owe: each line of a settlement into the claim to its payer, by hospital and month."""

from datetime import date

from django.db import transaction

from claims.sql import statement
from core.base.sql import prepared

HOSPITAL = "hospital"
"""The payer who is the hospital itself: what it waives nobody owes it."""
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('claims_payable'), %(county)s::int)"


def hold_payables(county_id: int) -> None:
    """This will keep everybody else from gathering or claiming in the county until the transaction ends."""
    prepared(_ONE_AT_A_TIME, {"county": county_id})


@transaction.atomic
def assemble_payables(*, county_id: int, on: date) -> int:
    """This will put every line settled until `on` into the claim it belongs to; gives how many were loose.

    A line stands in the month of its settling, or, where that month was claimed already, in the first month
    after it. A reversal is a line below zero of the month it happens in. Safe to repeat."""
    hold_payables(county_id)
    values = {"county": county_id, "own": HOSPITAL, "on": on}
    return prepared(statement("assemble_payables"), values).rowcount
