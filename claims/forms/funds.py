"""What is typed when a fund is opened, filled or corrected."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.queries.counties import own_counties
from claims.queries.payers import payer_words, word
from claims.services.funds.managing import FundWanted
from core.accounts.models import Area, User
from core.clinics.forms import day_input

MOST = Decimal("99999999999.99")


def yuan_field(label: Any, *, least: Decimal | None, **more: Any) -> forms.DecimalField:
    widget = forms.NumberInput(attrs={"class": "input-figure", "inputmode": "decimal", "step": "0.01"})
    return forms.DecimalField(
        label=label, max_digits=13, decimal_places=2, min_value=least, max_value=MOST, widget=widget, **more
    )


class CountyForm(forms.Form):
    """Whoever works in one county is not asked which."""

    county = forms.ModelChoiceField(label=_("County"), queryset=Area.objects.none())

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        counties = own_counties(user)
        self.only = counties.first() if counties.count() == 1 else None
        self.fields["county"].queryset = counties  # type: ignore[attr-defined]
        if self.only:
            del self.fields["county"]

    @property
    def chosen_county(self) -> Area:
        county: Area = self.only or self.cleaned_data["county"]
        return county


class OpenFundForm(CountyForm):
    payer = forms.ChoiceField(label=_("Payer"), help_text=_("Whose share of the bills this money pays."))
    year = forms.IntegerField(
        label=_("Year"),
        min_value=2010,
        max_value=2100,
        widget=forms.NumberInput(attrs={"class": "input-short"}),
    )
    name_zh = forms.CharField(label=_("Name of the fund (Chinese)"), max_length=80)
    name_en = forms.CharField(label=_("Name of the fund (English)"), max_length=120, required=False)
    holds = yuan_field(_("Opening balance (yuan)"), least=Decimal(0))
    on = forms.DateField(label=_("Entered on"), widget=day_input())
    warns_at = forms.IntegerField(
        label=_("Warn below (% of what was put in)"),
        min_value=0,
        max_value=100,
        initial=20,
        widget=forms.NumberInput(attrs={"class": "input-short"}),
    )
    may_overdraw = forms.BooleanField(
        label=_("Bills are still settled when the fund is empty"),
        help_text=_("Otherwise the fund pays what is left, and the rest falls to the patient."),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, user: User, today: date, **more: Any) -> None:
        super().__init__(*args, user=user, **more)
        self.today = today
        words = {code: text for county in own_counties(user) for code, text in payer_words(county.pk).items()}
        self.fields["payer"].choices = [(code, word(words, code)) for code in words]  # type: ignore[attr-defined]
        self.initial = {"year": today.year, "on": today, **self.initial}

    def clean_on(self) -> date:
        return not_ahead(self.cleaned_data["on"], self.today)

    def wanted(self) -> FundWanted:
        told = self.cleaned_data
        return FundWanted(
            payer=told["payer"],
            year=told["year"],
            name_zh=told["name_zh"],
            name_en=told["name_en"],
            holds=told["holds"],
            warns_at=Decimal(told["warns_at"]) / 100,
            may_overdraw=told["may_overdraw"],
        )


class EntryForm(forms.Form):
    """Money put in, or a correction; `key` comes with the form, so that sending it twice is one entry."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    amount = yuan_field(_("Amount (yuan)"), least=None)
    note = forms.CharField(
        label=_("Note"), max_length=200, required=False, help_text=_("Document number, or what was wrong.")
    )
    on = forms.DateField(label=_("Entered on"), widget=day_input())

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today
        self.initial = {"on": today, "key": uuid4(), **self.initial}

    def clean_on(self) -> date:
        return not_ahead(self.cleaned_data["on"], self.today)


class WarningForm(forms.Form):
    warns_at = forms.IntegerField(
        label=_("Warn below (% of what was put in)"),
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"class": "input-short"}),
    )
    may_overdraw = forms.BooleanField(
        label=_("Bills are still settled when the fund is empty"),
        help_text=_("Otherwise the fund pays what is left, and the rest falls to the patient."),
        required=False,
    )


class LayerTableForm(forms.Form):
    from_month = forms.DateField(
        label=_("From month"),
        input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
    )
    to_month = forms.DateField(
        label=_("To month"),
        input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        first, last = told.get("from_month"), told.get("to_month")
        if first and last and last < first:
            raise forms.ValidationError({"to_month": _("Choose the same month or a later one.")})
        return told


def not_ahead(on: date, today: date) -> date:
    if on > today:
        raise forms.ValidationError(_("This day lies ahead. Choose today or an earlier day."))
    return on
