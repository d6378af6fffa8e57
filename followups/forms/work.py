"""What doctors type beside a visit: why nobody was met, why a record is corrected."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.base.ids import uuid7
from followups.choices import NotFoundReason, PlanChangeReason


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


class MoveForm(forms.Form):
    now_on = forms.DateField(
        label=_("New day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.ChoiceField(label=_("Why?"), choices=PlanChangeReason.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class NoticeForm(forms.Form):
    at = forms.DateTimeField(
        label=_("The notice came at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )


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
