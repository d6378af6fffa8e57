"""What is typed about a referral: where to and why, the hospital's answer and result, the two-week check."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.base.forms import ChosenField
from core.base.ids import uuid7
from core.base.words import with_note
from core.clinics.models import Institution
from followups.choices import CheckResult, PriorityKind, ReferralResult, Urgency
from followups.forms.needs import day_input, words
from followups.forms.papers import WithPaper
from households.models import Person


class InstitutionChoice(ChosenField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


def time_input() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class ReferralFilterForm(forms.Form):
    hospital = InstitutionChoice(
        label=_("Hospital"), queryset=Institution.objects.none(), required=False, empty_label=_("all")
    )
    urgency = forms.ChoiceField(label=_("Urgency"), required=False)
    show = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, hospitals: QuerySet[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["hospital"].queryset = hospitals  # type: ignore[attr-defined]
        self.fields["urgency"].choices = [("", _("all")), *Urgency.choices]  # type: ignore[attr-defined]


class ReferralForm(forms.Form):
    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    person = forms.ChoiceField(label=_("Who is sent?"), widget=forms.RadioSelect)
    to_institution = InstitutionChoice(
        label=_("To which hospital?"), queryset=Institution.objects.none(), empty_label=None
    )
    department = forms.CharField(label=_("Department"), max_length=40, required=False)
    urgency = forms.ChoiceField(
        label=_("How soon?"), choices=Urgency.choices, initial=Urgency.ROUTINE, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Why?"), max_length=300, widget=words())
    is_priority = forms.BooleanField(
        label=_("Priority: registration, examination and admission before others"),
        required=False,
        initial=True,
        help_text=_("Every registered person has it; the time until the service is measured."),
    )

    def __init__(self, *args: Any, members: list[Person], hospitals: QuerySet[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.members = {str(member.uuid): member for member in members}
        self.fields["to_institution"].queryset = hospitals  # type: ignore[attr-defined]
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            (str(member.uuid), with_note(member.name, member.get_relation_display())) for member in members
        ]

    @property
    def member(self) -> Person:
        return self.members[self.cleaned_data["person"]]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why?"), max_length=200, widget=words(2))


class ArrivalForm(forms.Form):
    on = forms.DateField(label=_("Came on"), widget=day_input())
    is_admitted = forms.ChoiceField(
        label=_("What happened?"),
        choices=[("yes", _("admitted to a ward")), ("no", _("seen as an outpatient"))],
        widget=forms.RadioSelect,
    )

    def clean_is_admitted(self) -> bool:
        return bool(self.cleaned_data["is_admitted"] == "yes")


class ResultForm(WithPaper):
    result = forms.ChoiceField(
        label=_("How did it end?"), choices=ReferralResult.choices, widget=forms.RadioSelect
    )
    diagnosis = forms.CharField(label=_("Diagnosis"), max_length=200)
    advice = forms.CharField(
        label=_("Advice to the village doctor"), max_length=300, required=False, widget=words()
    )
    discharged_on = forms.DateField(label=_("Discharged on"), required=False, widget=day_input())


class CheckForm(forms.Form):
    result = forms.ChoiceField(
        label=_("What did you learn?"), choices=CheckResult.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class PriorityForm(forms.Form):
    kind = forms.ChoiceField(label=_("Which priority?"), choices=PriorityKind.choices)
    asked_at = forms.DateTimeField(label=_("Asked for at"), widget=time_input())
    served_at = forms.DateTimeField(label=_("Given at"), required=False, widget=time_input())

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        asked, served = given.get("asked_at"), given.get("served_at")
        if isinstance(asked, datetime) and isinstance(served, datetime) and served < asked:
            raise ValidationError({"served_at": _("This lies before the time it was asked for.")})
        return given
