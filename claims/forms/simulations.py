"""What is asked of a run: which rules, over which bills."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from claims.forms.policies import Versions, day_field
from claims.models import PolicyVersion


class SimulationForm(forms.Form):
    """A version and the days between which the stays ended."""

    policy = Versions(
        label=pgettext_lazy("simulation", "Rules to try"),
        queryset=PolicyVersion.objects.none(),
        empty_label=None,
        error_messages={"required": _("Choose a version."), "invalid_choice": _("Choose a version.")},
    )
    from_on = day_field(_("Stays that ended from"))
    to_on = day_field(pgettext_lazy("simulation", "to"))
    name = forms.CharField(
        label=pgettext_lazy("simulation", "Name of the run"), max_length=80, required=False
    )

    def __init__(self, *args: Any, versions: Any, named: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today
        chosen: Any = self.fields["policy"]
        chosen.queryset, chosen.named = versions, named

    def clean_to_on(self) -> date:
        to_on: date = self.cleaned_data["to_on"]
        if to_on > self.today:
            raise ValidationError(_("This day lies ahead. Choose today or earlier."))
        return to_on
