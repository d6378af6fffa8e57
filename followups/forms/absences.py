"""What is typed about a doctor's absence."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.models import AbsenceReason, User
from followups.queries.absences import absent_doctors, possible_deputies


class DoctorChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_full_name()} · {obj.area.name}"


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AbsenceForm(forms.Form):
    doctor = DoctorChoice(label=_("Who is away"), queryset=None)
    deputy = DoctorChoice(label=_("Who stands in"), queryset=None)
    first_on = forms.DateField(label=_("First day away"), widget=_day())
    last_on = forms.DateField(label=_("Last day away"), widget=_day())
    reason = forms.ChoiceField(label=_("Reason"), choices=AbsenceReason.choices)

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        doctors = absent_doctors(user).select_related("area")
        self.fields["doctor"].queryset = doctors  # type: ignore[attr-defined]
        self.fields["deputy"].queryset = possible_deputies(user)  # type: ignore[attr-defined]
