"""Reading a register file from end to end: bytes in, households with their members and every problem out."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from core.base.names import fold
from core.base.sheets import OpeningError, Sheet, open_sheets
from households.registerfile import members as people
from households.registerfile.body import Body, LeftOut, read_body, title_lines
from households.registerfile.dates import read_date
from households.registerfile.headers import Choices, ColumnMatch, Header, find_header
from households.registerfile.members import Members
from households.registerfile.problems import Problem, ProblemList
from households.registerfile.schema import fields
from households.registerfile.values import Column, read_columns

_TITLE_UNIT = re.compile(r"单位[:：]?\s*(?:人民币)?(万元|元)")
_TITLE_DATE = re.compile(
    r"(?:截至|截止|数据日期|数据时间|统计日期|导出时间)[到于为]?[:：]?(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{8})"
)


@dataclass(slots=True)
class RegisterFile:
    """What a file holds. Positions count person rows from zero; line numbers count the file's lines from one.

    columns: person field → values by position. households: household field → values by household, and
    household_rows the positions of each household's members. An unreadable file has problems and no rows."""

    filename: str
    sheet: str = ""
    encoding: str = ""
    header_row: int = 0
    header_levels: int = 0
    signature: str = ""
    mapping: tuple[ColumnMatch, ...] = ()
    titles: list[str] = field(default_factory=list)
    data_date: date | None = None
    line_numbers: list[int] = field(default_factory=list)
    columns: dict[str, Column] = field(default_factory=dict)
    households: dict[str, Column] = field(default_factory=dict)
    household_rows: list[list[int]] = field(default_factory=list)
    refused_positions: set[int] = field(default_factory=set)
    refused_households: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    problems_left_out: int = 0
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def readable(self) -> bool:
        return not any(p.refuses and p.scope == "file" for p in self.problems)

    @property
    def unmapped(self) -> list[ColumnMatch]:
        return [match for match in self.mapping if match.header and not match.field]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Person rows as dictionaries, for looking at a few; work on columns where there are many."""
        names = list(self.columns)
        cut = zip(*self.columns.values(), strict=True)
        return [dict(zip(names, row, strict=True)) for row in cut]


def read_register(
    source: bytes | Path,
    *,
    filename: str,
    overrides: Choices | Mapping[str, str] | None = None,
    on: date | None = None,
) -> RegisterFile:
    """Never raises for bad input: what is wrong stands in `problems`.

    overrides: header key → field name (or "ignore") as a person corrected them earlier, or a function that
    gives them for the header's signature. on: the day after which nobody can be born."""
    content = source.read_bytes() if isinstance(source, Path) else source
    register = RegisterFile(filename)
    try:
        chosen: Choices = overrides if callable(overrides) else lambda _signature: overrides or {}
        sheet, header = _choose(open_sheets(content), chosen)
    except OpeningError as error:
        register.problems.append(Problem(error.code, scope="file", values=error.values))
        return register
    _describe(register, sheet, header)
    missing = [f for f in fields().values() if f.required and f.name not in header.found]
    register.problems.extend(Problem("column_missing", field=f.name, scope="file") for f in missing)
    if not missing:
        _read_people(register, read_body(sheet, header), header, on)
    return register


def _choose(sheets: list[Sheet], chosen: Choices) -> tuple[Sheet, Header]:
    found = [(sheet, header) for sheet in sheets if (header := find_header(sheet, chosen))]
    if not found:
        raise OpeningError("header_not_found" if any(sheet.rows for sheet in sheets) else "file_empty")
    most = max(len(header.found) for _, header in found)
    rivals = [(sheet, header) for sheet, header in found if len(header.found) * 3 >= most * 2]
    if len(rivals) > 1:
        raise OpeningError("several_sheets", sheets="、".join(f"“{sheet.name}”" for sheet, _ in rivals))
    return rivals[0]


def _describe(register: RegisterFile, sheet: Sheet, header: Header) -> None:
    register.sheet, register.encoding = sheet.name, sheet.encoding
    register.header_row, register.header_levels = header.first + 1, header.levels
    register.signature, register.mapping = header.signature, header.mapping
    register.titles = list(title_lines(sheet, header))


def _read_people(register: RegisterFile, body: Body, header: Header, on: date | None) -> None:
    register.line_numbers, register.left_out = body.numbers, body.left_out
    if not body.rows:
        register.problems.append(Problem("no_rows", scope="file"))
        return
    found = ProblemList()
    unit = _title_unit([*register.titles, *(line.text for line in body.left_out)])
    columns = read_columns(list(zip(*body.rows, strict=True)), body.numbers, header.mapping, unit, found)
    _settle(
        register, Members(columns, body.numbers, {m.field: m for m in header.mapping if m.field}), found, on
    )
    register.data_date = _data_date(columns, register.titles)


def _title_unit(titles: list[str]) -> str:
    units = [match[1] for title in titles if (match := _TITLE_UNIT.search(fold(title)))]
    return units[0] if units else "元"


def _data_date(columns: dict[str, Column], titles: list[str]) -> date | None:
    """The most frequent date of the column, else the one a title states."""
    stated: Counter[date] = Counter(day for day in columns.get("data_date", []) if day)
    if stated:
        return max(stated, key=lambda day: stated[day])
    texts = [match[1] for title in titles if (match := _TITLE_DATE.search(fold(title)))]
    found: date | None = read_date(texts[0]).value if texts else None
    return found


def _settle(register: RegisterFile, members: Members, found: ProblemList, on: date | None) -> None:
    found.extend(people.fill_down(members))
    people.group(members)
    found.extend(people.settle_sex_and_birth(members, on))
    bad_ids = {p.row for p in found.kept if p.field == "id_number" and p.refuses}
    ids = zip(members.column("id_number"), members.numbers, strict=True)
    without_id = [i for i, (number, line) in enumerate(ids) if number is None and line not in bad_ids]
    found.extend(people.unknown_people(members, without_id))
    found.extend(people.household_problems(members))
    found.extend(people.repeated_people(members))
    register.households, differing = people.household_values(members)
    found.extend(differing)
    register.household_rows = list(members.groups.values())
    register.columns = {name: column for name, column in members.columns.items() if _is_personal(name)}
    _refuse(register, members, found)
    register.problems, register.problems_left_out = found.in_order(), found.left_out


def _is_personal(name: str) -> bool:
    return fields()[name].level == "person" or name == "household_number"


def _refuse(register: RegisterFile, members: Members, found: ProblemList) -> None:
    """Rows and households that are not taken; a household also falls with its head."""
    lines = {line: position for position, line in enumerate(members.numbers)}
    refusals = [p for p in found.kept if p.refuses and p.row]
    numbers = members.columns["household_number"]
    register.refused_positions = {lines[p.row] for p in refusals if p.row and p.scope == "row"}
    register.refused_households = {
        numbers[lines[p.row]] for p in refusals if p.row and p.scope == "household"
    }
    found.extend(_fallen_with_head(register, members))


def _fallen_with_head(register: RegisterFile, members: Members) -> Iterator[Problem]:
    relations = members.column("relation")
    for number, positions in members.groups.items():
        fallen = [p for p in positions if p in register.refused_positions and relations[p] == people.HEAD]
        if fallen and len(positions) > 1 and number not in register.refused_households:
            register.refused_households.add(number)
            row = members.numbers[fallen[0]]
            yield Problem("head_refused", row, None, "", "relation", "household", {"row": row})
    for number in register.refused_households:
        register.refused_positions.update(members.groups[number])
