"""Reports made and handed in, yearly pledges, and the figures kept for each area and month."""

from healthaid.reports.models.pledges import Direction, Pledge, PledgeTarget
from healthaid.reports.models.reports import FilingStep, Publication, Report
from healthaid.reports.models.summaries import Summary, SummaryHorizon, Touched

__all__ = [
    "Direction",
    "FilingStep",
    "Pledge",
    "PledgeTarget",
    "Publication",
    "Report",
    "Summary",
    "SummaryHorizon",
    "Touched",
]
