"""What is typed when a hospital gets a role for a county, and when it ends."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area, User
from core.base.forms import DayField
from core.clinics.models import Institution, InstitutionRole
from core.clinics.queries import counties_of, hospitals_for_roles
from core.clinics.services import Equipped


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class EquipForm(forms.Form):
    """Beds are asked only where there are wards."""

    ownership = forms.ChoiceField(
        label=_("Ownership"), choices=Institution.Ownership.choices, widget=forms.RadioSelect
    )
    is_standardised = forms.BooleanField(label=_("Built to standard"), required=False)
    has_settlement_window = forms.BooleanField(label=_("One-stop settlement window"), required=False)
    floor_area = forms.DecimalField(
        label=_("Floor area (m²)"),
        min_value=Decimal(1),
        max_value=Decimal(99_999),
        decimal_places=1,
        required=False,
    )
    rooms = forms.MultipleChoiceField(
        label=_("Rooms"),
        choices=Institution.Room.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    equipment = forms.MultipleChoiceField(
        label=_("Equipment"),
        choices=Institution.Equipment.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    beds = forms.IntegerField(label=_("Beds"), min_value=0, max_value=20_000)
    reserved_beds = forms.IntegerField(
        label=_("Beds set aside for the registered poor"),
        min_value=0,
        max_value=20_000,
        help_text=_("5 % of the beds, rounded up."),
    )

    def __init__(self, *args: Any, institution: Institution, **more: Any) -> None:
        first = {name: getattr(institution, name) for name in self.base_fields}
        super().__init__(*args, **{"initial": first, **more})

    @property
    def wanted(self) -> Equipped:
        return Equipped(**self.cleaned_data)


class RebuildForm(forms.Form):
    title = forms.CharField(label=_("What is built"), max_length=120)
    budget = forms.DecimalField(
        label=_("Budget (yuan)"), min_value=Decimal(1), max_digits=12, decimal_places=2
    )
    spent = forms.DecimalField(label=_("Spent (yuan)"), min_value=0, max_digits=12, decimal_places=2)
    began_on = DayField(label=_("Begun on"))
    accepted_on = DayField(
        label=_("Accepted on"),
        required=False,
        help_text=_("Once it is accepted the clinic is up to standard."),
    )

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today

    def clean_accepted_on(self) -> date | None:
        on: date | None = self.cleaned_data["accepted_on"]
        if on and on > self.today:
            raise ValidationError(_("This day is still to come. Choose today or an earlier day."))
        return on


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
