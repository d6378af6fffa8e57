"""A reckoning of the books in words: grouped by kind, each difference with where to look."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims.choices import FaultKind
from claims.models import LedgerCheck, LedgerFault

_FUNDS = (FaultKind.FUND_BALANCE,)
_CLAIMS = (FaultKind.CLAIMED, FaultKind.MISPLACED)


def check_view(found: LedgerCheck, faults: Sequence[LedgerFault]) -> dict[str, Any]:
    groups = [
        {"label": FaultKind(kind).label, "remedy": remedies()[kind], "faults": [_fault(each) for each in of]}
        for kind, of in groupby(faults, key=lambda each: each.kind)
    ]
    return {
        "pk": found.pk,
        "county": found.county.name,
        "checked_on": found.checked_on,
        "at": found.created_at,
        "by": found.checked_by.get_full_name() if found.checked_by else "",
        "differences": found.differences,
        "groups": groups,
        "more": found.differences - len(faults),
        "examined": _examined(found.examined),
    }


def _fault(fault: LedgerFault) -> dict[str, Any]:
    return {
        "subject": fault.subject,
        "detail": fault.detail,
        "expected": fault.expected,
        "found": fault.found,
        "url": _url(fault),
    }


def _url(fault: LedgerFault) -> str:
    if fault.kind in _FUNDS:
        return reverse("claims:fund", args=[fault.subject_id])
    return reverse("claims:payable", args=[fault.subject_id]) if fault.kind in _CLAIMS else ""


def _examined(sizes: dict[str, int]) -> list[tuple[str, int]]:
    words = {
        "funds": pgettext("reckoned", "funds"),
        "entries": pgettext("reckoned", "entries"),
        "settlements": pgettext("reckoned", "settlements"),
        "lines": pgettext("reckoned", "lines"),
        "payables": pgettext("reckoned", "claims"),
    }
    return [(word, sizes[name]) for name, word in words.items() if name in sizes]


def remedies() -> dict[str, str]:
    """Who looks at what, for each kind of difference."""
    ledger = _("Compare the ledger with the bills, and add a correction with a note.")
    bill = _("Open the bill by its number and correct the settlement with a reason; nothing is edited.")
    claim = _("Print the sheet of the claim, compare it with what was sent, and tell the payer.")
    books = _("Data were changed past the program. Tell the administrator; the history shows when.")
    return {
        FaultKind.FUND_BALANCE: books,
        FaultKind.ENTRY_AMOUNT: ledger,
        FaultKind.ENTRY_MISSING: ledger,
        FaultKind.LINES: books,
        FaultKind.BILL: bill,
        FaultKind.REVERSAL: books,
        FaultKind.STANDING: books,
        FaultKind.STAY: bill,
        FaultKind.YEAR: bill,
        FaultKind.CLAIMED: claim,
        FaultKind.MISPLACED: claim,
    }
