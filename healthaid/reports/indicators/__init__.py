"""Indicators: every number of the dashboard, the lists and the reports, defined once."""

from healthaid.reports.indicators.facts import STATEMENTS, Fact
from healthaid.reports.indicators.library import INDICATORS
from healthaid.reports.indicators.lights import Aim, Light, aim, light, missed
from healthaid.reports.indicators.model import NOTHING, Amount, Figure, Indicator, Pace, Shows, Side, Unit
from healthaid.reports.indicators.slices import Slice, quarter_so_far

__all__ = [
    "INDICATORS",
    "NOTHING",
    "STATEMENTS",
    "Aim",
    "Amount",
    "Fact",
    "Figure",
    "Indicator",
    "Light",
    "Pace",
    "Shows",
    "Side",
    "Slice",
    "Unit",
    "aim",
    "light",
    "missed",
    "quarter_so_far",
]
