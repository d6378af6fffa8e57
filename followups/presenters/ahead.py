"""The weeks ahead as people read them: a strip of days, houses of the chosen one, who is new."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils import formats
from django.utils.translation import gettext as _

from core.base.periods import age_on
from followups.models import Contract
from followups.presenters.duties import DutyLine, present_duty
from followups.queries.ahead import PlannedDay, PlannedHouse


@dataclass(frozen=True)
class DayTile:
    day: date
    weekday: str
    count: int
    url: str
    active: bool
    is_free: bool
    """Saturday or Sunday."""


@dataclass(frozen=True)
class HouseAhead:
    title: str
    place: str
    uuid: str
    lines: list[DutyLine]


@dataclass(frozen=True)
class Newcomer:
    name: str
    age: int
    place: str
    team: str
    since: date
    uuid: str


def present_tiles(days: list[PlannedDay], chosen: date, query: dict[str, Any]) -> list[DayTile]:
    """This will draw fourteen days, each with how many visits fall on it; `query` is the filter to keep."""
    return [
        DayTile(
            day=each.on,
            weekday=formats.date_format(each.on, "D").removeprefix("星期"),
            count=each.visits,
            url="?" + urlencode(query | {"day": each.on.isoformat()}),
            active=each.on == chosen,
            is_free=each.on.isoweekday() > 5,
        )
        for each in days
    ]


def present_house(house: PlannedHouse, on: date) -> HouseAhead:
    home = house.household
    return HouseAhead(
        title=_("%(name)s's household") % {"name": house.head.name} if house.head else home.register_no,
        place=" · ".join(filter(None, [home.village.name, home.group_name])),
        uuid=str(home.uuid),
        lines=[present_duty(duty, on) for duty in house.duties],
    )


def present_newcomer(contract: Contract, on: date) -> Newcomer:
    person, begun = contract.person, contract.period.lower
    home = person.household
    return Newcomer(
        name=person.name,
        age=age_on(person.birth_date, on),
        place=" · ".join(filter(None, [home.village.name, home.group_name])),
        team=contract.team.name,
        since=begun,
        uuid=str(person.uuid),
    )
