"""What is typed when a hospital gets a role for a county, and when it ends."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area, User
from core.clinics.models import Institution, InstitutionRole
from core.clinics.queries import counties_of, hospitals_for_roles


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class HospitalChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Institution) -> str:
        return f"{obj.name} · {obj.get_kind_display()}"


class RoleForm(forms.Form):
    """Whoever works in one county is not asked which."""

    county = forms.ModelChoiceField(label=_("County"), queryset=Area.objects.none())
    institution = HospitalChoice(label=_("Hospital"), queryset=Institution.objects.none())
    role = forms.ChoiceField(
        label=_("What it is to the county"), choices=InstitutionRole.Role.choices, widget=forms.RadioSelect
    )
    since = forms.DateField(label=_("From"), widget=day_input())

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        counties = counties_of(user)
        self.only = counties.first() if counties.count() == 1 else None
        self.fields["county"].queryset = counties  # type: ignore[attr-defined]
        self.fields["institution"].queryset = hospitals_for_roles(user)  # type: ignore[attr-defined]
        if self.only:
            del self.fields["county"]

    def told(self) -> dict[str, Any]:
        """What the service wants to know."""
        return {"county": self.only, **self.cleaned_data} if self.only else self.cleaned_data


class EndRoleForm(forms.Form):
    last_day = forms.DateField(label=_("Last day"), widget=day_input())

    def __init__(self, *args: Any, on: date, **more: Any) -> None:
        super().__init__(*args, **{"initial": {"last_day": on}, **more})
