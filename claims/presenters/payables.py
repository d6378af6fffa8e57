"""Claims to payers in words: where each stands, and what happens next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims.choices import DifferenceKind, PayableState
from claims.models import Payable, PayableDifference
from claims.presenters.figures import Figure, money_figure
from claims.queries.payables.listed import Totals
from claims.queries.payers import Words, word

TONES = {
    PayableState.PENDING: "quiet",
    PayableState.CLAIMED: "info",
    PayableState.PAID: "good",
    PayableState.REFUSED: "bad",
}


@dataclass(frozen=True)
class PayableRow:
    """`amount` is what the lines make, `claimed` what was written down; `short` what the payer kept back."""

    pk: int
    payer: str
    hospital: str
    month: str
    bills: int
    amount: Decimal
    claimed: Decimal | None
    received: Decimal | None
    short: Decimal | None
    state: str
    tone: str
    unclear: int


def payable_rows(
    found: Iterable[Payable], words: Mapping[int, Words], unclear: Mapping[int, int]
) -> list[PayableRow]:
    """`words` are the payers' names by county, `unclear` the open differences by claim."""
    return [payable_row(each, words.get(each.county_id, {}), unclear.get(each.pk, 0)) for each in found]


def payable_row(payable: Any, words: Words, unclear: int) -> PayableRow:
    return PayableRow(
        pk=payable.pk,
        payer=word(words, payable.payer),
        hospital=payable.institution.name,
        month=f"{payable.month:%Y-%m}",
        bills=payable.bills,
        amount=payable.amount,
        claimed=payable.claimed,
        received=payable.received,
        short=None if payable.received is None else payable.claimed - payable.received,
        state=payable.get_state_display(),
        tone=TONES[payable.state],
        unclear=unclear,
    )


def steps(payable: Payable) -> list[dict[str, str]]:
    """The road of a claim, for components/steps.html."""
    refused = payable.state == PayableState.REFUSED
    last = _("Refused") if refused else pgettext("by payers", "Paid")
    road = [(_("Gathered"), PayableState.PENDING), (_("Claimed"), PayableState.CLAIMED)]
    road.append((last, PayableState.REFUSED if refused else PayableState.PAID))
    reached = [code for _label, code in road].index(PayableState(payable.state))
    return [
        {"label": label, "state": "done" if index < reached else "now" if index == reached else "later"}
        for index, (label, _code) in enumerate(road)
    ]


def difference_rows(found: Iterable[PayableDifference]) -> list[dict[str, Any]]:
    return [
        {
            "pk": each.pk,
            "reference": each.reference,
            "kind": DifferenceKind(each.kind).label,
            "ours": each.ours,
            "theirs": each.theirs,
            "reason": each.reason,
            "apart": (each.theirs or 0) - (each.ours or 0),
            "resolution": each.resolution,
            "resolved_on": each.resolved_on,
            "resolved_by": each.resolved_by.get_full_name() if each.resolved_by else "",
        }
        for each in found
    ]


def total_figures(totals: Totals) -> list[Figure]:
    return [
        money_figure(_("Laid out"), totals.amount),
        money_figure(_("Claimed"), totals.claimed),
        money_figure(pgettext("by payers", "Paid"), totals.received),
        money_figure(_("Refused"), totals.refused),
    ]


def claim_figures(payable: Payable, row: PayableRow) -> list[Figure]:
    """What the lines make, and as far as it went: claimed, paid, kept back."""
    figures = [money_figure(_("Laid out"), row.amount)]
    if row.claimed is not None:
        figures.append(money_figure(_("Claimed"), row.claimed, on=payable.claimed_on))
    if row.received is not None and row.short is not None:
        figures.append(money_figure(pgettext("by payers", "Paid"), row.received, on=payable.answered_on))
        figures.append(money_figure(pgettext("paid less than claimed", "Short"), row.short))
    return figures
