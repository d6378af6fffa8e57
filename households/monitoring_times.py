"""The days of monitoring (monitoring_times.toml)."""

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from pydantic import PositiveInt, TypeAdapter

from core.base.periods import add_months
from core.base.texts import Model

FILE = Path(__file__).parent / "monitoring_times.toml"


class MonitoringTimes(Model):
    source: str
    verify_within_days: PositiveInt
    measures_within_days: PositiveInt
    look_again_within_days: PositiveInt
    decide_within_days: PositiveInt
    watch_months: PositiveInt
    long_overdue_days: PositiveInt
    county_overdue_days: PositiveInt
    unmet_cost_days: PositiveInt


@cache
def monitoring_times() -> MonitoringTimes:
    """This will give the days; a fault in the file stops with the place and the reason."""
    return TypeAdapter(MonitoringTimes).validate_python(tomllib.loads(FILE.read_text(encoding="utf-8")))


def removable_from(verified_on: date) -> date:
    """The first day on which the risk may be removed: the day after the months of watching."""
    return add_months(verified_on, monitoring_times().watch_months) + timedelta(days=1)
