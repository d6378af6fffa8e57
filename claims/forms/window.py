"""What is typed at the window: whom, where, which stay, what was paid, why something is taken back."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from claims.choices import Care, NoCredit, PayWay, ReferralStanding
from claims.forms.fields import FEN, MoneyField, day_input, words
from core.accounts.models import Area
from core.base.forms import ChosenField
from core.base.ids import uuid7
from core.base.periods import add_months
from core.clinics.models import Institution

TERMS = 12


class FindForm(forms.Form):
    q = forms.CharField(
        label=_("Identity number, name or household number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
    village = ChosenField(
        label=_("Village"), queryset=Area.objects.none(), required=False, empty_label=_("all villages")
    )

    def __init__(self, *args: Any, villages: QuerySet[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["village"].queryset = villages  # type: ignore[attr-defined]


class HospitalForm(forms.Form):
    hospital = ChosenField(
        label=_("Which hospital's window is this?"), queryset=Institution.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, hospitals: QuerySet[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["hospital"].queryset = hospitals  # type: ignore[attr-defined]


class AdmitForm(forms.Form):
    """`uuid` is made with the form: the same admission sent twice is one stay."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    care = forms.ChoiceField(
        label=_("Kind of care"), choices=Care.choices, initial=Care.INPATIENT, widget=forms.RadioSelect
    )
    admitted_on = forms.DateField(label=_("Admitted on"), widget=day_input())
    hospital_no = forms.CharField(label=_("Hospital's own number"), max_length=40, required=False)
    diagnosis = forms.CharField(
        label=_("Diagnosis"),
        max_length=120,
        widget=forms.TextInput(attrs={"list": "diseases", "autocomplete": "off", "data-diagnosis": ""}),
        help_text=_("Some letters are enough; choose from the list and the code comes with it."),
    )
    icd10 = forms.CharField(
        label=_("ICD-10 code"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"class": "input-id"}),
    )
    referral = forms.ChoiceField(
        label=_("Referral"),
        choices=ReferralStanding.choices,
        initial=ReferralStanding.NOT_NEEDED,
        widget=forms.RadioSelect,
    )
    referral_no = forms.CharField(label=_("Referral number"), max_length=40, required=False)
    treats_first = forms.BooleanField(
        label=_("Treated first, paid later: no deposit"),
        required=False,
        initial=True,
        help_text=_("The agreement is printed after saving and signed by the patient or the family."),
    )
    signer_name = forms.CharField(label=_("Agreement signed by"), max_length=40, required=False)
    no_credit = forms.ChoiceField(
        label=_("If not: why?"), choices=[("", _("— does not apply")), *NoCredit.choices], required=False
    )
    is_priority = forms.BooleanField(label=_("Seen first (priority)"), required=False, initial=True)
    in_reserved_bed = forms.BooleanField(label=_("In a reserved bed"), required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("treats_first") and not given.get("signer_name") and "signer_name" in given:
            self.add_error(
                "signer_name", _("Write who signs the agreement: the patient or who stands for them.")
            )
        if given.get("referral") == ReferralStanding.FOLLOWED and not given.get("referral_no"):
            self.add_error("referral_no", _("Write the number of the referral."))
        return given


class DischargeForm(forms.Form):
    discharged_on = forms.DateField(label=_("Discharged on"), widget=day_input())


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why?"), max_length=120, widget=words())


class PaymentForm(forms.Form):
    """`uuid` is made with the form: the same payment sent twice is one receipt."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    amount = MoneyField(label=_("Amount (yuan)"))
    way = forms.ChoiceField(
        label=_("Paid by"), choices=PayWay.choices, initial=PayWay.CASH, widget=forms.RadioSelect
    )


class InstalmentsForm(forms.Form):
    """A plan of equal parts: how many, from when; the last part takes what the division leaves."""

    terms = forms.IntegerField(
        label=_("In how many parts?"), min_value=2, max_value=TERMS, initial=3, widget=forms.NumberInput()
    )
    first_on = forms.DateField(label=_("First part due on"), widget=day_input())
    guarantor = forms.CharField(
        label=_("Who stands surety?"),
        max_length=80,
        required=False,
        help_text=_("Usually the village committee or the township."),
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, due: Decimal, **more: Any) -> None:
        super().__init__(*args, **more)
        self.due = due

    def clean_first_on(self) -> date:
        first: date = self.cleaned_data["first_on"]
        if first.year > 2100:
            raise ValidationError(_("Please check the year."))
        return first

    def clean(self) -> dict[str, Any]:
        """Adds `parts`: monthly days with sums that make up what is due, to the fen."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("terms") and given.get("first_on"):
            each = (self.due / given["terms"]).quantize(FEN)
            sums = [each] * (given["terms"] - 1) + [self.due - each * (given["terms"] - 1)]
            given["parts"] = [(add_months(given["first_on"], n), amount) for n, amount in enumerate(sums)]
        return given


class SettleForm(forms.Form):
    """`expected` is what the clerk has seen, as the preview tells it."""

    expected = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4000)


class BillFilterForm(forms.Form):
    hospital = ChosenField(
        label=_("Hospital"), queryset=Institution.objects.none(), required=False, empty_label=_("all")
    )
    month = forms.DateField(
        label=_("Settled in"),
        required=False,
        input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
    )
    state = forms.ChoiceField(label=_("State"), required=False)
    low = forms.BooleanField(label=_("Only bills under the target share of total cost"), required=False)
    policy = forms.IntegerField(required=False, min_value=1, max_value=10**9, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, hospitals: QuerySet[Any], states: list[tuple[str, Any]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["hospital"].queryset = hospitals  # type: ignore[attr-defined]
        self.fields["state"].choices = [("", _("all")), *states]  # type: ignore[attr-defined]
