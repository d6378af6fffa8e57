"""What is typed, or handed in as a table, when a clinic's prices are checked."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from healthaid.outreach.forms.fields import day_field, not_ahead
from healthaid.outreach.queries.prices import read_prices
from healthaid.outreach.services.prices import Price

ROWS = range(1, 7)


@dataclass(frozen=True)
class Row:
    """The fields of one drug."""

    drug: forms.BoundField
    pack: forms.BoundField
    paid: forms.BoundField
    asked: forms.BoundField


def _yuan(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=Decimal("0.01"),
        max_digits=8,
        decimal_places=2,
        required=False,
        widget=forms.NumberInput(attrs={"class": "input-short", "step": "0.01", "inputmode": "decimal"}),
    )


class PricesForm(forms.Form):
    """A row for each drug of the sample, empty ones left out; or all of them in one table."""

    checked_on = day_field(_("Checked on"))
    table = forms.FileField(
        label=_("Or a table (.xlsx, .csv)"),
        required=False,
        help_text=_("Columns: drug, strength and pack, purchase price, selling price."),
    )

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **{"initial": {"checked_on": today}, **more})
        self.today = today
        for number in ROWS:
            told = {"number": number}
            self.fields[f"drug_{number}"] = forms.CharField(
                label=_("Drug %(number)s") % told, max_length=60, required=False
            )
            self.fields[f"pack_{number}"] = forms.CharField(
                label=_("Strength and pack of drug %(number)s") % told, max_length=40, required=False
            )
            self.fields[f"paid_{number}"] = _yuan(_("Purchase price of drug %(number)s") % told)
            self.fields[f"asked_{number}"] = _yuan(_("Selling price of drug %(number)s") % told)

    @property
    def rows(self) -> list[Row]:
        return [Row(*(self[f"{name}_{n}"] for name in ("drug", "pack", "paid", "asked"))) for n in ROWS]

    def clean_checked_on(self) -> date:
        return not_ahead(self.cleaned_data["checked_on"], self.today)

    def clean_table(self) -> list[Price]:
        file = self.cleaned_data["table"]
        if not file:
            return []
        told = read_prices(file.read())
        if told.problems:
            raise ValidationError(told.problems[:10])
        return [Price(*row) for row in told.rows]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for n in ROWS:
            given = {name: cleaned.get(f"{name}_{n}") for name in ("drug", "paid", "asked")}
            if any(given.values()) and not all(given.values()):
                words = _("Write the drug with both prices, or empty the row.")
                missing = next(name for name, value in given.items() if not value)
                if not self.has_error(f"{missing}_{n}"):
                    self.add_error(f"{missing}_{n}", words)
        return cleaned

    @property
    def prices(self) -> list[Price]:
        told = self.cleaned_data
        typed = [
            Price(told[f"drug_{n}"], told[f"pack_{n}"], told[f"paid_{n}"], told[f"asked_{n}"])
            for n in ROWS
            if told[f"drug_{n}"]
        ]
        return typed + told["table"]
