"""What may be asked of the dashboard, the lists and the reports."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.accounts.models import Area
from core.base.forms import ChosenField


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


class ReportForm(forms.Form):
    """A month of one area, in one language."""

    area = ChosenField(
        label=pgettext_lazy("heading", "Area"),
        queryset=Area.objects.none(),
        empty_label=None,
        error_messages={"invalid_choice": _("Choose an area from the list.")},
    )
    month = forms.DateField(
        label=_("Month"),
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=MonthInput,
        error_messages={"invalid": _("Write the month as 2026-08."), "required": _("Choose a month.")},
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("zh-hans", "中文"), ("en", "English")])

    def __init__(self, *args: Any, areas: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]

    def clean_month(self) -> date:
        month: date = self.cleaned_data["month"].replace(day=1)
        if month > self.today:
            raise ValidationError(_("This month has not begun yet. Choose this month or an earlier one."))
        if month.year < 2015:
            raise ValidationError(_("There are no records before 2015. Choose a later month."))
        return month


class RemakeForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it made again?"),
        max_length=200,
        help_text=_("Printed on the corrected report, for example: late visits of Lianhe village entered."),
        error_messages={"required": _("Say why the report is made again.")},
    )
