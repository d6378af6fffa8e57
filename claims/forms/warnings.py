"""What is typed about a warning, the rules of a county and the yearly figures they name."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from claims.queries.burdens.board import villages_of_warnings
from claims.warnings.reading import all_rules, county_sets, references
from core.accounts.models import Area, User


def words(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _language() -> str:
    return get_language() or "zh-hans"


class WarningFilter(forms.Form):
    """A rule or village that cannot be read narrows nothing."""

    rule = forms.ChoiceField(label=_("Rule"), required=False)
    village = forms.ModelChoiceField(
        label=_("Village"), queryset=Area.objects.none(), required=False, empty_label=_("all")
    )
    show = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        labels = [(code, rule.label.get(_language())) for code, rule in all_rules().items()]
        self.fields["rule"].choices = [("", _("all")), *labels]  # type: ignore[attr-defined]
        self.fields["village"].queryset = villages_of_warnings(user)  # type: ignore[attr-defined]

    def chosen(self, name: str) -> Any:
        if not self.is_bound or self.errors.get(name):
            return None
        return self.cleaned_data.get(name)


class VerifyForm(forms.Form):
    finding = forms.CharField(
        label=_("What was found at home"),
        max_length=300,
        widget=words(),
        help_text=_("Who was met, what the family lives on, what it owes."),
    )


class DismissForm(forms.Form):
    finding = forms.CharField(
        label=_("Why there is no risk"),
        max_length=300,
        widget=words(),
        help_text=_("For example savings, or a child who pays."),
    )


class HelpForm(forms.Form):
    measures = forms.CharField(
        label=_("What was done"),
        max_length=300,
        widget=words(),
        help_text=_("Medical aid, temporary aid, work, monitoring: with its day and sum."),
    )


class CloseForm(forms.Form):
    note = forms.CharField(label=_("How it is known that the risk is gone"), max_length=300, widget=words())


class ReopenForm(forms.Form):
    note = forms.CharField(label=_("Why it is taken up again"), max_length=300, widget=words())


class RuleSetForm(forms.Form):
    code = forms.ChoiceField(label=_("Rules of the county"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        sets = [(code, one.title.get(_language())) for code, one in county_sets().items()]
        self.fields["code"].choices = sets  # type: ignore[attr-defined]


class ReferenceForm(forms.Form):
    code = forms.ChoiceField(label=_("Yearly figure"))
    year = forms.IntegerField(label=_("year"), min_value=2010, max_value=2100)
    amount = forms.DecimalField(
        label=_("yuan"),
        min_value=Decimal("0.01"),
        max_digits=12,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}),
    )
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("Document or communiqué, with its number or day.")
    )

    def __init__(self, *args: Any, on: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["code"].choices = [  # type: ignore[attr-defined]
            (code, one.label.get(_language())) for code, one in references().items()
        ]
        self.fields["year"].initial = on.year - 1


class SurveyForm(forms.Form):
    year = forms.IntegerField(label=_("year"), min_value=2010, max_value=2100)
    spent = forms.DecimalField(
        label=_("spent in the year (yuan)"),
        min_value=Decimal("0.01"),
        max_digits=12,
        decimal_places=2,
        help_text=_("Everything the household lived on, what it grew itself included."),
    )
    food = forms.DecimalField(
        label=_("of it on food (yuan)"), min_value=0, max_digits=12, decimal_places=2, required=False
    )
    size = forms.IntegerField(label=_("persons at the table"), min_value=1, max_value=30)
