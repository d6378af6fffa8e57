"""What is typed when something is handed out, and when it is replaced."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.accounts.models import User
from core.base.forms import ChosenField
from healthaid.outreach.choices import WhyReplaced
from healthaid.outreach.forms.fields import day_field, not_ahead
from healthaid.outreach.kinds import Item
from healthaid.outreach.services.distributions import Handout


class HandOutForm(forms.Form):
    """The day and the giver; the checked households come beside it as `household`."""

    given_on = day_field(_("Given on"))
    given_by = ChosenField(
        label=pgettext_lazy("handout", "Given by"), queryset=User.objects.none(), empty_label=None
    )
    expires_on = day_field(
        _("Runs out on"), required=False, help_text=_("Empty: as long after as the catalogue says.")
    )

    def __init__(self, *args: Any, item: Item, givers: Any, user: User, today: date, **more: Any) -> None:
        super().__init__(*args, **{"initial": {"given_on": today, "given_by": user}, **more})
        self.item, self.today = item, today
        field: Any = self.fields["given_by"]
        field.queryset = givers.select_related("area")
        field.label_from_instance = lambda giver: f"{giver.get_full_name()} · {giver.area.name}"
        if not item.holds_months:
            del self.fields["expires_on"]

    def clean_given_on(self) -> date:
        return not_ahead(self.cleaned_data["given_on"], self.today)

    @property
    def households(self) -> list[int]:
        """The checked ones; what is no number is nobody's box."""
        given = self.data.getlist("household") if hasattr(self.data, "getlist") else []
        return [int(text) for text in given if text.isascii() and text.isdecimal() and len(text) < 19]

    def clean(self) -> dict[str, Any]:
        if not self.households:
            raise ValidationError(_("Check at least one household."))
        return super().clean() or {}

    @property
    def wanted(self) -> Handout:
        return Handout(item=self.item.code, **self.cleaned_data)


class ReplaceForm(forms.Form):
    why = forms.ChoiceField(label=_("Why another one"), choices=WhyReplaced.choices, widget=forms.RadioSelect)
    receiver = forms.CharField(label=_("Received by"), max_length=40)
