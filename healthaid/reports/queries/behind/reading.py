"""The rows behind one number of a report, page by page, and what they add up to today."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import connection

from core.accounts.models import Area, User
from healthaid.reports.documents.cells import FEN, value
from healthaid.reports.documents.kinds import KINDS
from healthaid.reports.documents.model import Column, Counted, Part, Take
from healthaid.reports.models import Report
from healthaid.reports.queries.areas import below
from healthaid.reports.queries.behind.model import Behind
from healthaid.reports.queries.tables.causes import BANDS
from healthaid.reports.queries.tables.sums import written

Row = dict[str, Any]
_ALL_PLACES = "(%(place)s = '' OR f.place = %(place)s)"
_SHAPE = """
SELECT r.*, p.uuid AS person_uuid, p.name AS person_name, p.sex, p.birth_date, h.uuid AS household_uuid,
       h.register_no,
       (SELECT m.name FROM households_person m WHERE m.household_id = h.id AND m.relation = '02'
         ORDER BY m.left_on IS NOT NULL, m.id LIMIT 1) AS head_name,
       a.name AS village_name, i.name AS institution_name, s.uuid AS stay_uuid
  FROM (SELECT f.*, ({part})::numeric AS part, ({whole})::numeric AS whole FROM ({rows}) f
         WHERE {condition} ORDER BY f.day DESC NULLS LAST, f.village_id, f.household_id, f.key
         LIMIT %(limit)s OFFSET %(offset)s) r
  LEFT JOIN households_person p ON p.id = r.person_id
  LEFT JOIN households_household h ON h.id = coalesce(r.household_id, p.household_id)
  LEFT JOIN accounts_area a ON a.id = r.village_id
  LEFT JOIN clinics_institution i ON i.id = r.institution_id
  LEFT JOIN claims_admission s ON s.id = r.admission_id
 ORDER BY r.day DESC NULLS LAST, r.village_id, r.household_id, r.key
"""


@dataclass(frozen=True)
class Question:
    """A number of a report: its column, the code of its row (empty: all of them together), and the area."""

    report: Report
    user: User
    area: Area
    part: Part
    column: Column
    behind: Behind
    place: str = ""


def amounts(asked: Question) -> Row:
    """`length` of the list, and `told`: what its rows add up to, in the words of the table's own cell."""
    rule = asked.behind
    whole_condition = "TRUE" if rule.of_all else _ALL_PLACES
    statement = f"""
SELECT count(*) FILTER (WHERE {_condition(asked)}),
       coalesce(sum(({rule.part})::numeric) FILTER (WHERE {_ALL_PLACES}), 0),
       coalesce(sum(({rule.whole or 0})::numeric) FILTER (WHERE {whole_condition}), 0)
  FROM ({rule.source.statement}) f
"""  # noqa: S608 - our own texts
    length, part, whole = _fetched(asked, statement)[0]
    return {"length": length, "told": _told(asked, part, whole)}


def rows(asked: Question, *, limit: int, offset: int = 0) -> list[Row]:
    """The latest first; `part` and `whole` are what a row adds to the number."""
    statement = _SHAPE.format(
        part=asked.behind.part,
        whole=asked.behind.whole or "NULL",
        rows=asked.behind.source.statement,
        condition=_condition(asked),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, _parameters(asked) | {"limit": limit, "offset": offset})
        names = [column.name for column in cursor.description]
        return [dict(zip(names, found, strict=True)) for found in cursor]


def _fetched(asked: Question, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, _parameters(asked))
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _condition(asked: Question) -> str:
    """Only rows that add something stand on the list; behind a rate those of both of its sums."""
    part, whole = asked.behind.part, asked.behind.whole
    is_rate = asked.behind.is_mean or asked.column.take == Take.SHARE
    adds = {Take.WHOLE: f"({whole}) <> 0", Take.REST: f"({whole}) <> ({part})"}.get(asked.column.take)
    if is_rate and not asked.behind.of_all:
        adds = f"(({part}) <> 0 OR ({whole}) <> 0)"
    return f"{_ALL_PLACES} AND {adds or f'({part}) <> 0'}"


def _told(asked: Question, part: Decimal, whole: Decimal) -> Any:
    """As the table's own cell tells it."""
    rule, column = asked.behind, asked.column
    if rule.is_mean:
        kept: Any = (part / whole).quantize(FEN, ROUND_HALF_UP) if whole else None
    elif column.take in (Take.PART, Take.WHOLE, Take.REST, Take.SHARE):
        kept = [part, whole]
    else:
        kept = part
    return value(replace(column, guard=""), {column.code: _kept(asked, kept)})


def _kept(asked: Question, kept: Any) -> Any:
    """Yuan as text and counts as whole numbers, as the figures keep them."""
    if kept is None:
        return None
    is_yuan = asked.column.take in (Take.YUAN, Take.WAN) or bool(asked.column.guard)
    if is_yuan:
        return written(kept)
    return [int(each) for each in kept] if isinstance(kept, list) else int(kept)


def _parameters(asked: Question) -> dict[str, Any]:
    report, source = asked.report, asked.behind.source
    figures: Counted = report.figures
    since = date.fromisoformat(figures["year_since"]) if asked.part.code == "year" else report.since
    last = date.fromisoformat(figures["on"])
    sees = asked.user.sees_sensitive and (source.holds_sensitive or report.for_health)
    return {
        "area": asked.area.pk,
        "county": report.area.county_id,
        "villages": list(below(asked.area).villages),
        "since": since,
        "last": last,
        "on": last,
        "first_year": since.year,
        "last_year": last.year,
        "bands": list(BANDS),
        "sensitive": sees,
        "every_care": KINDS[report.kind].is_roster,
        "place": asked.place,
    }
