"""A report as it is printed, in one language, before it becomes a workbook or a PDF."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils import timezone, translation
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from core.base.periods import month_end
from healthaid.reports.documents.cells import Value, value
from healthaid.reports.documents.kinds import KINDS
from healthaid.reports.documents.model import Column, Counted, Kind, Part, part_of
from healthaid.reports.documents.public import Cell, public_figures, public_parts
from healthaid.reports.indicators import INDICATORS
from healthaid.reports.models import Report


@dataclass(frozen=True)
class Heading:
    text: str
    span: int


@dataclass(frozen=True)
class Table:
    title: str
    first_column: str
    groups: list[Heading]
    names: list[str]
    units: list[str]
    weights: list[float]
    rows: list[list[Value]]
    together: list[Value]


@dataclass(frozen=True)
class Document:
    title: str
    office: str
    period: str
    data_time: str
    edition: str
    unit_label: str
    tables: list[Table]
    notes_label: str
    notes: list[str]
    definitions_label: str
    definitions: list[tuple[str, str]]
    signatures: list[str]
    seal: str
    language: str


def document(
    report: Report, figures: Counted, seal: str, at: datetime, *, hidden: set[Cell] | None = None
) -> Document:
    """The paper of a report; the public one hides the cells named and says so."""
    is_public = hidden is not None
    kind = KINDS[report.kind]
    parts = public_parts(kind) if is_public else kind.parts
    shown = figures if hidden is None else public_figures(kind, figures, hidden)
    with translation.override(report.language):
        return Document(
            title=_("%(title)s (public version)") % {"title": kind.title} if is_public else str(kind.title),
            office=_("Reported by: %(area)s") % {"area": report.area.name},
            period=period_words(report, figures),
            data_time=_("Data as of %(time)s") % {"time": timezone.localtime(at).strftime("%Y-%m-%d %H:%M")},
            edition=edition_words(report),
            unit_label=_("Unit"),
            tables=[_table(part, part_of(shown, part.code)) for part in parts],
            notes_label=_("Notes"),
            notes=[*(_public_notes() if is_public else []), *notes(kind, figures)],
            definitions_label=_("What is counted"),
            definitions=_definitions(kind),
            signatures=_signatures(report),
            seal=seal,
            language=report.language,
        )


def headlines(report: Report, figures: Counted, at: datetime) -> list[str]:
    """What stands above a table without a frame of its own, in the language that is spoken."""
    office = _("Reported by: %(area)s") % {"area": report.area.name}
    time = _("Data as of %(time)s") % {"time": timezone.localtime(at).strftime("%Y-%m-%d %H:%M")}
    lines = [str(KINDS[report.kind].title), "    ".join([office, period_words(report, figures), time])]
    if report.for_health:
        lines.append(_("For health staff only: do not pass on."))
    return lines


def _public_notes() -> list[str]:
    return [
        _(
            "* is hidden, so that nobody can be recognised: a number from 1 to 4, one that leaves 1 to 4 of "
            "all, or one from which such a number could be reckoned."
        )
    ]


def period_words(report: Report, figures: Counted) -> str:
    if is_month(report):
        return _("Month: %(month)s, figures up to %(day)s") % {
            "month": f"{report.since:%Y-%m}",
            "day": figures["on"],
        }
    return _("Period: %(since)s to %(until)s, figures up to %(day)s") % {
        "since": f"{report.since:%Y-%m-%d}",
        "until": f"{report.until:%Y-%m-%d}",
        "day": figures["on"],
    }


def is_month(report: Report) -> bool:
    return report.since.day == 1 and report.until == month_end(report.since)


def edition_words(report: Report) -> str:
    if report.edition == 1:
        return _("First edition")
    return _("Corrected edition %(number)s. Reason: %(reason)s") % {
        "number": report.edition,
        "reason": report.reason,
    }


def _signatures(report: Report) -> list[str]:
    """Names stand where somebody has already put theirs to it."""
    filled = report.requested_by.get_full_name() if report.requested_by else ""
    return [
        _("Head of the unit:"),
        _("Checked by:"),
        " ".join([_("Filled in by:"), filled]).strip(),
        _("Date:"),
    ]


def _table(part: Part, counted: Counted) -> Table:
    grouped = groupby(part.columns, key=lambda column: str(column.group))
    rows = [[row_name(part, row), *_values(part.columns, row["figures"])] for row in counted["rows"]]
    together = [_("Together"), *_values(part.columns, counted["together"])] if part.has_total else []
    return Table(
        title=str(part.title),
        first_column=str(part.first),
        groups=[Heading(text, len(list(members))) for text, members in grouped],
        names=[str(column.name) for column in part.columns],
        units=[str(column.unit) for column in part.columns],
        weights=[_weight(number, [*rows, together]) for number in range(1, len(part.columns) + 1)],
        rows=rows,
        together=together,
    )


def _weight(number: int, rows: list[list[Value]]) -> float:
    """How wide a column is beside the others: by its longest number or word, within bounds."""
    longest = max((_length(row[number]) for row in rows if row), default=0)
    return min(max(7.0, float(longest)), 46.0)


def _length(value: Value) -> int:
    """Chinese characters take the room of two."""
    return sum(2 if ord(each) > 255 else 1 for each in str(value))


def row_name(part: Part, row: Counted) -> str:
    """What a row is called: by its code, by both languages, or by the one name it has."""
    if part.row_name:
        return part.row_name(row["code"])
    name = row["name"]
    return str(name[(get_language() or "zh")[:2]] if isinstance(name, dict) else name)


def _values(columns: Sequence[Column], counts: Counted) -> list[Value]:
    return [value(column, counts) for column in columns]


def notes(kind: Kind, figures: Counted) -> list[str]:
    told = [str(note) for note in kind.notes]
    if not figures.get("is_whole_month", True):
        told.insert(0, _("The period is not over: figures up to %(day)s.") % {"day": figures["on"]})
    if figures.get("empty"):
        told.append(_("Areas without registered households are left out: %(n)s.") % {"n": figures["empty"]})
    return told


def _definitions(kind: Kind) -> list[tuple[str, str]]:
    """Each sentence once, with the names of all indicators that it defines."""
    names: dict[str, list[str]] = defaultdict(list)
    for code in kind.codes:
        if code in INDICATORS:
            names[str(INDICATORS[code].definition)].append(str(INDICATORS[code].name))
    return [(pgettext("between names", ", ").join(named), text) for text, named in names.items()]
