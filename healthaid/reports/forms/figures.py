"""What may be asked of the dashboard, the lists and the reports."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **more: Any) -> None:
        super().__init__(format="%Y-%m-%d", **more)


class MonthInput(forms.DateInput):
    input_type = "month"

    def __init__(self, **more: Any) -> None:
        super().__init__(format="%Y-%m", attrs={"placeholder": "2026-08"}, **more)


class DayForm(forms.Form):
    """The day up to which everything is counted; empty is today."""

    area = forms.IntegerField(required=False, widget=forms.HiddenInput)
    on = forms.DateField(
        label=_("Figures up to"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=DayInput,
        error_messages={"invalid": _("Write the day as 2026-08-15.")},
    )

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"] or self.today
        if on > self.today:
            raise ValidationError(_("This day is still to come. Choose today or an earlier day."))
        if on.year < 2015:
            raise ValidationError(_("There are no records before 2015. Choose a later day."))
        return on
