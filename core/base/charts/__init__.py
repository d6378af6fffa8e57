"""Charts drawn on the server as SVG: pure functions of numbers, without script or inline style.

Widths are in per cent and heights in pixels: a chart stretches with the page while its text keeps its size.
Show one with {% include "components/chart.html" with chart=… %}, which puts its table behind it.
"""

from core.base.charts.bars import Bar, Share, bars, stacked_share
from core.base.charts.levels import Level, Reached, levels
from core.base.charts.model import Band, Chart, Point, Row, Series
from core.base.charts.places import Place, places
from core.base.charts.sparkline import sparkline
from core.base.charts.trend import blood_pressure_trend, glucose_trend, trend

__all__ = [
    "Band",
    "Bar",
    "Chart",
    "Level",
    "Place",
    "Point",
    "Reached",
    "Row",
    "Series",
    "Share",
    "bars",
    "blood_pressure_trend",
    "glucose_trend",
    "levels",
    "places",
    "sparkline",
    "stacked_share",
    "trend",
]
