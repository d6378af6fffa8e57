"""Who tries to break what the database promises about pledges, meetings, activities and what is handed out."""

from datetime import date
from typing import Any

from healthaid.reports.models import Pledge, PledgeTarget
from tests.factories.ground import an_institution
from tests.factories.pledges import a_pledge, a_target

DAY = date(2026, 3, 2)


def _institution_pledges_twice(w: Any) -> None:
    clinic = an_institution(w.county.lianhe)
    for _again in range(2):
        a_pledge(w.county.lianhe, w.cast.county, institution=clinic)


def _target(w: Any, **more: Any) -> PledgeTarget:
    return a_target(a_pledge(w.county.lianhe, w.cast.county), **more)


def _target_twice(w: Any) -> None:
    pledge: Pledge = a_pledge(w.county.lianhe, w.cast.county)
    for _again in range(2):
        a_target(pledge, "contracted")


OUTREACH_BREAKERS: dict[str, Any] = {
    "one_pledge_per_area_and_year": lambda w: [a_pledge(w.county.lianhe, w.cast.county) for _n in range(2)],
    "one_pledge_per_institution_and_year": _institution_pledges_twice,
    "pledge_says_who_signed": lambda w: a_pledge(w.county.lianhe, w.cast.county, signer=""),
    "one_target_per_pledge_and_indicator": _target_twice,
    "target_has_its_points": lambda w: _target(w, weight=0),
    "target_is_not_below_zero": lambda w: _target(w, value=-1),
}
