"""What is typed and handed in when a payer answers."""

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import PayableState
from claims.forms.fields import MoneyField
from claims.forms.funds import not_ahead
from claims.queries.payers import word
from claims.services.payables.answering import Paid
from core.base.sheets import OpeningError, open_sheets
from core.base.texts import Text
from core.clinics.forms import day_input

_NUMBERS = ("结算单号", "结算编号", "结算号", "单号", "编号", "settlement number", "number", "reference")
_AMOUNTS = ("拨付金额", "实拨金额", "支付金额", "实付金额", "金额", "amount paid", "amount", "paid")
_REASONS = ("扣减原因", "扣款原因", "拒付原因", "原因", "备注", "reason", "remark", "note")
_TOTALS = ("合计", "总计", "小计", "total")
_HEADER_WITHIN = 15
_TOLD = 5


class PayableFilter(forms.Form):
    month = forms.ChoiceField(label=gettext_lazy("Month"), required=False)
    payer = forms.ChoiceField(label=gettext_lazy("Payer"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(self, *args: Any, months: Sequence[date], payers: dict[str, Text], **more: Any) -> None:
        super().__init__(*args, **more)
        everything = [("", _("All"))]
        choices: dict[str, list[Any]] = {
            "month": [(f"{month:%Y-%m}", f"{month:%Y-%m}") for month in months],
            "payer": [(code, word(payers, code)) for code in payers],
            "state": list(PayableState.choices),
        }
        for name, offered in choices.items():
            self.fields[name].choices = everything + offered  # type: ignore[attr-defined]


class DayForm(forms.Form):
    on = forms.DateField(label=gettext_lazy("Answered on"), widget=day_input())

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today
        self.initial.setdefault("on", today)

    def clean_on(self) -> date:
        return not_ahead(self.cleaned_data["on"], self.today)


class AnswerForm(DayForm):
    file = forms.FileField(
        label=gettext_lazy("The payer's list"),
        help_text=gettext_lazy(
            "Excel (.xlsx) or CSV with a column for the settlement number and one for the amount; a column"
            " with the payer's reasons is read too."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_file(self) -> list[Paid]:
        return read_list(self.cleaned_data["file"].read())


class PartialForm(DayForm):
    """What was paid of each bill of a claim, typed; `bills` are its ClaimedBills. Less needs a reason."""

    def __init__(self, *args: Any, bills: Sequence[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.bills = bills
        for bill in bills:
            self.fields[f"paid-{bill.line_id}"] = MoneyField(
                label=_("Paid for %(number)s (yuan)") % {"number": bill.reference},
                initial=f"{bill.amount:.2f}",
                may_be_negative=True,
            )
            self.fields[f"reason-{bill.line_id}"] = forms.CharField(
                label=_("Reason for %(number)s") % {"number": bill.reference}, max_length=200, required=False
            )

    def rows(self) -> Iterator[tuple[Any, Any, Any]]:
        """Each bill with its two fields."""
        for bill in self.bills:
            yield bill, self[f"paid-{bill.line_id}"], self[f"reason-{bill.line_id}"]

    def clean(self) -> dict[str, Any]:
        """Adds `paid`: a line for each bill."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        paid = []
        for bill in self.bills:
            amount = given.get(f"paid-{bill.line_id}")
            reason = given.get(f"reason-{bill.line_id}", "")
            if amount is not None and amount < bill.amount and not reason:
                self.add_error(
                    f"reason-{bill.line_id}", _("Less was paid than claimed. Write the payer's reason.")
                )
            if amount is not None:
                paid.append(Paid(bill.reference, amount, reason))
        given["paid"] = paid
        return given


class RefusalForm(DayForm):
    reason = forms.CharField(label=gettext_lazy("The payer's reason"), max_length=200)


class YearEndForm(forms.Form):
    """`expected` is the sum that was shown."""

    expected = forms.DecimalField(widget=forms.HiddenInput, max_digits=14, decimal_places=2)


class YearEndRefusal(forms.Form):
    reason = forms.CharField(label=gettext_lazy("The payer's reason"), max_length=200)


class ClearForm(forms.Form):
    resolution = forms.CharField(label=gettext_lazy("How it was cleared up"), max_length=200)


def read_list(content: bytes) -> list[Paid]:
    """The numbers and amounts of a payer's list.

    :raises ValidationError: naming the lines that cannot be read, and what to do."""
    try:
        sheets = [sheet for sheet in open_sheets(content) if sheet.rows]
    except OpeningError as unreadable:
        words = _(
            "This file cannot be read. Save it as .xlsx or CSV UTF-8 without a password, and try again."
        )
        raise forms.ValidationError(words, code=unreadable.code) from unreadable
    for sheet in sheets:
        found = _header(sheet.rows)
        if found:
            return _lines(sheet.rows, *found)
    words = _("No line of headings was found. Name the columns “Settlement number” and “Amount”.")
    raise forms.ValidationError(words)


def _header(rows: list[list[Any]]) -> tuple[int, int, int, int | None] | None:
    """Which line holds the headings, and the columns of number, amount and, where there is one, reason."""
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        cells = [_plain(cell) for cell in row]
        number, amount = _column(cells, _NUMBERS), _column(cells, _AMOUNTS)
        if number is not None and amount is not None and number != amount:
            return index, number, amount, _column(cells, _REASONS)
    return None


def _column(cells: list[str], names: tuple[str, ...]) -> int | None:
    """The column whose heading is the name, or begins with it, such as 金额（元）; the best name first."""
    for name in names:
        for index, cell in enumerate(cells):
            if cell == name or cell.startswith((f"{name}(", f"{name} (")):
                return index
    return None


def _lines(rows: list[list[Any]], header: int, number: int, amount: int, reason: int | None) -> list[Paid]:
    paid, wrong = [], []
    for index, row in enumerate(rows[header + 1 :], start=header + 2):
        reference, typed = _reference(row[number]), row[amount]
        if (not reference and not _plain(typed)) or _is_total(row):
            continue
        value = yuan_in(typed)
        if not reference or value is None:
            wrong.append((index, reference))
        else:
            paid.append(Paid(reference[:60], value, _told_reason(row, reason)))
    if wrong:
        raise forms.ValidationError(list(_told(wrong)))
    if not paid:
        raise forms.ValidationError(_("The list holds no bills below its headings."))
    return paid


def _told_reason(row: list[Any], column: int | None) -> str:
    return str(row[column] or "").strip()[:200] if column is not None and column < len(row) else ""


def _told(wrong: list[tuple[int, str]]) -> Iterator[str]:
    for index, reference in wrong[:_TOLD]:
        if reference:
            yield _("Line %(line)s: the amount cannot be read. Write it like 1234.50.") % {"line": index}
        else:
            yield _("Line %(line)s: the settlement number is missing.") % {"line": index}
    if len(wrong) > _TOLD:
        yield _("%(count)s more lines like these.") % {"count": len(wrong) - _TOLD}


def _is_total(row: list[Any]) -> bool:
    return any(_plain(cell).startswith(_TOTALS) for cell in row)


def _reference(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return unicodedata.normalize("NFKC", str(cell or "")).strip().lstrip("'").replace(" ", "")


def _plain(cell: Any) -> str:
    return unicodedata.normalize("NFKC", str(cell if cell is not None else "")).strip().casefold()


def yuan_in(cell: Any) -> Decimal | None:
    """Yuan to the fen: 1,234.50, ￥1234.5, (12.00) for less than nothing; None for anything else."""
    text = _plain(cell).replace(",", "").replace("元", "").lstrip("¥").strip()
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1]}"
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    fen = value.quantize(Decimal("0.01")) if value.is_finite() and abs(value) < 10**10 else None
    return fen if fen == value or (fen is not None and isinstance(cell, float)) else None
