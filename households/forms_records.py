"""What the pages of the record ask for."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.base.forms import ChosenField
from core.base.periods import add_months
from core.clinics.models import Institution
from households.choices import HealthClass, Scheme
from households.models import Enrolment
from households.queries.records.details import health_centres
from households.record_choices import Bearer, WhyNot

YEARS_BACK = 3
# Readings that a short result may hold: code of the form, words, unit, least, most.
READINGS = (
    ("height", gettext_lazy("Height"), "cm", 30, 250),
    ("weight", gettext_lazy("Weight"), "kg", 1, 300),
    ("sbp", gettext_lazy("Systolic pressure"), "mmHg", 40, 300),
    ("dbp", gettext_lazy("Diastolic pressure"), "mmHg", 20, 200),
    ("fpg", gettext_lazy("Fasting glucose"), "mmol/L", 1, 50),
)


def _day(label: Any, **more: Any) -> forms.DateField:
    look = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=look, **more)


class YearFilter(forms.Form):
    """A year that cannot be read is this year's."""

    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int, required=False)
    area = forms.CharField(required=False, widget=forms.HiddenInput)
    state = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, on: date, **more: Any) -> None:
        super().__init__(data, **more)
        self.on = on
        years = range(on.year + 1 if self.ahead else on.year, on.year - YEARS_BACK, -1)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        if not self["year"].value():
            self.fields["year"].initial = on.year
            self.data = {**dict(self.data.items()), "year": on.year}

    ahead = False

    @property
    def chosen_year(self) -> int:
        self.full_clean()
        return self.cleaned_data.get("year") or self.on.year


class EnrolmentFilter(YearFilter):
    """Premiums of the year ahead are gathered in autumn."""

    ahead = True
    scheme = forms.ChoiceField(label=gettext_lazy("Insurance"), choices=Scheme.choices, required=False)
    field_order = ("year", "scheme")

    @property
    def chosen_scheme(self) -> str:
        self.full_clean()
        return self.cleaned_data.get("scheme") or Scheme.BASIC


class ExamForm(forms.Form):
    """One day, place and bearer, for one or for many."""

    examined_on = _day(gettext_lazy("Examined on"))
    institution = ChosenField(
        label=gettext_lazy("Examined at"), queryset=Institution.objects.none(), required=False
    )
    borne_by = forms.ChoiceField(label=gettext_lazy("Borne by"), choices=Bearer.choices)

    def __init__(self, *args: Any, user: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["institution"].queryset = health_centres(user)  # type: ignore[attr-defined]


class FindingsForm(ExamForm):
    """A short result: normal or not, a few readings, what was found."""

    is_normal = forms.TypedChoiceField(
        label=gettext_lazy("Result"),
        choices=[
            ("yes", pgettext_lazy("exam", "nothing found")),
            ("no", gettext_lazy("something was found")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("What was found"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    advice = forms.CharField(label=gettext_lazy("Advice given"), max_length=200, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for code, label, unit, least, most in READINGS:
            self.fields[code] = forms.DecimalField(
                label=label, min_value=least, max_value=most, max_digits=5, decimal_places=1, required=False,
                help_text=unit,
            )  # fmt: skip

    @property
    def told(self) -> dict[str, Any]:
        """What the service is told: readings as numbers, the index of body mass from height and weight."""
        data = dict(self.cleaned_data)
        readings = {code: data.pop(code) for code, *_more in READINGS}
        found = {code: float(value) for code, value in readings.items() if value is not None}
        if readings["height"] and readings["weight"]:
            index = readings["weight"] / (readings["height"] / 100) ** 2
            found["bmi"] = float(index.quantize(Decimal("0.1")))
        words = data.pop("words").strip()
        return {**data, "findings": {**found, **({"words": words} if words else {})}}


class CampaignForm(forms.Form):
    opens_on = _day(gettext_lazy("Begins on"))
    due_on = _day(gettext_lazy("To be finished by"))
    borne_by = forms.ChoiceField(label=gettext_lazy("Borne by"), choices=Bearer.choices)
    cost_per_head = forms.DecimalField(
        label=gettext_lazy("Cost per person (yuan)"),
        min_value=0,
        max_digits=8,
        decimal_places=2,
        required=False,
    )


class EnrolForm(forms.Form):
    """One and the same for everybody chosen: enrolled and who paid, or not and why."""

    is_enrolled = forms.TypedChoiceField(
        label=gettext_lazy("Enrolled"),
        choices=[("yes", gettext_lazy("yes, enrolled")), ("no", gettext_lazy("no, not enrolled"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    paid_by = forms.ChoiceField(
        label=gettext_lazy("Premium paid by"),
        choices=[("", "—"), *Enrolment.PaidBy.choices],
        required=False,
    )
    amount = forms.DecimalField(
        label=gettext_lazy("Premium (yuan)"), min_value=0, max_digits=8, decimal_places=2, required=False
    )
    paid_on = _day(gettext_lazy("Paid on"), required=False)
    why_not = forms.ChoiceField(
        label=gettext_lazy("Why not enrolled"), choices=[("", "—"), *WhyNot.choices], required=False
    )


class ClassForm(forms.Form):
    health_class = forms.ChoiceField(label=gettext_lazy("Health class"), choices=HealthClass.choices)
    reason = forms.CharField(
        label=gettext_lazy("Why the rule does not fit"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    holds_until = _day(
        gettext_lazy("Holds until"), help_text=gettext_lazy("At most a year. Then the rule decides again.")
    )

    def __init__(self, *args: Any, on: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["holds_until"].initial = add_months(on, 6)


class PaperRecordForm(forms.Form):
    archive_number = forms.CharField(
        label=gettext_lazy("Archive number"),
        max_length=24,
        help_text=gettext_lazy("17 digits, as on the cover."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    owner = ChosenField(label=gettext_lazy("Kept by"), queryset=Institution.objects.none())
    made_on = _day(gettext_lazy("First made on"))
    updated_on = _day(gettext_lazy("Last looked at"))
    is_complete = forms.BooleanField(
        label=gettext_lazy("Cover and basic information are filled in"), required=False
    )

    def __init__(self, *args: Any, user: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].queryset = health_centres(user)  # type: ignore[attr-defined]

    def clean_archive_number(self) -> str:
        number: str = "".join(self.cleaned_data["archive_number"].split())
        if not (number.isascii() and number.isdecimal() and len(number) == 17):
            raise ValidationError(_("An archive number has 17 digits. Copy it from the cover."))
        return number
