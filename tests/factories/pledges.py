"""Pledges of units, with their targets."""

from datetime import date
from typing import Any

from core.accounts.models import Area, User
from healthaid.reports.models import Pledge, PledgeTarget

YEAR = 2026


def a_pledge(area: Area, by: User, **more: Any) -> Pledge:
    fields = {
        "year": YEAR,
        "signer": "王主任",
        "signed_with": "县政府",
        "signed_on": date(2026, 1, 20),
        "recorded_by": by,
    }
    return Pledge.objects.create(area=area, **{**fields, **more})


def a_target(pledge: Pledge, indicator: str = "contracted", **more: Any) -> PledgeTarget:
    fields = {"value": 100, "weight": 10}
    return PledgeTarget.objects.create(pledge=pledge, indicator=indicator, **{**fields, **more})
