"""What is typed about a team's return to its village, and about the doctor paired with a household."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.base.ids import uuid7
from followups.forms.needs import SATISFACTION
from followups.forms.teams import OneVillage, PractitionerChoice
from followups.queries.teams import practitioners_near, townships_and_villages, visible_teams


class ReturnForm(forms.Form):
    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    team: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(label=_("Team"), queryset=None)
    village = OneVillage(label=_("Village"), queryset=None)
    returned_on = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    served = forms.IntegerField(label=_("People served"), min_value=0, max_value=9999)
    satisfaction = forms.TypedChoiceField(
        label=_("How satisfied was the village?"), choices=SATISFACTION, coerce=int, widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("What was done"), max_length=200, required=False)

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        teams = visible_teams(user).filter(closed_on=None).order_by("area__code", "name")
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]
        self.fields["village"].queryset = townships_and_villages(user)  # type: ignore[attr-defined]


class PairingForm(forms.Form):
    practitioner = PractitionerChoice(label=_("Paired doctor"), queryset=None)

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["practitioner"].queryset = practitioners_near(user)  # type: ignore[attr-defined]
