"""The monitoring cases of one household."""

from households.models import Household, MonitoringCase


def open_case_of(household: Household) -> MonitoringCase | None:
    """The case that somebody has to act on; a household has one at most."""
    found: MonitoringCase | None = household.monitoring_cases.exclude(holder="").first()
    return found


def cases_of(household: Household) -> list[MonitoringCase]:
    """Every case of a household, the latest first."""
    return list(household.monitoring_cases.order_by("-found_on", "-pk"))
