"""Households that the poverty register has as monitored get a case: somebody has to act for them too."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from core.accounts.models import User
from core.accounts.permissions import check
from core.base.sql import bigints, one
from households.monitoring_times import monitoring_times
from households.sql import statement

_GROUNDS = "脱贫和监测登记中已列为监测对象"


@transaction.atomic
def take_in_registered(*, villages: Sequence[int], by: User, on: date) -> int:
    """This will open a case for each household of some villages (ids) that the register has as monitored and
    that has none; gives how many. The register's day is the day of verification; a measure is due at once."""
    check(by, "work_monitoring")
    times = monitoring_times()
    values = {"villages": bigints(villages), "by": by.pk, "on": on, "grounds": _GROUNDS}
    values |= {"days": times.measures_within_days, "months": times.watch_months}
    found = one(statement("take_in_registered"), values)
    return int(found[0]) if found else 0
