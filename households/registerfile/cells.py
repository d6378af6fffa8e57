"""Reading one cell: every reader takes the raw value and gives (value, problem code, details)."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import partial
from typing import Any, NamedTuple

from core.base.idnumber import IdNumberError, check_id_number
from core.base.names import fold
from households.registerfile.schema import vocabularies

NARROW = {0x3000: " ", 0xA0: " ", 0x200B: None, 0x200C: None, 0x200D: None, 0xFEFF: None, 0x00AD: None}
NARROW.update({code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
BLANKS = frozenset(
    ["", "/", "\\", "-", "--", "---", "—", "——", "null", "NULL", "None", "N/A", "n/a", "nan", "NaN"]
)
FORMULA_ERRORS = frozenset(["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!"])
NAME_LIMIT = 40
EXACT_IN_EXCEL = 10**15
_ROUNDED = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_NAME = re.compile(r"[^\W\d_]+(?:[·\s'\-.][^\W\d_]+)*")
_WIDE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_DOTS = str.maketrans("•・．‧∙⋅●.", "········")
_NUMBER = re.compile(r"[0-9A-Za-z\-]{1,24}")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(0\d{2,3}-?)?\d{7,8}(-\d{1,6})?")
_SPLIT = re.compile(r"[、;,/|+\n]+")
_NO_ID = frozenset(
    ["无", "没有", "暂无", "未办", "未办理", "待办", "无证", "无身份证", "未上户", "未办证", "暂未办理"]
)
_TEN_THOUSAND = Decimal(10000)
_CENT = Decimal("0.01")


class Cell(NamedTuple):
    value: Any = None
    problem: str = ""
    details: Mapping[str, Any] = {}


NOTHING = Cell()
Reader = Callable[[Any], Cell]


def narrow(text: str) -> str:
    return text if text.isascii() else text.translate(NARROW)


def text_of(value: Any) -> str:
    """The cell as its author would read it aloud: narrow, trimmed, without Excel's leading apostrophe."""
    if isinstance(value, str):
        return narrow(value).strip().lstrip("'‘’`").strip()
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return value.isoformat() if isinstance(value, date | datetime | time) else str(value)


def is_blank(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, str) and narrow(value).strip() in BLANKS)


def read_text(value: Any, *, limit: int = 120) -> Cell:
    if is_blank(value):
        return NOTHING
    text = " ".join(text_of(value).split())
    if text in FORMULA_ERRORS:
        return Cell(None, "formula_error", {"value": text})
    return Cell(text) if len(text) <= limit else Cell(None, "text_too_long", {"limit": limit})


def read_name(value: Any) -> Cell:
    text = "" if is_blank(value) else text_of(value).translate(_DOTS)
    if not text:
        return Cell(None, "name_missing")
    text = "".join(text.split()) if _WIDE.search(text) else " ".join(text.split())
    if _PRIVATE.search(text):
        return Cell(text, "name_private_character")
    if len(text) > NAME_LIMIT or not _NAME.fullmatch(text.replace("〇", "零")):
        return Cell(None, "name_unreadable")
    return Cell(text)


