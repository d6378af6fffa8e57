"""The board of one area: its own figures, and those of each area or team below."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from core.accounts.models import Area, Level
from followups.models import Team
from healthaid.reports.indicators import Indicator, Slice
from healthaid.reports.queries.areas import Below
from healthaid.reports.queries.figures import By, Figures, Teams, figures, total


@dataclass(frozen=True)
class Line:
    """One child area, or in a village one team; `team` without an id is everyone without a team."""

    name: str
    figures: Figures
    area: Area | None = None
    team: int | None = None


@dataclass(frozen=True)
class Board:
    """`counted_at` is when kept figures were counted, None where they were counted for this page;
    `recounting` is how many villages have changed since and are not in them yet."""

    area: Area
    cut: Slice
    whole: Figures
    lines: list[Line] = field(default_factory=list)
    empty: int = 0
    counted_at: datetime | None = None
    recounting: int = 0


def board(area: Area, below: Below, cut: Slice, indicators: list[Indicator]) -> Board:
    """The whole is the sum of its lines; `empty` counts the areas where nothing is counted at all."""
    if area.level == Level.VILLAGE:
        lines, empty = _teams(cut, indicators), 0
    else:
        lines, empty = _areas(below, cut, indicators)
    return Board(area, cut, total((line.figures for line in lines), indicators), lines, empty)


def _areas(below: Below, cut: Slice, indicators: list[Indicator]) -> tuple[list[Line], int]:
    parts: dict[int, list[Figures]] = defaultdict(list)
    for village, found in figures(cut, indicators).items():
        parts[below.child_of[village or 0]].append(found)
    lines = [
        Line(child.name, total(parts[child.pk], indicators), area=child)
        for child in below.children
        if child.pk in parts
    ]
    return lines, len(below.children) - len(lines)


def _teams(cut: Slice, indicators: list[Indicator]) -> list[Line]:
    return team_lines(figures(cut, indicators, by=By.TEAM))


def team_lines(found: Teams) -> list[Line]:
    """In the order of the teams' names, everyone without a team last."""
    names = dict(Team.objects.filter(pk__in=[pk for pk in found if pk]).values_list("pk", "name"))
    order = sorted(found, key=lambda pk: (pk is None, names.get(pk or 0, "")))
    return [Line(names.get(pk or 0, ""), found[pk], team=pk or 0) for pk in order]
