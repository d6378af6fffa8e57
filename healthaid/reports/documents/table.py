"""The monthly report as it is printed, in one language, before it becomes a workbook or a PDF."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from healthaid.reports.documents.columns import TABLES, Column, Take
from healthaid.reports.indicators import INDICATORS, Figure
from healthaid.reports.models import Report

NO_DATA = "—"
SMALL = 5
Value = int | Decimal | str


@dataclass(frozen=True)
class Heading:
    text: str
    span: int


@dataclass(frozen=True)
class Table:
    title: str
    groups: list[Heading]
    names: list[str]
    units: list[str]
    rows: list[list[Value]]
    together: list[Value]


@dataclass(frozen=True)
class Document:
    title: str
    office: str
    period: str
    data_time: str
    edition: str
    first_column: str
    unit_label: str
    tables: list[Table]
    notes_label: str
    notes: list[str]
    definitions_label: str
    definitions: list[tuple[str, str]]
    signatures: list[str]
    seal: str
    language: str


def document(report: Report, figures: dict[str, Any], seal: str, at: datetime) -> Document:
    with translation.override(report.language):
        return Document(
            title=_("Monthly report on health work for registered households"),
            office=_("Reported by: %(area)s") % {"area": report.area.name},
            period=_("Month: %(month)s, figures up to %(day)s")
            % {"month": f"{report.month:%Y-%m}", "day": figures["on"]},
            data_time=_("Data as of %(time)s") % {"time": timezone.localtime(at).strftime("%Y-%m-%d %H:%M")},
            edition=_edition(report),
            first_column=pgettext("heading", "Area"),
            unit_label=_("Unit"),
            tables=[_table(str(title), columns, figures) for title, columns in TABLES],
            notes_label=_("Notes"),
            notes=_notes(report, figures),
            definitions_label=_("What is counted"),
            definitions=_definitions(),
            signatures=[_("Head of the unit:"), _("Checked by:"), _("Filled in by:"), _("Date:")],
            seal=seal,
            language=report.language,
        )


def _edition(report: Report) -> str:
    if report.edition == 1:
        return _("First edition")
    return _("Corrected edition %(number)s. Reason: %(reason)s") % {
        "number": report.edition,
        "reason": report.reason,
    }


def _table(title: str, columns: Sequence[Column], figures: dict[str, Any]) -> Table:
    grouped = groupby(columns, key=lambda column: str(column.group))
    return Table(
        title=title,
        groups=[Heading(text, len(list(members))) for text, members in grouped],
        names=[str(column.name) for column in columns],
        units=[str(column.unit) for column in columns],
        rows=[[row["name"], *_values(columns, row["figures"])] for row in figures["rows"]],
        together=[_("Together"), *_values(columns, figures["together"])],
    )


def _values(columns: Sequence[Column], counts: dict[str, list[int]]) -> list[Value]:
    return [value(column, counts) for column in columns]


def value(column: Column, counts: dict[str, list[int]]) -> Value:
    """A count, a share in per cent, or a dash where there is nothing to say. Never a zero for "not known"."""
    if column.take == Take.NOTHING or column.code not in counts:
        return NO_DATA
    if column.code == "circle" and _is_unmeasured(counts):
        return NO_DATA
    figure = Figure(*counts[column.code])
    if INDICATORS[column.code].health_only and 0 < figure.whole < SMALL:
        return f"<{SMALL}"
    if column.take == Take.SHARE:
        return NO_DATA if figure.share is None else figure.share
    return {Take.PART: figure.part, Take.WHOLE: figure.whole, Take.REST: figure.rest}[column.take]


def _is_unmeasured(counts: dict[str, list[int]]) -> bool:
    residents = counts["residents"][1]
    return bool(residents) and counts["unmeasured"][1] == residents


def _notes(report: Report, figures: dict[str, Any]) -> list[str]:
    on = date.fromisoformat(figures["on"])
    notes = [
        _(
            "A dash (—) means that there is nobody to count or that no such data are kept here; it is never "
            "a zero."
        ),
        _("Rates of the last line are the sum of the numerators over the sum of the denominators."),
        _(
            "Tuberculosis and severe mental disorder stand in the last line only, below 5 persons as <5, and "
            "in no other number, so that nobody can be recognised."
        ),
        _(
            "Not kept here yet, so without a column: admissions, costs and reimbursements, treat first and "
            "pay later, one-stop settlement, free clinics and publicity."
        ),
        _(
            "A village whose way to the clinic has not been measured shows a dash and counts as outside in "
            "the last line."
        ),
    ]
    if not figures["is_whole_month"]:
        notes.insert(0, _("The month is not over: figures up to %(day)s.") % {"day": f"{on:%Y-%m-%d}"})
    if figures["empty"]:
        notes.append(_("Areas without registered households are left out: %(n)s.") % {"n": figures["empty"]})
    return notes


def _definitions() -> list[tuple[str, str]]:
    """Each sentence once, with the names of all indicators that it defines."""
    names: dict[str, list[str]] = defaultdict(list)
    for code in dict.fromkeys(column.code for _title, columns in TABLES for column in columns if column.code):
        names[str(INDICATORS[code].definition)].append(str(INDICATORS[code].name))
    return [(pgettext("between names", ", ").join(named), text) for text, named in names.items()]
