"""Amounts and days as clerks type them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from claims.billfile.reading import money

FEN = Decimal("0.01")


class MoneyField(forms.CharField):
    """Yuan as they are typed: 1,234.50, full-width digits, with or without the sign. A Decimal or None."""

    def __init__(self, **more: Any) -> None:
        self.may_be_negative = more.pop("may_be_negative", False)
        look = {"inputmode": "decimal", "autocomplete": "off", "class": "number"}
        super().__init__(max_length=24, widget=forms.TextInput(attrs=look), **more)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return self._read(str(text)) if text else None

    def _read(self, text: str) -> Decimal:
        amount = money(text)
        if amount is None:
            raise ValidationError(
                _("This is not an amount. Type figures such as 1,234.50."), code="unreadable"
            )
        if amount < 0 and not self.may_be_negative:
            raise ValidationError(_("This is below zero. Type what was charged."), code="negative")
        if amount != amount.quantize(FEN):
            raise ValidationError(_("Yuan have two decimals at most. Please check it."), code="decimals")
        return amount.quantize(FEN)


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def words(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def add_problems(form: forms.Form, found: dict[str, list[str]]) -> None:
    """Puts what a service found beside the fields; what belongs to no field of the form above it."""
    for name, sentences in found.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)
