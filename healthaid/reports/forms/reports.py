"""What may be asked of the reports: which one, which days, and why one goes back or is corrected."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.accounts.models import Area
from core.base.forms import ChosenField
from core.base.periods import month_end
from healthaid.reports.documents.kinds import KINDS
from healthaid.reports.forms.figures import DayInput, MonthInput
from healthaid.reports.models.reports import Filing


class ReportForm(forms.Form):
    """A kind of report for one area, of a month or of any days, in one language."""

    kind = forms.ChoiceField(
        label=_("Which report"), choices=[(kind.code, kind.name) for kind in KINDS.values()]
    )
    area = ChosenField(
        label=pgettext_lazy("heading", "Area"),
        queryset=Area.objects.none(),
        empty_label=None,
        error_messages={"invalid_choice": _("Choose an area from the list.")},
    )
    month = forms.DateField(
        label=_("Month"),
        required=False,
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=MonthInput,
        error_messages={"invalid": _("Write the month as 2026-08.")},
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("zh-hans", "中文"), ("en", "English")])
    since = forms.DateField(
        label=_("Or from"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=DayInput,
        help_text=_("Any days, across years, too. They go before the month."),
        error_messages={"invalid": _("Write the day as 2026-08-15.")},
    )
    until = forms.DateField(
        label=_("to"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=DayInput,
        error_messages={"invalid": _("Write the day as 2026-08-15.")},
    )

    def __init__(self, *args: Any, areas: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]

    def clean_month(self) -> date | None:
        month: date | None = self.cleaned_data["month"]
        if month:
            _check_begun(month.replace(day=1), self.today)
        return month.replace(day=1) if month else None

    def clean_since(self) -> date | None:
        since: date | None = self.cleaned_data["since"]
        if since:
            _check_begun(since, self.today)
        return since

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self._check_kind(given)
        if "month" in given and "since" in given and "until" in given:
            self._check_days(given)
        return given

    def _check_kind(self, given: dict[str, Any]) -> None:
        kind, area = KINDS.get(given.get("kind", "")), given.get("area")
        if kind and area and area.level not in kind.levels:
            self.add_error("area", _("This report is not made for such an area. Choose one further up."))

    def _check_days(self, given: dict[str, Any]) -> None:
        since, until = given["since"], given["until"]
        if not since and not until:
            if not given["month"]:
                self.add_error("month", _("Choose a month, or the first and the last day."))
        elif not since:
            self.add_error("since", _("Write the first day, too."))
        elif not until:
            self.add_error("until", _("Write the last day, too."))
        elif until < since:
            self.add_error("until", _("The last day lies before the first. Choose a later one."))
        elif until > month_end(self.today):
            self.add_error("until", _("This day is still to come. Choose today or an earlier day."))

    @property
    def days(self) -> tuple[date, date]:
        """First and last day of what was asked for."""
        given = self.cleaned_data
        if given["since"]:
            return given["since"], given["until"]
        return given["month"], month_end(given["month"])


def _check_begun(first: date, today: date) -> None:
    if first > today:
        raise ValidationError(_("This period has not begun yet. Choose this month or an earlier one."))
    if first.year < 2015:
        raise ValidationError(_("There are no records before 2015. Choose a later month."))


class FindReportForm(forms.Form):
    """Which of the reports are shown."""

    month = forms.ChoiceField(label=_("Period ends in"), required=False)
    kind = forms.ChoiceField(label=_("Which report"), required=False)
    filing = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, months: list[date], **more: Any) -> None:
        super().__init__(*args, **more)
        every = [("", _("all"))]
        self._choices("month", [*every, *((f"{month:%Y-%m}", f"{month:%Y-%m}") for month in months)])
        self._choices("kind", [*every, *((kind.code, kind.name) for kind in KINDS.values())])
        self._choices("filing", [*every, *Filing.choices])

    def _choices(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_month(self) -> date | None:
        text = self.cleaned_data["month"]
        return date.fromisoformat(f"{text}-01") if text else None


class SendBackForm(forms.Form):
    reason = forms.CharField(
        label=_("Why does it go back?"),
        max_length=200,
        help_text=_("Name the figure and what is wrong with it: whoever hands it in reads this."),
        error_messages={"required": _("Say what is wrong, so that it can be put right.")},
    )


class CorrectForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it corrected?"),
        max_length=200,
        help_text=_("Printed on the corrected report, for example: late visits of Lianhe village entered."),
        error_messages={"required": _("Say why the report is corrected.")},
    )
