"""What is typed about a screening day and the persons who attended."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area, Level, User
from core.base.forms import ChosenField
from core.clinics.models import Institution
from followups.case_choices import ScreeningOutcome
from followups.forms.cases import day_field
from followups.queries.cases.doctors import hospitals_for
from followups.queries.screenings import attendee
from households.models import Disease, Person


class ScreeningForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=80)
    held_on = day_field(_("Day"))
    area = ChosenField(label=_("For"), queryset=Area.objects.none(), empty_label=None)
    hospital = ChosenField(label=_("Hospital"), queryset=Institution.objects.none())
    experts = forms.CharField(label=_("Specialists who came"), max_length=200, required=False)

    def __init__(self, *args: Any, user: User, on: date, **more: Any) -> None:
        super().__init__(*args, **{"initial": {"held_on": on}, **more})
        below = Q(ancestors__contains=[user.area_id], level__in=[Level.COUNTY, Level.TOWNSHIP])
        fields: Any = self.fields
        fields["area"].queryset = Area.objects.filter(below, valid_to=None).order_by("level", "code")
        fields["hospital"].queryset = hospitals_for(user.area.county_id or 0, on)


class ResultForm(forms.Form):
    person = forms.CharField(
        label=_("Who attended"),
        max_length=40,
        help_text=_("Name, identity number or phone; the identity number where several have the name."),
    )
    outcome = forms.ChoiceField(label=_("Result"), choices=ScreeningOutcome.choices, widget=forms.RadioSelect)
    disease = ChosenField(
        label=_("Disease"), queryset=Disease.objects.none(), required=False, empty_label=_("none")
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        self.user = user
        known = Disease.objects.filter(catalogues__len__gt=0).order_by("name_zh")
        fields: Any = self.fields
        fields["disease"].queryset = known if user.sees_sensitive else known.filter(is_sensitive=False)

    def clean_person(self) -> Person:
        found, many = attendee(self.user, self.cleaned_data["person"])
        if found is None and many:
            raise ValidationError(_("Several persons are named so. Give the identity number."))
        if found is None:
            raise ValidationError(_("Nobody of your area is found. Check the spelling, or the number."))
        return found

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        found = given.get("outcome") not in (None, ScreeningOutcome.NONE_FOUND)
        if found and not given.get("disease"):
            self.add_error("disease", ValidationError(_("Choose the disease that was found or suspected.")))
        return given
