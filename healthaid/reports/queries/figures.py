"""Counts by village or team: one statement for each fact, however many villages and indicators."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from django.db import connection

from healthaid.reports.indicators import NOTHING, STATEMENTS, Fact, Figure, Indicator, Side, Slice

Figures = dict[str, Figure]


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
        for key, *counts in _counted(cut, fact, group, by):
            pairs = zip(counts[::2], counts[1::2], strict=True)
            found[key] |= {i.code: Figure(part, whole) for i, (whole, part) in zip(group, pairs, strict=True)}
    return dict(found)


def total(tables: Iterable[Mapping[str, Figure]], indicators: Iterable[Indicator]) -> Figures:
    """The sum of each numerator over the sum of each denominator."""
    tables = list(tables)
    return {i.code: sum((table.get(i.code, NOTHING) for table in tables), NOTHING) for i in indicators}


def _counted(cut: Slice, fact: Fact, group: list[Indicator], by: By) -> list[tuple[Any, ...]]:
    columns = ", ".join(f"{measure(each, Side.ALL)}, {measure(each, Side.MET)}" for each in group)
    statement = f"SELECT f.{by}, {columns} FROM ({STATEMENTS[fact]}) f GROUP BY 1"  # noqa: S608 - our own texts
    with connection.cursor() as cursor:
        cursor.execute(statement, cut.parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def measure(indicator: Indicator, side: Side, *, within: str = "TRUE") -> str:
    """The SQL that measures one side of an indicator over its rows `f`: how many, or how many yuan."""
    if side not in indicator.sides:
        return "0"
    taken = f"FILTER (WHERE {indicator.condition(side)} AND {within})"
    if indicator.is_sum:
        return f"coalesce(sum({indicator.amount(side)}) {taken}, 0.00)"
    return f"count(*) {taken}"
