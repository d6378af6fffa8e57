"""The claim to a payer, in words and figures, for the workbook and the PDF."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from claims.models import Payable
from claims.papers.claim_sheet import ClaimSheet
from claims.queries.payables.listed import ClaimedBill
from claims.queries.payers import payer_words, word

FIELDS = ["reference", "hospital_no", "name", "id_masked", "admitted_on", "discharged_on", "total", "amount"]


def claim_sheet_of(payable: Payable, bills: Sequence[ClaimedBill], *, trace: str) -> ClaimSheet:
    """`trace` says who took the sheet out, and when."""
    return ClaimSheet(
        language=get_language() or "zh-hans",
        title=_("Claim for medical costs: %(payer)s") % {"payer": _payer(payable)},
        facts=_facts(payable, len(bills)),
        unit=_("Unit: yuan"),
        heads=_heads(),
        rows=tuple(_row(number, bill) for number, bill in enumerate(bills, start=1)),
        together=_together(bills),
        signatures=(_("Made by"), _("Checked by"), _("Head of unit (seal)"), _("Date")),
        note=_(
            "A bill with a minus takes back what was claimed before."
            " The payer's answer names the settlement number as it stands here."
        ),
        trace=trace,
        sheet=f"{payable.month:%Y-%m}",
    )


def _payer(payable: Payable) -> str:
    return word(payer_words(payable.county_id), payable.payer)


def _facts(payable: Payable, count: int) -> tuple[str, ...]:
    told = [
        (_("Hospital"), payable.institution.name),
        (_("Payer"), _payer(payable)),
        (_("Month"), f"{payable.month:%Y-%m}"),
        (_("Bills"), str(count)),
    ]
    if payable.claimed_on:
        told.append((_("Claimed on"), f"{payable.claimed_on:%Y-%m-%d}"))
    mark = _("%(name)s: %(value)s")
    return tuple(mark % {"name": name, "value": value} for name, value in told)


def _heads() -> tuple[str, ...]:
    return (
        pgettext("row", "No."),
        _("Settlement number"),
        _("Hospital number"),
        _("Name"),
        _("ID number (masked)"),
        pgettext("column", "Admitted"),
        pgettext("column", "Discharged"),
        _("Total cost"),
        _("Compliant cost"),
        _("Amount claimed"),
    )


def _row(number: int, bill: ClaimedBill) -> tuple[Any, ...]:
    name = _("confidential") if bill.is_hidden else bill.name
    days = (_day(bill.admitted_on), _day(bill.discharged_on))
    amounts = (bill.total, bill.compliant, bill.amount)
    return (number, bill.reference, bill.hospital_no, name, bill.id_masked, *days, *amounts)


def _together(bills: Sequence[ClaimedBill]) -> tuple[Any, ...]:
    def total(amounts: Sequence[Decimal]) -> Decimal:
        return sum(amounts, Decimal("0.00"))

    sums = (
        total([bill.total for bill in bills]),
        total([bill.compliant for bill in bills]),
        total([bill.amount for bill in bills]),
    )
    return ("", _("Together"), "", "", "", "", "", *sums)


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""
