"""Who answers for a person, level by level, and a month of visits that three levels answer for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.base.words import listed
from followups.choices import DutyState, Tier
from followups.presenters.values import day_month
from followups.queries.answering import MonthlyVisit, Seat
from followups.rules import all_rules


@dataclass(frozen=True)
class LevelView:
    """Without a name nobody answers at this level."""

    level: str
    name: str
    place: str


@dataclass(frozen=True)
class MonthlyView:
    url: str
    title: str
    place: str
    made: str
    levels: list[LevelView]
    state: str
    tone: str
    lacks: str


def levels_of(rules: Iterable[str], found: Mapping[str, Seat]) -> list[LevelView]:
    """The levels that answer for visits of these rules, the village first; and those with somebody named."""
    asked = {str(tier) for code in rules if code in all_rules() for tier in all_rules()[code].responsible}
    levels = [tier for tier in Tier if tier in asked or tier in found]
    return [_level(tier, found.get(tier)) for tier in levels]


def _level(tier: Tier, seat: Seat | None) -> LevelView:
    return LevelView(str(tier.label), seat.name if seat else "", seat.institution if seat else "")


def present_monthly(visit: MonthlyVisit, on: date) -> MonthlyView:
    return MonthlyView(
        url=reverse("households:person", args=[visit.person_uuid]),
        title=visit.person,
        place=visit.place,
        made=_made(visit, on),
        levels=[LevelView(str(tier.label), visit.doctors.get(tier, ""), "") for tier in Tier],
        state=_state(visit),
        tone="good" if visit.kept else "warn" if visit.in_time or visit.state == DutyState.OPEN else "bad",
        lacks=_lacks(visit),
    )


def _made(visit: MonthlyVisit, on: date) -> str:
    if visit.visited_on is None:
        return _("not visited this month")
    return _("visited on %(day)s by %(who)s") % {"day": day_month(visit.visited_on, on), "who": visit.by}


def _state(visit: MonthlyVisit) -> str:
    if visit.kept:
        return pgettext("monthly visit", "Kept")
    if visit.in_time:
        return pgettext("monthly visit", "Visited, not kept")
    if visit.visited_on:
        return pgettext("monthly visit", "Visited late")
    return _("To be visited") if visit.state == DutyState.OPEN else pgettext("monthly visit", "Not made")


def _lacks(visit: MonthlyVisit) -> str:
    """What is missing besides the visit."""
    missing = [str(tier.label) for tier in Tier if tier not in visit.doctors]
    return _("nobody named: %(levels)s") % {"levels": listed(missing)} if missing else ""
