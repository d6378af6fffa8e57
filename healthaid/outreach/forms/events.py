"""What is typed about a free clinic, a lecture, a piece of publicity; and which of them to show."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.accounts.models import Area, User
from core.base.forms import ChosenField
from core.clinics.models import Institution
from healthaid.outreach.choices import Channel, EventKind
from healthaid.outreach.forms.fields import day_field, not_ahead, words
from healthaid.outreach.queries.events import places_for_events, towns_of_events, units_for_events
from healthaid.outreach.services.events import EventWanted

ANY = [("", pgettext_lazy("events", "all"))]


class EventFilter(forms.Form):
    """What cannot be read narrows nothing."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[*ANY, *EventKind.choices], required=False)
    area = ChosenField(
        label=_("Town"),
        queryset=Area.objects.none(),
        required=False,
        empty_label=pgettext_lazy("towns", "all"),
    )
    channel = forms.ChoiceField(
        label=_("Channel of publicity"), choices=[*ANY, *Channel.choices], required=False
    )
    year = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["area"].queryset = towns_of_events(user)  # type: ignore[attr-defined]

    def chosen(self, name: str) -> Any:
        if not self.is_bound or self.errors.get(name):
            return None
        return self.cleaned_data.get(name)


def count_field(label: Any, **more: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "input-short", "inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=100_000, widget=widget, **more)


class EventForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=EventKind.choices, widget=forms.RadioSelect)
    channel = forms.ChoiceField(
        label=_("Channel of publicity"),
        choices=[("", "—"), *Channel.choices],
        required=False,
        help_text=_("Only for publicity."),
    )
    area = ChosenField(label=_("Where"), queryset=Area.objects.none(), empty_label=None)
    institution = ChosenField(
        label=_("Which unit"), queryset=Institution.objects.none(), required=False, empty_label="—"
    )
    title = forms.CharField(label=_("Title"), max_length=120)
    held_on = day_field(_("Held on"))
    staff = count_field(_("Doctors and nurses"), required=False)
    attendance = count_field(_("Persons reached"))
    found = count_field(_("Of them newly suspected ill"), required=False)
    note = forms.CharField(
        label=_("Note"),
        max_length=500,
        required=False,
        widget=words(3),
        help_text=_("What was done and given. No names."),
    )

    def __init__(self, *args: Any, user: User, today: date, **more: Any) -> None:
        super().__init__(*args, **{"initial": {"held_on": today, "area": user.area}, **more})
        self.today = today
        self.fields["area"].queryset = places_for_events(user)  # type: ignore[attr-defined]
        self.fields["institution"].queryset = units_for_events(user)  # type: ignore[attr-defined]

    def clean_held_on(self) -> date:
        return not_ahead(self.cleaned_data["held_on"], self.today)

    @property
    def wanted(self) -> EventWanted:
        told = self.cleaned_data
        counts = {name: told[name] or 0 for name in ("staff", "attendance", "found")}
        return EventWanted(**{**told, **counts})
