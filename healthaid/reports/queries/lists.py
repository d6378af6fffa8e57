"""The people behind a number: the same rows that were counted, page by page."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from core.base.sql import streamed_dicts
from healthaid.reports.indicators import STATEMENTS, Figure, Indicator, Side, Slice
from healthaid.reports.queries.details import DETAILS, ORDERS
from healthaid.reports.queries.figures import measure

Row = dict[str, Any]
PAGE = 50

_SHAPE = """
SELECT r.*, p.uuid AS person_uuid, p.name AS person_name, p.sex, p.birth_date, p.left_on AS person_left_on,
       h.uuid AS household_uuid, h.register_no, h.group_name, h.standing, h.main_cause,
       (SELECT m.name FROM households_person m
         WHERE m.household_id = h.id AND m.relation = '02'
         ORDER BY m.left_on IS NOT NULL, m.id LIMIT 1) AS head_name,
       a.name AS village_name, t.name AS team_name {details}
  FROM (SELECT f.*, {amount} AS amount, o.visit_order
          FROM ({fact}) f LEFT JOIN households_household o ON o.id = f.household_id
         WHERE {condition} ORDER BY {order} LIMIT %(limit)s OFFSET %(offset)s) r
  LEFT JOIN households_household h ON h.id = r.household_id
  JOIN accounts_area a ON a.id = r.village_id
  LEFT JOIN households_person p ON p.id = r.person_id
  LEFT JOIN followups_team t ON t.id = r.team_id
 ORDER BY {outer}
"""


def count(cut: Slice, indicator: Indicator) -> Figure:
    """The figure the list belongs to, for this slice and team."""
    whole, part = _measured(
        cut, indicator, *(measure(indicator, side, within=_team(cut)) for side in (Side.ALL, Side.MET))
    )
    return Figure(part, whole)


def length(cut: Slice, indicator: Indicator, side: Side) -> int:
    """How many rows a list has: of a count the count itself, of a sum of yuan the bills behind it."""
    (found,) = _measured(cut, indicator, f"count(*) FILTER (WHERE {_condition(cut, indicator, side)})")
    return int(found)


def _measured(cut: Slice, indicator: Indicator, *columns: str) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(columns)} FROM ({STATEMENTS[indicator.fact]}) f",  # noqa: S608 - our own texts
            cut.parameters,
        )
        found: tuple[Any, ...] = cursor.fetchone()
        return found


def rows(cut: Slice, indicator: Indicator, side: Side, *, limit: int = PAGE, offset: int = 0) -> list[Row]:
    """The rows of one side in the order in which one would go through them; dicts by column name."""
    with connection.cursor() as cursor:
        cursor.execute(_rows(cut, indicator, side), {**cut.parameters, "limit": limit, "offset": offset})
        return list(_dicts(cursor))


def every_row(cut: Slice, indicator: Indicator, side: Side, *, limit: int) -> Iterator[Row]:
    """The same through a server-side cursor, up to `limit`: any number takes the memory of a few.

    Needs a transaction."""
    parameters = {**cut.parameters, "limit": limit, "offset": 0}
    return streamed_dicts(_rows(cut, indicator, side), parameters)


def _rows(cut: Slice, indicator: Indicator, side: Side) -> str:
    kind = indicator.shown_in_list
    order = ORDERS.get(kind, "f.village_id, o.visit_order, f.household_id, f.person_id, f.key")
    return _SHAPE.format(
        details=DETAILS.get(kind, ""),
        fact=STATEMENTS[indicator.fact],
        amount=indicator.amount(side) if indicator.is_sum else "NULL::numeric",
        condition=_condition(cut, indicator, side),
        order=order,
        outer=order.replace("f.", "r.").replace("o.", "r."),
    )


def _condition(cut: Slice, indicator: Indicator, side: Side) -> str:
    return f"{indicator.condition(side)} AND {_team(cut)}"


def _team(cut: Slice) -> str:
    if cut.team is None:
        return "TRUE"
    return "f.team_id = %(team)s" if cut.team else "f.team_id IS NULL"


def _dicts(cursor: Any) -> Iterator[Row]:
    names = [column.name for column in cursor.description]
    return (dict(zip(names, values, strict=True)) for values in cursor)
