"""Counts by village or team: one statement for each fact, however many villages and indicators."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from django.db import connection

from healthaid.reports.indicators import NOTHING, STATEMENTS, Fact, Figure, Indicator, Side, Slice

Figures = dict[str, Figure]
Teams = dict[int | None, Figures]
"""By team; None is everyone without one."""


class By(StrEnum):
    VILLAGE = "village_id"
    TEAM = "team_id"


def by_fact(indicators: Iterable[Indicator]) -> dict[Fact, list[Indicator]]:
    grouped: dict[Fact, list[Indicator]] = defaultdict(list)
    for indicator in indicators:
        grouped[indicator.fact].append(indicator)
    return dict(grouped)


def figures(cut: Slice, indicators: Iterable[Indicator], *, by: By = By.VILLAGE) -> dict[int | None, Figures]:
    """Figures by indicator code, by village or team id; None is "no team". Empty villages are absent."""
    found: dict[int | None, Figures] = defaultdict(dict)
    for fact, group in by_fact(indicators).items():
        for key, *counts in _counted(cut, fact, group, f"f.{by}"):
            found[key] |= _figures(group, counts)
    return dict(found)


def figures_by_team(cut: Slice, indicators: Iterable[Indicator]) -> dict[int, Teams]:
    """Figures by village, and within it by team."""
    found: dict[int, dict[int | None, Figures]] = defaultdict(lambda: defaultdict(dict))
    for fact, group in by_fact(indicators).items():
        for village, team, *counts in _counted(cut, fact, group, "f.village_id", "f.team_id"):
            found[village][team] |= _figures(group, counts)
    return {village: dict(teams) for village, teams in found.items()}


def together(tables: Iterable[Figures]) -> Figures:
    """The sum of each figure that stands in any of them."""
    tables = list(tables)
    codes = dict.fromkeys(code for table in tables for code in table)
    return {code: sum((table.get(code, NOTHING) for table in tables), NOTHING) for code in codes}


def total(tables: Iterable[Mapping[str, Figure]], indicators: Iterable[Indicator]) -> Figures:
    """The sum of each numerator over the sum of each denominator."""
    tables = list(tables)
    return {i.code: sum((table.get(i.code, NOTHING) for table in tables), NOTHING) for i in indicators}


def _figures(group: list[Indicator], counts: list[Any]) -> Figures:
    pairs = zip(counts[::2], counts[1::2], strict=True)
    return {i.code: Figure(part, whole) for i, (whole, part) in zip(group, pairs, strict=True)}


def _counted(cut: Slice, fact: Fact, group: list[Indicator], *by: str) -> list[tuple[Any, ...]]:
    keys = ", ".join(by)
    columns = ", ".join(f"{measure(each, Side.ALL)}, {measure(each, Side.MET)}" for each in group)
    statement = f"SELECT {keys}, {columns} FROM ({STATEMENTS[fact]}) f GROUP BY {keys}"  # noqa: S608 - our own texts
    with connection.cursor() as cursor:
        cursor.execute(statement, cut.parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def measure(indicator: Indicator, side: Side, *, within: str = "TRUE") -> str:
    """The SQL that measures one side of an indicator over its rows `f`: how many, or the sum."""
    if side not in indicator.sides:
        return "0"
    taken = f"FILTER (WHERE {indicator.condition(side)} AND {within})"
    if indicator.is_sum:
        return f"coalesce(sum({indicator.amount(side)}) {taken}, {indicator.nothing})"
    return f"count(*) {taken}"
