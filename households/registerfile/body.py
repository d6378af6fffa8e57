"""Which lines below the header are persons, and which are totals, notes, page titles and repeated headers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from core.base.names import fold
from core.base.sheets import Sheet
from households.registerfile.cells import is_blank, text_of
from households.registerfile.headers import Header
from households.registerfile.schema import fields

_TOTAL = re.compile(r"(合计|总计|小计|共计|累计|汇总)")
_NOTE = re.compile(
    r"(注[:1-9、.]|注$|说明|备注|填表|制表|审核|填报|填写|单位|负责人|经办|联系人|截至|截止|第.{1,6}页|数据来源|盖章|报送)"
)
_SHORT_TEXT = 60


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that is no person. reason: total, note, header or other."""

    row: int
    reason: str
    text: str


@dataclass(slots=True)
class Body:
    """rows[i] stands on line numbers[i] of the file."""

    numbers: list[int]
    rows: list[list[Any]]
    left_out: list[LeftOut]


def read_body(sheet: Sheet, header: Header) -> Body:
    _fill_merged(sheet, header)
    body = Body([], [], [])
    columns = {match.field: match.column for match in header.mapping if match.field}
    name, number = columns.get("name"), columns.get("id_number")
    titles = _titles(header)
    for line, row in enumerate(sheet.rows[header.body :], start=header.body + 1):
        sure = (
            name is not None
            and number is not None
            and row[name] not in ("", None)
            and row[number] not in ("", None)
        )
        reason = _header_again(row, titles, name) if sure else _reason(row, titles)
        if reason is None:
            body.numbers.append(line)
            body.rows.append(row)
        elif reason != "blank":
            body.left_out.append(LeftOut(line, reason, _text(row)))
    return body


def _titles(header: Header) -> dict[int, frozenset[str]]:
    """Column → the folded words its header is made of."""
    return {
        m.column: frozenset(fold(part) for part in [m.header, *m.header.split()])
        for m in header.mapping
        if m.header
    }


def _header_again(row: Sequence[Any], titles: dict[int, frozenset[str]], name: int | None) -> str | None:
    value = row[name] if name is not None else None
    if not isinstance(value, str) or (value.isdigit() and len(value) < 4):
        return _reason(row, titles)
    return "header" if fold(value) in titles[name or 0] else None


def _reason(row: Sequence[Any], titles: dict[int, frozenset[str]]) -> str | None:
    """None for a person; the order matters: a totals row may well have many filled cells."""
    filled = [(index, value) for index, value in enumerate(row) if not is_blank(value)]
    if not filled:
        return "blank"
    texts = [fold(text_of(value)) for _, value in filled]
    if sum(text in titles.get(index, ()) for (index, _), text in zip(filled, texts, strict=True)) * 2 > len(
        filled
    ):
        return "header"
    if any(_TOTAL.match(text) and len(text) < 12 for text in texts[:3]):
        return "total"
    if _NOTE.match(texts[0]) and len(filled) <= 8:
        return "note"
    return "other" if len(filled) == 1 or all(t.isdigit() and len(t) < 4 for t in texts) else None


def _text(row: Sequence[Any]) -> str:
    return " ".join(text_of(value) for value in row if not is_blank(value))[:_SHORT_TEXT]


def _fill_merged(sheet: Sheet, header: Header) -> None:
    """A household cell merged over its members' rows belongs to each of them."""
    shared = {m.column for m in header.mapping if m.field and fields()[m.field].level == "household"}
    for (top, left), (bottom, _) in sheet.merges:
        if top >= header.body and bottom > top and left in shared:
            for row in sheet.rows[top + 1 : bottom + 1]:
                row[left] = sheet.rows[top][left]


def title_lines(sheet: Sheet, header: Header) -> Iterator[str]:
    for row in sheet.rows[: header.first]:
        text = " ".join(text_of(value) for value in row if not is_blank(value))
        if text:
            yield text
