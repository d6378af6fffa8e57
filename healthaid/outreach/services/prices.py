"""Checking what a village clinic asks for drugs against what it paid."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import check
from core.clinics.models import Institution
from healthaid.outreach.models import PriceCheck


@dataclass(frozen=True)
class Price:
    """One drug as it was found; `paid` and `asked` in yuan for one `pack`."""

    drug: str
    pack: str
    paid: Decimal
    asked: Decimal


@transaction.atomic
def record_prices(*, institution: Institution, prices: list[Price], by: User, on: date) -> int:
    """This will keep the prices of a check, and give how many of them are marked up.

    A drug that was noted on that day already takes the new price; history keeps the other.

    :raises ValidationError: without a drug, or with one twice.
    """
    check(by, "check_prices")
    if by.area_id not in institution.area.ancestors:
        raise PermissionDenied("check_prices")
    if not prices:
        raise ValidationError(_("Write down at least one drug."))
    if len({(one.drug, one.pack) for one in prices}) < len(prices):
        raise ValidationError(_("One of the drugs stands there twice. Take one away."))
    rows = [
        PriceCheck(
            institution=institution,
            drug=one.drug,
            pack=one.pack,
            paid=one.paid,
            asked=one.asked,
            checked_on=on,
            checked_by=by,
        )
        for one in prices
    ]
    PriceCheck.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["institution", "checked_on", "drug", "pack"],
        update_fields=["paid", "asked", "checked_by"],
    )
    return sum(one.asked > one.paid for one in prices)
