"""Reports as they were made, and the yearly pledges that figures are held against."""

from healthaid.reports.models.pledges import Direction, Pledge, PledgeTarget
from healthaid.reports.models.reports import Report

__all__ = ["Direction", "Pledge", "PledgeTarget", "Report"]