def is_rounded(value: Any) -> bool:
    """Excel keeps fifteen digits: anything longer that was ever a number has lost its tail."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return abs(value) >= EXACT_IN_EXCEL or not float(value).is_integer()
    return isinstance(value, str) and bool(_ROUNDED.fullmatch(text_of(value).replace(" ", "")))


def read_id_number(value: Any) -> Cell:
    if is_blank(value) or (isinstance(value, str) and len(value) < 8 and fold(value) in _NO_ID):
        return Cell(None, "id_missing")
    if is_rounded(value):
        return Cell(None, "id_rounded")
    text = text_of(value)
    try:
        number = check_id_number(text)
    except IdNumberError as error:
        return _id_problem(error.code, "".join(text.split()))
    return Cell(number, "id_ends_in_zeros" if number.number.endswith("000") else "")


def _id_problem(code: str, text: str) -> Cell:
    if code == "mangled" or (code == "checksum" and text.endswith("000")):
        return Cell(None, "id_rounded")
    return Cell(None, f"id_{code}", {"length": len(text)})


def read_register_number(value: Any) -> Cell:
    """Opaque text: leading zeros stay, a long number that Excel has rounded is refused."""
    if is_blank(value):
        return NOTHING
    if is_rounded(value):
        return Cell(None, "number_rounded")
    text = "".join(text_of(value).split())
    return Cell(text) if _NUMBER.fullmatch(text) else Cell(None, "number_unreadable")


def read_phone(value: Any) -> Cell:
    if is_blank(value):
        return NOTHING
    if is_rounded(value):
        return Cell(None, "phone_unreadable")
    text = "".join(text_of(value).split())
    for part in re.split(r"[、;,/|]+", text):
        digits = part.removeprefix("+86").replace("(", "").replace(")", "-")
        compact = digits.replace("-", "")
        if _MOBILE.fullmatch(compact):
            return Cell(compact)
        if _LANDLINE.fullmatch(digits):
            return Cell(digits)
    return NOTHING if text in ("无", "0", "没有") else Cell(None, "phone_unreadable")


def read_count(value: Any) -> Cell:
    if is_blank(value):
        return NOTHING
    text = fold(text_of(value)).rstrip("人月个")
    return Cell(int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else _unread("count", value)


def read_money(value: Any, *, unit: str = "元") -> Cell:
    """Yuan with two decimals, half up; 万元 in the header or behind the figure multiplies by ten thousand."""
    if is_blank(value):
        return NOTHING
    text = fold(text_of(value)).replace(",", "").lstrip("¥￥").removesuffix("元")
    in_ten_thousands = text.endswith("万") or unit == "万元"
    try:
        amount = Decimal(text.removesuffix("万"))
    except InvalidOperation:
        return _unread("money", value)
    if not amount.is_finite() or not 0 <= amount < 10**10:
        return _unread("money", value)
    return Cell((amount * (_TEN_THOUSAND if in_ten_thousands else 1)).quantize(_CENT, ROUND_HALF_UP))


def _unread(kind: str, value: Any) -> Cell:
    return Cell(None, f"{kind}_unreadable", {"value": text_of(value)[:40]})


def read_yes_no(value: Any) -> Cell:
    if is_blank(value):
        return NOTHING
    code = vocabularies()["yes_no"].get(fold(text_of(value)))
    return Cell(code == "yes") if code else _unread("yes_no", value)


def read_code(value: Any, *, vocabulary: str) -> Cell:
    if is_blank(value):
        return NOTHING
    code = _code_of(text_of(value), vocabularies()[vocabulary])
    return Cell(code) if code else Cell(None, "code_unknown", {"value": text_of(value)[:40]})


def read_codes(value: Any, *, vocabulary: str) -> Cell:
    """Several words in one cell, separated by 、 ; , / | + or line breaks; each code once, in order."""
    if is_blank(value):
        return NOTHING
    text, words = narrow(text_of(value)), vocabularies()[vocabulary]
    parts = [text] if _code_of(text, words) else [p for p in _SPLIT.split(text) if fold(p)]
    codes = [_code_of(part, words) for part in parts]
    unknown = [part.strip() for part, code in zip(parts, codes, strict=True) if not code]
    known = list(dict.fromkeys(code for code in codes if code))
    return Cell(known or None, "code_unknown" if unknown else "", {"value": "、".join(unknown)[:40]})


def _code_of(text: str, words: Mapping[str, str]) -> str | None:
    folded = fold(text)
    return words.get(folded) or words.get(re.sub(r"\(.*?\)", "", folded).strip(" .。"))


def read_relation(value: Any) -> Cell:
    if is_blank(value):
        return Cell(None, "relation_missing")
    code = _code_of(text_of(value), vocabularies()["relation"])
    return Cell(code) if code else Cell("80", "relation_unknown", {"value": text_of(value)[:40]})


def coded(kind: str, vocabulary: str) -> Reader:
    if vocabulary == "relation":
        return read_relation
    return partial(read_codes if kind == "codes" else read_code, vocabulary=vocabulary)
