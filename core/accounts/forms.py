from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area, User
from core.accounts.queries import areas_below
from core.accounts.roles import Role, Sector

INDENT = "\u3000"


class AreaChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The tree in one list, each step indented, so that a village is found under its street."""

    def label_from_instance(self, area: Any) -> str:
        return f"{INDENT * (len(area.ancestors) - 1)}{area.name}"


class NewUserForm(forms.Form):
    username = forms.CharField(
        label=_("User name"), max_length=40, help_text=_("Letters and digits, for example zhang01.")
    )
    full_name = forms.CharField(label=_("Full name"), max_length=40)
    role = forms.ChoiceField(label=_("Role"), choices=[r for r in Role.choices if r[0] != Role.API_CLIENT])
    sector = forms.ChoiceField(
        label=_("Desk"),
        choices=Sector.choices,
        initial=Sector.HEALTH,
        help_text=_("Facts about mental disorder, tuberculosis and HIV are shown to health staff only."),
    )
    area = AreaChoice(label=_("Area"), queryset=Area.objects.none())
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas_below(by)  # type: ignore[attr-defined]

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(_("This user name is taken. Add a number or the village's name."))
        return name
