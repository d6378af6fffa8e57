"""The roster as a workbook, written row by row: as large as it gets, it takes the memory of a few rows."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from claims.choices import Care, HospitalLevel
from core.base.cells import safe
from core.base.rows import write_rows
from households.choices import DiseaseGroup, HouseholdType, Scheme, Sex, Standing

_HEAD = PatternFill("solid", fgColor="E2EEE5")
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_WIDTHS = {1: 18, 2: 22, 5: 12, 6: 20, 10: 24, 12: 20, 14: 12, 15: 22, 16: 12, 17: 24}


@dataclass(frozen=True)
class Written:
    """How many rows, and the checksum over all of them in their order."""

    count: int
    sha256: str


def groups() -> list[tuple[str, list[str]]]:
    """The office's two-level heading."""
    person = [
        *(_("Village"), _("Register number"), _("Name"), pgettext("heading", "Sex"), _("Birth date")),
        *(
            _("Identity number"),
            _("Household type"),
            _("Labour skill"),
            _("Standing"),
            pgettext("roster", "Insurance"),
        ),
    ]
    disease = [
        pgettext("roster", "No."),
        pgettext("roster", "Kind"),
        pgettext("roster", "Disease"),
        _("Code"),
        _("Confirmed on"),
        _("Confirmed at"),
    ]
    care = [
        *(
            _("Settled on"),
            _("Hospital"),
            pgettext("roster", "Place"),
            _("Level"),
            pgettext("heading", "Care"),
        ),
        *(_("Total cost (yuan)"), _("Paid by the patient (yuan)"), _("Basic insurance (yuan)")),
        *(_("Critical illness (yuan)"), _("Commercial (yuan)"), _("Medical aid (yuan)")),
        *(_("Backstop fund (yuan)"), _("Other payers (yuan)")),
    ]
    return [
        (pgettext("roster", "Person"), person),
        (_("Confirmed disease"), disease),
        (_("Treatment and who paid"), care),
    ]


def write_roster(file: BinaryIO, *, lines: list[str], rows: Iterable[tuple[Any, ...]]) -> Written:
    """`lines` stand above the table: what it is, whose, of when; `rows` as queries.tables.roster gives."""
    book = Workbook(write_only=True)
    page = book.create_sheet(safe(_("Roster")))
    heads = groups()
    first = len(lines) + 1
    _frame(page, heads, first)
    for number, line in enumerate(lines):
        page.append([_cell(page, line, Font(bold=not number, size=14 if not number else 10))])
    for texts in _heading(heads):
        page.append([_headed(page, text) for text in texts])
    told = _Told()
    write_rows(file, book, told.through(rows), first=first + 2)
    return Written(told.count, told.seal.hexdigest())


def _frame(page: Any, heads: list[tuple[str, list[str]]], first: int) -> None:
    width = sum(len(names) for _text, names in heads)
    for number in range(1, width + 1):
        page.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(number, 11)
    page.freeze_panes = f"D{first + 2}"
    page.page_setup.orientation = "landscape"
    column = 1
    for _text, names in heads:
        last = column + len(names) - 1
        page.merged_cells.ranges.add(CellRange(min_row=first, max_row=first, min_col=column, max_col=last))
        column = last + 1


def _heading(heads: list[tuple[str, list[str]]]) -> Iterator[list[str | None]]:
    yield [text if not at else None for text, names in heads for at in range(len(names))]
    yield [name for _text, names in heads for name in names]


def _cell(page: Any, text: str, font: Font) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, safe(text))
    cell.font = font
    return cell


def _headed(page: Any, text: str | None) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, safe(text) if text else None)
    cell.font, cell.fill, cell.alignment = Font(bold=True, size=10), _HEAD, _CENTRE
    return cell


class _Told:
    """Codes as words, each row counted and sealed on its way."""

    def __init__(self) -> None:
        self.count, self.seal = 0, hashlib.sha256()
        self.in_english = (get_language() or "zh").startswith("en")
        choices = (Sex, HouseholdType, Standing, DiseaseGroup, HospitalLevel, Care)
        self.words = {each: {code: str(label) for code, label in each.choices} for each in choices}
        self.schemes = {code: str(label) for code, label in Scheme.choices}
        self.places = {True: _("in the county"), False: _("outside the county"), None: ""}

    def through(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[list[Any]]:
        for row in rows:
            self.count += 1
            self.seal.update(repr(tuple(map(str, row))).encode())
            yield list(self._told(row))

    def _told(self, row: tuple[Any, ...]) -> Iterator[Any]:
        village, number, name, sex, born, masked, kind, labour, standing, schemes = row[:10]
        yield from (village, number, name, self._word(Sex, sex), born, masked)
        yield from (self._word(HouseholdType, kind), labour, self._word(Standing, standing))
        yield ", ".join(self.schemes.get(scheme, scheme) for scheme in schemes or ())
        at, group, name_zh, name_en, icd10, confirmed_on, confirmed_at = row[10:17]
        yield at if group else None
        yield from (self._word(DiseaseGroup, group), name_en if self.in_english else name_zh)
        yield from (icd10, confirmed_on, confirmed_at)
        settled_on, hospital, is_in_county, level, care, *amounts = row[17:]
        yield from (settled_on, hospital, self.places[is_in_county])
        yield from (self._word(HospitalLevel, level), self._word(Care, care), *amounts)

    def _word(self, choices: Any, code: str | None) -> str | None:
        return self.words[choices].get(code, code) if code else None
