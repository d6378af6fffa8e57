"""Who tries to break what the database promises about health classes, records, campaigns and benefits."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.factories.records import (
    a_benefit_use,
    a_campaign,
    a_class_by_hand,
    a_class_period,
    a_health_record,
)


def _twice(make: Callable[[], Any]) -> None:
    make()
    make()


def _campaign(w: Any, **more: Any) -> Any:
    return a_campaign(w.county.county, w.cast.county, **more)


RECORD_BREAKERS: dict[str, Any] = {
    "one_health_class_at_a_time": lambda w: _twice(lambda: a_class_period(w.person)),
    "class_set_by_hand_says_who_why_and_until": lambda w: a_class_by_hand(w.person, w.cast.doctor, reason=""),
    "class_holds_until_after_it_begins": lambda w: a_class_by_hand(
        w.person, w.cast.doctor, holds_until=date(2026, 3, 1)
    ),
    "record_is_updated_after_it_is_made": lambda w: a_health_record(w.person, updated_on=date(2019, 3, 1)),
    "record_has_its_number": lambda w: a_health_record(w.person, archive_number=""),
    "one_exam_campaign_per_county_and_year": lambda w: _twice(lambda: _campaign(w)),
    "exam_campaign_lies_in_its_year": lambda w: _campaign(w, due_on=date(2027, 1, 31)),
    "exam_cost_is_not_negative": lambda w: _campaign(w, cost_per_head=-1),
    "one_use_of_a_benefit_per_day": lambda w: _twice(lambda: a_benefit_use(w.person, w.cast.doctor)),
    "benefit_is_not_negative": lambda w: a_benefit_use(w.person, w.cast.doctor, amount=-1),
    "benefit_has_a_giver": lambda w: a_benefit_use(w.person, w.cast.doctor, giver=""),
}
