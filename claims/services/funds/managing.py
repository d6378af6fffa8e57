"""Opening a fund, putting money in, correcting its ledger. What bills take out is written as they settle."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claims.choices import EntryKind
from claims.models import Fund, FundEntry
from claims.queries.counties import is_closed, is_own_county
from core.accounts.models import Area, User
from core.accounts.permissions import check


@dataclass(frozen=True, slots=True)
class FundWanted:
    """`holds` is the opening balance in yuan, `warns_at` a share of what was put in (0.20)."""

    payer: str
    year: int
    name_zh: str
    name_en: str
    holds: Decimal
    warns_at: Decimal = Decimal("0.20")
    may_overdraw: bool = True


@transaction.atomic
def open_fund(*, county: Area, wanted: FundWanted, on: date, by: User) -> Fund:
    """This will open the fund of one payer for one year with its opening balance, entered on `on`.

    :raises ValidationError: where the payer has a fund in that year already, or the day is not in order.
    """
    _check(by, county)
    _check_day(county, wanted.year, on)
    try:
        with transaction.atomic():
            fund = Fund.objects.create(
                county=county,
                code=f"{wanted.payer}-{wanted.year}",
                payer=wanted.payer,
                year=wanted.year,
                name_zh=wanted.name_zh,
                name_en=wanted.name_en or wanted.name_zh,
                warns_at=wanted.warns_at,
                may_overdraw=wanted.may_overdraw,
            )
    except IntegrityError as twice:
        words = _(
            "This payer has a fund in that year already. Put the money into it, or choose another year."
        )
        raise ValidationError({"payer": words}) from twice
    if wanted.holds:
        FundEntry.objects.create(
            fund=fund, kind=EntryKind.OPENING, amount=wanted.holds, entered_on=on, entered_by=by
        )
        fund.refresh_from_db()
    return fund


def put_in(
    *, fund: Fund, amount: Decimal, note: str, on: date, by: User, key: UUID | None = None
) -> FundEntry:
    """This will enter money put into a fund. The same `key` twice is one entry.

    :raises ValidationError: for an amount of nothing, or a day outside of the fund's open months.
    """
    if amount <= 0:
        raise ValidationError(
            {"amount": _("Write an amount above zero. To take money back, correct the ledger.")}
        )
    return _enter(fund, EntryKind.GRANT, amount, note, on, by, key)


def correct_ledger(
    *, fund: Fund, amount: Decimal, note: str, on: date, by: User, key: UUID | None = None
) -> FundEntry:
    """This will enter a correction, below zero where money leaves; `note` says what was wrong.

    :raises ValidationError: without an amount or words, or where the fund would hold less than nothing.
    """
    if not amount:
        raise ValidationError({"amount": _("Write by how much: 500.00 adds, -500.00 takes away.")})
    if not note.strip():
        raise ValidationError({"note": _("Say what was wrong, so that others can follow it.")})
    return _enter(fund, EntryKind.CORRECTION, amount, note, on, by, key)


@transaction.atomic
def change_warning(*, fund: Fund, warns_at: Decimal, may_overdraw: bool, by: User) -> Fund:
    """This will set at which share of what was put in a fund warns, and whether it may go below zero.

    :raises ValidationError: where it is below zero and should hold money from now on.
    """
    _check(by, fund.county)
    held: Fund = Fund.objects.select_for_update(of=("self",)).get(pk=fund.pk)
    if not may_overdraw and held.balance < 0:
        words = _("The fund is below zero. Put money in first.")
        raise ValidationError({"may_overdraw": words})
    held.warns_at, held.may_overdraw = warns_at, may_overdraw
    held.save(update_fields=["warns_at", "may_overdraw"])
    return held


@transaction.atomic
def _enter(
    fund: Fund, kind: str, amount: Decimal, note: str, on: date, by: User, key: UUID | None
) -> FundEntry:
    _check(by, fund.county)
    held: Fund = Fund.objects.select_for_update(of=("self",)).get(pk=fund.pk)
    entered: FundEntry | None = FundEntry.objects.filter(key=key).first() if key else None
    if entered is not None:
        return _same(entered, held, kind, amount)
    _check_day(fund.county, fund.year, on)
    if not held.may_overdraw and held.balance + amount < 0:
        words = _("The fund holds only %(left)s yuan.") % {"left": f"{held.balance:,.2f}"}
        raise ValidationError({"amount": words})
    return FundEntry.objects.create(
        key=key, fund=held, kind=kind, amount=amount, entered_on=on, note=note.strip(), entered_by=by
    )


def _same(entered: FundEntry, fund: Fund, kind: str, amount: Decimal) -> FundEntry:
    """A form sent twice is one entry; a form sent again with other words is not."""
    if (entered.fund_id, entered.kind, entered.amount) != (fund.pk, kind, amount):
        raise ValidationError(_("This form was used already. Open it anew, so that both amounts count."))
    return entered


def _check_day(county: Area, year: int, on: date) -> None:
    if on.year != year:
        words = _("This is the fund of %(year)s. Choose a day of that year.") % {"year": year}
        raise ValidationError({"on": words})
    if is_closed(county, on):
        words = _("%(month)s is closed. Choose a day of an open month.") % {"month": f"{on:%Y-%m}"}
        raise ValidationError({"on": words})


def _check(by: User, county: Area) -> None:
    check(by, "manage_funds")
    if not is_own_county(by, county):
        raise PermissionDenied("manage_funds")
