"""What is typed about praise and complaints."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from followups.choices import FeedbackChannel, FeedbackKind, FeedbackState
from followups.forms.teams import OneVillage
from followups.models import Team
from followups.queries.teams import townships_and_villages, visible_teams
from households.models import Person


class FeedbackForm(forms.Form):
    """About one person, whose village is known, or unsigned."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=FeedbackKind.choices,
        widget=forms.RadioSelect,
        initial=FeedbackKind.COMPLAINT,
    )
    village = OneVillage(label=_("Village"), queryset=None)
    words = forms.CharField(
        label=_("In the person's own words"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Write it down as it was said."),
    )
    team = forms.ModelChoiceField(
        label=_("About which team"),
        queryset=Team.objects.none(),
        required=False,
        empty_label=_("no team, or not known"),
    )
    about = forms.CharField(label=_("About whom"), max_length=60, required=False)
    channel = forms.ChoiceField(label=_("How it came"), choices=FeedbackChannel.choices)
    received_on = forms.DateField(
        label=_("Received on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, user: User, person: Person | None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["village"].queryset = townships_and_villages(user)  # type: ignore[attr-defined]
        self.fields["team"].queryset = visible_teams(user).order_by("area__code", "name")  # type: ignore[attr-defined]
        if person is not None:
            del self.fields["village"]


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("What was answered or done"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class FeedbackFilter(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All kinds")), *FeedbackKind.choices], required=False
    )
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("Open and closed")), *FeedbackState.choices], required=False
    )

    def chosen(self, name: str) -> str:
        if not self.is_bound or self.errors.get(name):
            return ""
        return self.cleaned_data.get(name) or ""
