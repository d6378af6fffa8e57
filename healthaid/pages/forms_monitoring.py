"""What is typed about a household at risk, and what its board is narrowed to."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.accounts.models import Area, User
from core.base.forms import DayField
from healthaid.pages.queries.monitoring import Asked, villages_below
from households.choices import Cause, MeasureKind, MonitoredKind, MonitoringSource

SOURCES = [
    ("case", _("monitored household")),
    ("warning", _("early warning of costs")),
    ("need", _("cost to be met")),
    ("unmet", _("cost that could not be met")),
    ("visit", _("long overdue visit")),
    ("register", _("in the register, no case yet")),
]
AGES = [
    ("", pgettext_lazy("filters", "any")),
    ("late", _("past its day")),
    ("7", _("more than a week")),
    ("30", _("more than 30 days")),
    ("90", _("more than 90 days")),
]
_ANY = [("", pgettext_lazy("filters", "any"))]
_NOTHING_SECRET = _("Officers who are not health staff read this: no mental disorder, tuberculosis or HIV.")


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _words() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 3})


class BoardFilter(forms.Form):
    """What cannot be read narrows nothing."""

    village = forms.ModelChoiceField(
        label=_("Village"), queryset=Area.objects.none(), required=False, empty_label=_("all")
    )
    source = forms.ChoiceField(label=_("What there is to do"), choices=[*_ANY, *SOURCES], required=False)
    age = forms.ChoiceField(label=_("Waiting for"), choices=AGES, required=False)
    kind = forms.ChoiceField(
        label=_("Kind of monitored household"), choices=[*_ANY, *MonitoredKind.choices], required=False
    )
    risk = forms.ChoiceField(label=_("Risk"), choices=[*_ANY, *Cause.choices], required=False)
    holder = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["village"].queryset = villages_below(user)  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """The narrowing, whoever has to act."""
        self.is_valid()
        given = self.cleaned_data
        age = given.get("age") or ""
        return Asked(
            kind=given.get("kind") or "",
            risk=given.get("risk") or "",
            source=given.get("source") or "",
            age=int(age) + 1 if age.isdecimal() else 0,
            late=age == "late",
            village=given.get("village"),
        )


class RiskForm(forms.Form):
    """A risk is found."""

    kind = forms.ChoiceField(
        label=_("Kind of monitored household"), choices=MonitoredKind.choices, widget=forms.RadioSelect
    )
    risk = forms.ChoiceField(label=_("Risk"), choices=Cause.choices)
    source = forms.ChoiceField(label=_("How it came to light"))
    found_on = forms.DateField(label=_("Risk found on"), widget=_day())
    grounds = forms.CharField(
        label=_("What points to a risk"), max_length=300, widget=_words(), help_text=_NOTHING_SECRET
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        sources = [one for one in MonitoringSource.choices if one[0] != MonitoringSource.REGISTER]
        self.fields["source"].choices = sources  # type: ignore[attr-defined]


class VerifyForm(forms.Form):
    visited_on = forms.DateField(label=_("Day of the visit"), widget=_day())
    kind = forms.ChoiceField(label=_("Kind of monitored household"), choices=MonitoredKind.choices)
    risk = forms.ChoiceField(label=_("Risk"), choices=Cause.choices)
    finding = forms.CharField(
        label=_("What was found at home"), max_length=300, widget=_words(), help_text=_NOTHING_SECRET
    )


class DismissForm(forms.Form):
    visited_on = forms.DateField(label=_("Day of the visit"), widget=_day())
    finding = forms.CharField(label=_("Why there is no risk"), max_length=300, widget=_words())


class MeasureForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of measure"), choices=MeasureKind.choices)
    what = forms.CharField(label=_("What is done"), max_length=200, widget=_words())
    who = forms.CharField(
        label=_("Who answers for it"), max_length=60, help_text=_("A person or an office, by name.")
    )
    since = forms.DateField(label=_("Since"), widget=_day())
    until = DayField(label=_("Until"), required=False)


class FinishForm(forms.Form):
    outcome = forms.CharField(label=_("What came of it"), max_length=200, widget=_words())


class LookForm(forms.Form):
    note = forms.CharField(label=_("How the household fares"), max_length=300, widget=_words())


class AskForm(forms.Form):
    grounds = forms.CharField(
        label=_("How it is known that the risk is gone"),
        max_length=300,
        widget=_words(),
        help_text=_("Income, debts, treatment, who lives from what."),
    )


class ApproveForm(forms.Form):
    note = forms.CharField(label=_("Opinion"), max_length=300, widget=_words(), required=False)


class ReturnForm(forms.Form):
    note = forms.CharField(label=_("What is missing"), max_length=300, widget=_words())


def starting(on: date, **more: Any) -> dict[str, Any]:
    """What stands in the fields before anything is typed."""
    return {"visited_on": on, "since": on, **more}
