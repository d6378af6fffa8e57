"""A list of diseases as a table (.xlsx or .csv): read, checked cell by cell, matched with what is known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.base.sheets import OpeningError, open_sheets
from households.identification_choices import EntryGroup
from households.models import CatalogueEntry, Disease

_HEADS = {
    "position": ("序号", "编号", "number", "no"),
    "name": ("病种名称", "疾病名称", "病种", "名称", "name", "disease"),
    "group": ("分组", "类别", "group"),
    "icd10": ("icd-10", "icd10", "icd", "疾病编码"),
    "disease": ("病种代码", "代码", "code"),
}
_GROUPS = {
    **{word: EntryGroup.KEY for word in ("重点", "重点病", "重点病种", "key")},
    **{word: EntryGroup.SECONDARY for word in ("次重点", "次重点病", "次重点病种", "secondary")},
    "": "",
}
_ICD = re.compile(r"[A-Z]\d{2}(\.[0-9A-Za-z]{1,6})?")
_SPLIT = re.compile(r"[\s、,，;；]+")
MOST_LINES = 500
LONGEST_NAME = 60


@dataclass(frozen=True)
class Problem:
    """What is wrong in which cell: the row as the file counts it, and the column's heading."""

    row: int
    column: str
    words: str


@dataclass(frozen=True)
class Row:
    position: int
    name: str
    group: str
    icd10: tuple[str, ...]
    disease: str


@dataclass
class ReadList:
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_list(content: bytes) -> ReadList:
    """This will read the first sheet that has a column of names; nothing is written."""
    try:
        sheets = open_sheets(content)
    except OpeningError:
        return ReadList(problems=[Problem(0, "", _("The file cannot be read. Save it as .xlsx or .csv."))])
    for sheet in sheets:
        for start, cells in enumerate(sheet.rows[:10]):
            columns = _columns(cells)
            if "name" in columns:
                return _read(sheet.rows[start + 1 :], columns, start + 2)
    missing = _("There is no column of disease names. Write 病种名称 over it.")
    return ReadList(problems=[Problem(0, "", missing)])


def _columns(cells: Sequence[Any]) -> dict[str, int]:
    heads = [str(cell).strip().lower() for cell in cells]
    found: dict[str, int] = {}
    for name, words in _HEADS.items():
        for at, head in enumerate(heads):
            if head in words and name not in found:
                found[name] = at
    return found


def _read(lines: list[list[Any]], columns: dict[str, int], first: int) -> ReadList:
    told = ReadList()
    reader = _Reader(told)
    for number, cells in enumerate(lines[: MOST_LINES + 1], start=first):
        values = {name: _text(cells[at]) for name, at in columns.items() if at < len(cells)}
        if any(values.values()):
            reader.take(number, values)
    if len(told.rows) > MOST_LINES:
        told.problems.append(
            Problem(0, "", _("A list of more than %(n)s diseases is not taken.") % {"n": MOST_LINES})
        )
    if not told.rows and not told.problems:
        told.problems.append(Problem(0, "", _("The table is empty.")))
    return told


def _text(cell: Any) -> str:
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell) if whole else cell).strip()


class _Reader:
    """Rows one by one; what stands twice is told where it stands the second time."""

    def __init__(self, told: ReadList) -> None:
        self.told = told
        self.codes = set(Disease.objects.values_list("code", flat=True))
        printed = CatalogueEntry.objects.values_list("name", "disease__code")
        self.by_name = dict(printed) | dict(Disease.objects.values_list("name_zh", "code"))
        self.positions: set[int] = set()
        self.names: set[str] = set()
        self.taken: set[str] = set()

    def take(self, row: int, values: dict[str, str]) -> None:
        name = values.get("name", "")
        disease = values.get("disease", "") or self.by_name.get(name, "")
        made = Row(
            position=self._position(row, values.get("position", "")),
            name=self._name(row, name),
            group=self._group(row, values.get("group", "")),
            icd10=self._icd(row, values.get("icd10", "")),
            disease=self._disease(row, disease),
        )
        self.told.rows.append(made)

    def _wrong(self, row: int, column: str, words: str) -> None:
        self.told.problems.append(Problem(row, column, words))

    def _position(self, row: int, text: str) -> int:
        position = int(text) if text.isdecimal() else len(self.told.rows) + 1
        if text and not text.isdecimal():
            self._wrong(row, "序号", _("This is no whole number."))
        if position in self.positions:
            self._wrong(row, "序号", _("This number stands there twice."))
        self.positions.add(position)
        return position

    def _name(self, row: int, name: str) -> str:
        if not name:
            self._wrong(row, "病种名称", _("The name is missing."))
        elif name in self.names:
            self._wrong(row, "病种名称", _("This name stands there twice."))
        elif len(name) > LONGEST_NAME:
            self._wrong(row, "病种名称", _("The name is longer than %(n)s characters.") % {"n": LONGEST_NAME})
        self.names.add(name)
        return name

    def _group(self, row: int, text: str) -> str:
        if text not in _GROUPS:
            self._wrong(row, "分组", _("Write 重点, 次重点, or nothing."))
        return _GROUPS.get(text, "")

    def _icd(self, row: int, text: str) -> tuple[str, ...]:
        codes = tuple(code for code in _SPLIT.split(text.upper()) if code)
        for code in codes:
            if not _ICD.fullmatch(code) or len(code) > 10:
                self._wrong(
                    row, "ICD-10", _("%(code)s is no ICD-10 code such as I63 or Q21.1.") % {"code": code}
                )
        return codes

    def _disease(self, row: int, code: str) -> str:
        if code and code not in self.codes:
            self._wrong(row, "病种代码", _("No disease has this code. Leave it empty for a new one."))
        elif code and code in self.taken:
            self._wrong(row, "病种名称", _("This disease stands there twice under two names."))
        self.taken.add(code)
        return code
