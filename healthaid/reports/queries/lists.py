"""The people behind a number: the same rows that were counted, page by page."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from healthaid.reports.indicators import STATEMENTS, Figure, Indicator, Side, Slice
from healthaid.reports.queries.details import DETAILS, ORDERS

Row = dict[str, Any]
PAGE = 50

_SHAPE = """
SELECT r.*, p.uuid AS person_uuid, p.name AS person_name, p.sex, p.birth_date, p.left_on AS person_left_on,
       h.uuid AS household_uuid, h.register_no, h.group_name, h.standing, h.main_cause,
       (SELECT m.name FROM households_person m
         WHERE m.household_id = h.id AND m.relation = '02'
         ORDER BY m.left_on IS NOT NULL, m.id LIMIT 1) AS head_name,
       a.name AS village_name, t.name AS team_name {details}
  FROM (SELECT f.*, o.visit_order FROM ({fact}) f LEFT JOIN households_household o ON o.id = f.household_id
         WHERE {condition} ORDER BY {order} LIMIT %(limit)s OFFSET %(offset)s) r
  LEFT JOIN households_household h ON h.id = r.household_id
  JOIN accounts_area a ON a.id = r.village_id
  LEFT JOIN households_person p ON p.id = r.person_id
  LEFT JOIN followups_team t ON t.id = r.team_id
 ORDER BY {outer}
"""


def count(cut: Slice, indicator: Indicator) -> Figure:
    """The figure the list belongs to, for this slice and team."""
    sides = (Side.ALL, Side.MET) if indicator.part else (Side.ALL,)
    counts = ", ".join(f"count(*) FILTER (WHERE {_condition(cut, indicator, side)})" for side in sides)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts} FROM ({STATEMENTS[indicator.fact]}) f", cut.parameters)  # noqa: S608 - our own texts
        whole, *part = cursor.fetchone()
    return Figure(part[0] if part else 0, whole)


def rows(cut: Slice, indicator: Indicator, side: Side, *, limit: int = PAGE, offset: int = 0) -> list[Row]:
    """The rows of one side in the order in which one would go through them; dicts by column name."""
    kind = indicator.shown_in_list
    order = ORDERS.get(kind, "f.village_id, o.visit_order, f.household_id, f.person_id, f.key")
    statement = _SHAPE.format(
        details=DETAILS.get(kind, ""),
        fact=STATEMENTS[indicator.fact],
        condition=_condition(cut, indicator, side),
        order=order,
        outer=order.replace("f.", "r.").replace("o.", "r."),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {**cut.parameters, "limit": limit, "offset": offset})
        return list(_dicts(cursor))


def _condition(cut: Slice, indicator: Indicator, side: Side) -> str:
    if cut.team is None:
        return indicator.condition(side)
    team = "f.team_id = %(team)s" if cut.team else "f.team_id IS NULL"
    return f"{indicator.condition(side)} AND {team}"


def _dicts(cursor: Any) -> Iterator[Row]:
    names = [column.name for column in cursor.description]
    return (dict(zip(names, values, strict=True)) for values in cursor)
