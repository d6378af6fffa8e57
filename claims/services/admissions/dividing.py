"""A stay over New Year made into two, where the policy counts each part in its own year."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from claims.choices import AdmissionState, Care
from claims.models import Admission, BillItem
from claims.policy.facts import BillLine
from claims.policy.money import rounded
from claims.policy.parting import part_of, share_before
from claims.services.admissions.billing import PARTS, ItemWanted, keep_lines, keep_reported
from claims.services.admissions.staying import open_stay
from claims.services.problems import refuse
from core.accounts.models import User
from core.accounts.permissions import check
from core.base.ids import uuid7

_SAME = (
    *("person_id", "household_id", "institution_id", "care", "level", "is_in_county", "is_designated"),
    *("diagnosis", "icd10", "is_sensitive", "referral", "referral_no", "treats_first", "no_credit"),
    *("agreed_on", "signer_name", "is_priority", "in_reserved_bed", "discharged_on"),
)


def divide_at_new_year(*, admission: Admission, by: User, on: date) -> Admission:
    """This will end a discharged stay on 31 December and give the part after it as a stay of its own.

    Costs and what outside payers said are divided by days (`claims.policy.parting`); both bills may still be
    changed line by line, where the hospital knows better. Two New Years take two calls.

    :raises ClaimRefused: where it does not lie over New Year, is not discharged, or is settled or cancelled.
    """
    check(by, "settle_bills")
    with transaction.atomic():
        held = open_stay(admission)
        ends = held.discharged_on
        if held.state != AdmissionState.DISCHARGED or ends is None:
            raise refuse("discharged_on", "not_discharged")
        if held.care != Care.INPATIENT or held.admitted_on.year == ends.year:
            raise refuse("", "within_one_year")
        share = share_before(held.admitted_on, ends)
        new_year = date(held.admitted_on.year + 1, 1, 1)
        values = {name: getattr(held, name) for name in _SAME}
        held.discharged_on = date(held.admitted_on.year, 12, 31)
        held.save(update_fields=["discharged_on"])
        rest: Admission = Admission.objects.create(
            uuid=uuid7(),
            hospital_no=_second_number(held.hospital_no),
            admitted_on=new_year,
            state=AdmissionState.DISCHARGED,
            continues=held,
            admitted_by=by,
            **values,
        )
        _divide_costs(held, rest, share)
    return rest


def _second_number(number: str) -> str:
    """The hospital's number of the second part: a number names one stay."""
    return f"{number[:36]}-跨年" if number else ""


def _divide_costs(first: Admission, rest: Admission, share: Decimal) -> None:
    items = list(BillItem.objects.filter(admission=first).order_by("position"))
    pairs = [_divided(item, share) for item in items]
    _keep(first, (before for before, _after in pairs))
    _keep(rest, (after for _before, after in pairs))
    told = {layer: Decimal(amount) for layer, amount in first.reported.items()}
    before = {layer: rounded(amount * share) for layer, amount in told.items()}
    after = {layer: amount - before[layer] for layer, amount in told.items()}
    for stay, amounts in ((first, before), (rest, after)):
        keep_reported(stay.pk, {layer: str(amount) for layer, amount in amounts.items() if amount})


def _divided(item: BillItem, share: Decimal) -> tuple[ItemWanted, ItemWanted]:
    line = BillLine(item.category, item.item_class, item.amount, item.first_pay, item.over_limit)  # type: ignore[arg-type]
    before: dict[str, Any] = dict(zip(("amount", *PARTS), part_of(line, share), strict=True))
    after = {name: getattr(item, name) - amount for name, amount in before.items()}
    named: dict[str, Any] = {"category": item.category, "item_class": item.item_class, "name": item.name}
    return ItemWanted(**named, **before), ItemWanted(**named, **after)


def _keep(stay: Admission, lines: Iterable[ItemWanted]) -> None:
    kept = [line for line in lines if line.amount]
    amounts = [{name: Decimal(getattr(line, name)) for name in ("amount", *PARTS)} for line in kept]
    keep_lines(stay.pk, kept, amounts)
