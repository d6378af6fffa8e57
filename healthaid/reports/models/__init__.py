"""Reports as they were made, yearly pledges, and the figures kept for each area and month."""

from healthaid.reports.models.pledges import Direction, Pledge, PledgeTarget
from healthaid.reports.models.reports import Report
from healthaid.reports.models.summaries import Summary, SummaryHorizon, Touched

__all__ = ["Direction", "Pledge", "PledgeTarget", "Report", "Summary", "SummaryHorizon", "Touched"]
