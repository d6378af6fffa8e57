"""Which visits of the weeks ahead to show."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from followups.forms.teams import OneVillage
from followups.queries.teams import townships_and_villages


class AheadFilter(forms.Form):
    """A form or village that cannot be read narrows nothing; whoever has one village is not asked for it."""

    protocol = forms.ChoiceField(label=_("Form"), required=False)
    village = OneVillage(label=_("Village"), queryset=None, required=False, empty_label=_("All villages"))
    day = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, forms_due: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        villages = townships_and_villages(user)
        self.fields["protocol"].choices = [("", _("All forms")), *forms_due]  # type: ignore[attr-defined]
        self.fields["village"].queryset = villages  # type: ignore[attr-defined]
        if len(villages) < 2:
            del self.fields["village"]

    def chosen(self, name: str) -> Any:
        if not self.is_bound or name not in self.fields or self.errors.get(name):
            return None
        return self.cleaned_data.get(name) or None
