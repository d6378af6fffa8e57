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
    counts = ", ".join(f"{_count(indicator.condition(Side.ALL))}, {_part(indicator)}" for indicator in group)
    statement = f"SELECT f.{by}, {counts} FROM ({STATEMENTS[fact]}) f GROUP BY 1"  # noqa: S608 - our own texts
    with connection.cursor() as cursor:
        cursor.execute(statement, cut.parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _part(indicator: Indicator) -> str:
    return _count(indicator.condition(Side.MET)) if indicator.part else "0"


def _count(condition: str) -> str:
    return f"count(*) FILTER (WHERE {condition})"
