"""A hospital's list of costs, uploaded or pasted: columns named, figures read, refunds taken off."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from claims.billfile.model import FIELDS, ZERO, BillFile, Column, FileLine, Part, Problem
from core.base.names import fold
from core.base.sheets import Sheet, open_sheets

SEARCHED_ROWS = 30
SAMPLES = 3
LARGEST = Decimal(10) ** 8
_FEN = Decimal("0.01")
_MONEY = re.compile(r"[+\-]?\d+(\.\d+)?")
_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_SIGNS = str.maketrans({"−": "-", "－": "-", "—": "-", "–": "-"})


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


@cache
def _codes(table: str) -> dict[str, str]:
    return {fold(word): code for code, words in _words()[table].items() for word in words}


def read_bill(content: bytes, *, chosen: Mapping[int, str] | None = None) -> BillFile:
    """The costs in an .xlsx or a text with separators. Raises core.base.sheets.OpeningError.

    `chosen` names columns by hand: zero-based index to one of model.FIELDS, or to nothing."""
    sheets = open_sheets(content)
    found = [_read_sheet(sheet, chosen) for sheet in sheets]
    return max(found, key=lambda bill: len(bill.lines), default=BillFile(problems=(Problem("nothing"),)))


def read_pasted(text: str, *, chosen: Mapping[int, str] | None = None) -> BillFile:
    """Cells copied from a spreadsheet: tabs between them, a row to a line."""
    return read_bill(text.encode(), chosen=chosen)


def as_text(content: bytes) -> str:
    """The sheet with most rows as tabs and lines, so that it can be mended on the page and read again."""
    sheet = max(open_sheets(content), key=lambda one: len(one.rows), default=None)
    rows = sheet.rows if sheet else []
    return "\n".join("\t".join(_one_line(cell) for cell in row) for row in rows if any(map(_text, row)))


def _one_line(cell: Any) -> str:
    return " ".join(_plain(cell).replace('"', "'").split())


def _plain(cell: Any) -> str:
    """A number as a person would type it: 300.0 is 300, and binary dust is no decimals."""
    return f"{Decimal(repr(cell)).normalize():f}" if isinstance(cell, float) else _text(cell)


def money(value: Any) -> Decimal | None:
    """Yuan from 1,234.56, １２３元, ¥5, or (5.00) for minus five; None for anything else and from 10^8.

    More than two decimals are kept, so that nobody rounds in silence."""
    if isinstance(value, bool):
        return None
    text = fold(_plain(value)).translate(_SIGNS).replace(",", "").replace("，", "")
    text = text.replace("¥", "").replace("￥", "").removesuffix("元")
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1]}"
    if not text.isascii() or not _MONEY.fullmatch(text):
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return amount if abs(amount) < LARGEST else None


def _read_sheet(sheet: Sheet, chosen: Mapping[int, str] | None) -> BillFile:
    at = _header_row(sheet.rows)
    if at is None:
        return BillFile(problems=(Problem("header_missing"),))
    columns = _columns(sheet.rows[at], chosen or {})
    body = sheet.rows[at + 1 :]
    samples = {column.index: _sample(body, column.index) for column in columns}
    missing = [name for name in ("category", "item_class", "amount") if not _has(columns, name)]
    if missing:
        problems = tuple(Problem("column_missing", value=name) for name in missing)
        return BillFile(columns=columns, problems=problems, samples=samples)
    return _read_body(body, at + 2, columns, samples)


def _read_body(
    body: Sequence[Sequence[Any]],
    first_row: int,
    columns: tuple[Column, ...],
    samples: Mapping[int, tuple[str, ...]],
) -> BillFile:
    lines: list[FileLine] = []
    problems: list[Problem] = []
    stated: Decimal | None = None
    for row, cells in enumerate(body, start=first_row):
        given = {c.field: cells[c.index] for c in columns if c.field and c.index < len(cells)}
        if not any(_text(value) for value in given.values()):
            continue
        if _is_total(cells):
            stated = money(given.get("amount", "")) or stated
            continue
        line, wrong = _read_line(row, given, {c.field: c.header for c in columns})
        problems += wrong
        if line:
            lines.append(line)
    parts, over = _parts(lines)
    if not lines and not problems:
        problems.append(Problem("nothing"))
    return BillFile(columns, tuple(lines), (*problems, *over), parts, stated, samples)


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _key(value: Any) -> str:
    return _BRACKETS.sub("", fold(_text(value))).strip(":.")


def _sample(body: Sequence[Sequence[Any]], index: int) -> tuple[str, ...]:
    found = [_text(row[index]) for row in body if index < len(row)]
    return tuple([text for text in found if text][:SAMPLES])


def _header_row(rows: Sequence[Sequence[Any]]) -> int | None:
    """The row of the first thirty that names most columns, at least two of them."""
    known = _codes("headers")
    counts = [len({known[_key(cell)] for cell in row if _key(cell) in known}) for row in rows[:SEARCHED_ROWS]]
    best = max(counts, default=0)
    return counts.index(best) if best >= 2 else None


def _columns(header: Sequence[Any], chosen: Mapping[int, str]) -> tuple[Column, ...]:
    taken: set[str] = set(chosen.values())
    found = []
    for index, cell in enumerate(header):
        name = chosen.get(index, "") if index in chosen else _codes("headers").get(_key(cell), "")
        if index not in chosen:
            name = name if name in FIELDS and name not in taken else ""
            taken |= {name}
        found.append(Column(index, _text(cell), name))
    return tuple(found)


def _has(columns: Sequence[Column], name: str) -> bool:
    return any(column.field == name for column in columns)


def _is_total(cells: Sequence[Any]) -> bool:
    words = {fold(word) for word in _words()["totals"]["words"]}
    first = next((_key(cell) for cell in cells if _text(cell)), "")
    return first in words


def _read_line(
    row: int, given: Mapping[str, Any], headers: Mapping[str, str]
) -> tuple[FileLine | None, list[Problem]]:
    """The line, or what is wrong with it, each beside its column."""
    category = _codes("categories").get(_key(given.get("category")), "")
    item_class = _codes("classes").get(_key(given.get("item_class")), "")
    amount = money(given.get("amount"))
    first_pay, wrong_first = _first_pay(given, amount)
    over_limit = money(given.get("over_limit")) if _text(given.get("over_limit")) else ZERO
    wrong = [
        name
        for name, is_wrong in (
            ("category", not category),
            ("item_class", not item_class),
            ("amount", amount is None or amount != amount.quantize(_FEN)),
            (wrong_first, bool(wrong_first)),
            ("over_limit", over_limit is None),
        )
        if is_wrong
    ]
    if wrong or amount is None or over_limit is None or first_pay is None:
        found = [Problem(name, row, headers.get(name, ""), _text(given.get(name))[:40]) for name in wrong]
        return None, found
    kept = first_pay if item_class == "B" else ZERO
    name = _text(given.get("name"))[:80]
    return FileLine(row, category, item_class, name, amount, kept, over_limit), []


def _first_pay(given: Mapping[str, Any], amount: Decimal | None) -> tuple[Decimal | None, str]:
    """What is paid first: as an amount, or a share (0.1, 10 or 10%) of the amount. Then the wrong column."""
    if _text(given.get("first_pay")):
        stated = money(given["first_pay"])
        return stated, "first_pay" if stated is None else ""
    if not _text(given.get("first_rate")):
        return ZERO, ""
    text = fold(_text(given["first_rate"]))
    share = money(text.rstrip("%％"))
    if share is None or not 0 <= share <= 100:
        return None, "first_rate"
    share = share / 100 if share > 1 or text.endswith(("%", "％")) else share
    return ((amount or ZERO) * share).quantize(_FEN, ROUND_HALF_UP), ""


def _parts(lines: Sequence[FileLine]) -> tuple[tuple[Part, ...], list[Problem]]:
    """Lines of one kind and class together; more given back than charged is a problem."""
    sums: dict[tuple[str, str], list[Decimal]] = {}
    for line in lines:
        held = sums.setdefault((line.category, line.item_class), [ZERO, ZERO, ZERO])
        for place, value in enumerate((line.amount, line.first_pay, line.over_limit)):
            held[place] += value
    problems = [
        Problem("refund_over" if amount < 0 or min(first, over) < 0 else "parts", value="|".join(key))
        for key, (amount, first, over) in sums.items()
        if min(amount, first, over) < 0 or first + over > amount
    ]
    order = list(_words()["categories"])
    parts = [Part(*key, *values) for key, values in sums.items() if values[0] > 0]
    return tuple(sorted(parts, key=lambda part: (order.index(part.category), part.item_class))), problems
