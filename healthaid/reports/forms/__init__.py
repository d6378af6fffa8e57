"""What may be typed about figures, reports and pledges."""

from healthaid.reports.forms.figures import DayForm, DayInput, MonthInput, RemakeForm, ReportForm

__all__ = ["DayForm", "DayInput", "MonthInput", "RemakeForm", "ReportForm"]
