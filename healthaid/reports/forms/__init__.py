"""What may be typed about figures, reports and pledges."""

from healthaid.reports.forms.figures import DayForm, DayInput, MonthInput
from healthaid.reports.forms.reports import CorrectForm, FindReportForm, ReportForm, SendBackForm

__all__ = ["CorrectForm", "DayForm", "DayInput", "FindReportForm", "MonthInput", "ReportForm", "SendBackForm"]
