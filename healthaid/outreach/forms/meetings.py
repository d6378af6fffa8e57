"""What is typed about a meeting, and about what it asks of whom."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.accounts.models import Area, User
from core.base.forms import ChosenField, PaperField
from healthaid.outreach.choices import Department, MeetingKind
from healthaid.outreach.forms.fields import HeldForm, day_field, words
from healthaid.outreach.models import Meeting
from healthaid.outreach.queries.meetings import areas_that_meet
from healthaid.outreach.services.meetings import MeetingWanted

HEAD = ("area", "kind", "title", "held_on", "place", "chair", "departments", "attendees", "minutes")


class MeetingForm(HeldForm):
    area = ChosenField(label=_("Whose meeting"), queryset=Area.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=120)
    held_on = day_field(_("Held on"))
    place = forms.CharField(label=_("Place"), max_length=80, required=False)
    chair = forms.CharField(label=_("Chair"), max_length=40)
    departments = forms.MultipleChoiceField(
        label=_("Who was represented"), choices=Department.choices, widget=forms.CheckboxSelectMultiple
    )
    attendees = forms.CharField(
        label=_("Who attended"),
        max_length=500,
        required=False,
        widget=words(2),
        help_text=_("Names with their department."),
    )
    minutes = forms.CharField(
        label=_("Minutes"),
        max_length=8000,
        widget=words(8),
        help_text=_("What was reported, discussed and decided. No names of patients."),
    )
    file = PaperField(label=_("The signed minutes"), required=False)

    def __init__(
        self, *args: Any, user: User, today: date, meeting: Meeting | None = None, **more: Any
    ) -> None:
        first = {name: getattr(meeting, name) for name in HEAD} if meeting else {"held_on": today}
        super().__init__(*args, areas=areas_that_meet(user), today=today, **{"initial": first, **more})

    @property
    def wanted(self) -> MeetingWanted:
        return MeetingWanted(**self.told(HEAD))


class AssignForm(forms.Form):
    task = forms.CharField(label=_("What is to be done"), max_length=300, widget=words(2))
    owner = ChosenField(label=_("By whom"), queryset=User.objects.none(), empty_label="—")
    due_on = day_field(_("Until"))

    def __init__(self, *args: Any, owners: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["owner"]
        field.queryset = owners.select_related("area")
        field.label_from_instance = lambda user: f"{user.get_full_name()} · {user.area.name}"


class FinishForm(forms.Form):
    result = forms.CharField(label=_("What came of it"), max_length=300, widget=words(2))


class DropForm(forms.Form):
    result = forms.CharField(
        label=pgettext_lazy("task", "Why it is no longer needed"), max_length=300, widget=words(2)
    )


class AgainForm(forms.Form):
    due_on = day_field(pgettext_lazy("task", "To be done by"))
