"""What doctors type beside a visit: why nobody was met, a need, what was done about it."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.base.ids import uuid7
from followups.choices import NeedKind, NeedState, NotFoundReason
from households.models import Person

NOTE = {"rows": 3}
SATISFACTION = [
    ("5", _("very satisfied")),
    ("4", _("satisfied")),
    ("3", _("neither")),
    ("2", _("dissatisfied")),
    ("1", _("very dissatisfied")),
]


class NotFoundForm(forms.Form):
    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    reason = forms.ChoiceField(
        label=_("Why was nobody met?"), choices=NotFoundReason.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    also = forms.MultipleChoiceField(
        label=_("Also not met"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, others: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["also"].choices = others  # type: ignore[attr-defined]
        if not others:
            del self.fields["also"]
        reasons = dict(NotFoundReason.choices)
        today = NotFoundReason.NOT_AT_HOME.value
        self.fields["reason"].choices = [(today, reasons.pop(today)), *reasons.items()]  # type: ignore[attr-defined]


class NeedForm(forms.Form):
    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    person = forms.ChoiceField(label=_("Whose need is it?"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("What kind?"), choices=NeedKind.choices, widget=forms.RadioSelect)
    description = forms.CharField(
        label=_("What is needed"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    due_on = forms.DateField(
        label=_("To be met by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, members: list[Person], on: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.on = on
        self.members = {str(member.uuid): member for member in members}
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            (str(member.uuid), f"{member.name}（{member.get_relation_display()}）") for member in members
        ]

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if due_on < self.on:
            raise ValidationError(_("Choose today or a later day."))
        return due_on


class OwnerChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_full_name()}（{obj.get_role_display()}）"


class NeedWorkForm(forms.Form):
    note = forms.CharField(label=_("What was done"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    owner = OwnerChoice(
        label=_("Followed up from now on by"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("as before"),
    )

    def __init__(self, *args: Any, owners: QuerySet[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]


class NeedCloseForm(forms.Form):
    state = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[(NeedState.MET, NeedState.MET.label), (NeedState.UNMET, NeedState.UNMET.label)],
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(
        label=_("What came of it"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    satisfaction = forms.TypedChoiceField(
        label=_("How satisfied is the person?"),
        choices=SATISFACTION,
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
    )
    person_says = forms.CharField(label=_("In the person's own words"), max_length=200, required=False)


class AmendReasonForm(forms.Form):
    """Why an earlier record is corrected; on the same day no reason is asked."""

    reason = forms.CharField(
        label=_("Why is it corrected?"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"form": "visit-form"}),
    )

    def __init__(self, *args: Any, needed: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["reason"].required = needed
