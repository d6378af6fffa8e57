"""The tables of a report as a page shows them: every number leads to those it counts."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import may
from healthaid.reports.documents.cells import Value, value
from healthaid.reports.documents.kinds import KINDS
from healthaid.reports.documents.model import Column, Counted, Part, Take, part_of
from healthaid.reports.documents.table import Heading, row_name
from healthaid.reports.indicators import INDICATORS, Side
from healthaid.reports.models import Report
from healthaid.reports.presenters.behind import address
from healthaid.reports.presenters.links import Links

_SIDES = {Take.PART: Side.MET, Take.WHOLE: Side.ALL, Take.REST: Side.MISSING, Take.SHARE: Side.MISSING}


@dataclass(frozen=True)
class Cell:
    text: str
    url: str = ""
    is_words: bool = False


@dataclass(frozen=True)
class Row:
    name: str
    cells: list[Cell]


@dataclass(frozen=True)
class ShownTable:
    title: str
    first: str
    groups: list[Heading]
    heads: list[tuple[str, str]]
    rows: list[Row]
    together: Row | None


def shown_tables(report: Report, user: User) -> list[ShownTable]:
    leads = Leads(report, user)
    return [_table(part, part_of(report.figures, part.code), leads) for part in KINDS[report.kind].parts]


def _table(part: Part, counted: Counted, leads: "Leads") -> ShownTable:
    grouped = groupby(part.columns, key=lambda column: str(column.group))
    return ShownTable(
        title=str(part.title),
        first=str(part.first),
        groups=[Heading(text, len(list(members))) for text, members in grouped],
        heads=[(str(column.name), str(column.unit)) for column in part.columns],
        rows=[_row(row_name(part, row), part, row, leads) for row in counted["rows"]],
        together=_row(_("Together"), part, {"figures": counted["together"]}, leads)
        if part.has_total
        else None,
    )


def _row(name: str, part: Part, row: Counted, leads: "Leads") -> Row:
    return Row(name, [_cell(part, column, row, leads) for column in part.columns])


def _cell(part: Part, column: Column, row: Counted, leads: "Leads") -> Cell:
    found = value(column, row["figures"])
    return Cell(
        text=told(found),
        url=leads.of(part, column, row) if isinstance(found, int | Decimal) else "",
        is_words=column.take == Take.WORDS,
    )


def told(found: Value) -> str:
    """A number as it is read: 1,234.50 yuan, 93.3 per cent, 1,268 households."""
    if isinstance(found, Decimal):
        return f"{found:,.2f}" if found.as_tuple().exponent == -2 else f"{found:f}".removesuffix(".0")
    return f"{found:,}" if isinstance(found, int) else found


@dataclass(frozen=True)
class Leads:
    """Where a number leads: to the list that was counted, on the report's last day."""

    report: Report
    user: User

    def of(self, part: Part, column: Column, row: Counted) -> str:
        """The address of the list; empty where there is none that the user may open."""
        found = address(self.report, self.user, part, column, row)
        return self._of_indicator(column, row) if found is None else found

    def _of_indicator(self, column: Column, row: Counted) -> str:
        indicator = INDICATORS.get(column.code)
        if indicator is None or not may(self.user, "see_dashboard"):
            return ""
        if indicator.health_only and not self.user.sees_sensitive:
            return ""
        side = _SIDES[column.take]
        if side not in indicator.sides:
            return ""
        return self._links(row, indicator.health_only).to_list(column.code, side)

    def _links(self, row: Counted, health_only: bool) -> Links:
        return Links(
            row.get("area") or self.report.area_id,
            date.fromisoformat(self.report.figures["on"]),
            row.get("team"),
            since=self.report.since,
            is_open=not health_only and not self.report.for_health,
        )
