"""One answer as it was typed or sent, turned into its true value, or into a problem in plain words."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from core.base.texts import Text, same
from followups.protocols.problems import Problem, problem
from followups.protocols.schema import Field, Protocol

Value = int | Decimal | str | date | tuple[str, ...] | tuple[dict[str, Any], ...]
LONGEST_NUMBER = 20
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
DATES = (
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"),
    re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)


class Refused(Exception):
    """The value cannot be taken."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message.en)
        self.problem = problem


def is_empty(raw: object) -> bool:
    if isinstance(raw, str):
        return not raw.strip()
    return raw is None or (isinstance(raw, Sequence | Mapping) and not raw)


def parse(protocol: Protocol, field: Field, raw: object) -> Value | None:
    """This will give the value of one answer; None where it is empty.

    :raises Refused: with the problem in both languages.
    """
    return None if is_empty(raw) else PARSERS[field.type](protocol, field, raw)


def folded(raw: object) -> str:
    """Full-width digits and signs as plain ones, Chinese full stop as a point, no spaces inside."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(raw)).replace("。", "."))


def clipped(raw: object) -> str:
    text = str(raw).strip()
    return text if len(text) <= 20 else text[:20] + "…"


def number_text(field: Field, value: Decimal | int) -> str:
    """A reading as it is written: 128, 7.0."""
    return f"{value:.{field.digits}f}" if field.type == "decimal" else str(int(value))


def with_unit(field: Field, words: str) -> Text:
    if not field.unit:
        return same(words)
    return Text(zh=f"{words} {field.unit.zh}", en=f"{words} {field.unit.en}")


def _number(protocol: Protocol, field: Field, raw: object) -> int | Decimal:
    value = _decimal(field, raw)
    if field.type == "number" and value != value.to_integral_value():
        raise Refused(problem("not_whole", label=field.name, given=clipped(raw), example=_example(field)))
    exponent = value.normalize().as_tuple().exponent
    if field.type == "decimal" and isinstance(exponent, int) and -exponent > field.digits:
        raise Refused(problem("too_many_digits", label=field.name, given=clipped(raw), digits=field.digits))
    _in_range(field, value)
    return int(value) if field.type == "number" else value.quantize(Decimal(1).scaleb(-field.digits))


def _decimal(field: Field, raw: object) -> Decimal:
    words = _without_unit(field, folded(raw)) if isinstance(raw, str) else str(raw)
    if THOUSANDS.fullmatch(words) and field.type == "number":
        words = words.replace(",", "")
    if field.type == "decimal" and words.count(",") == 1:
        words = words.replace(",", ".")
    plain = isinstance(raw, str | int | float | Decimal) and not isinstance(raw, bool)
    if not plain or len(words) > LONGEST_NUMBER or not NUMBER.fullmatch(words):
        raise Refused(problem("not_a_number", label=field.name, given=clipped(raw), example=_example(field)))
    try:
        return Decimal(words)
    except InvalidOperation as error:
        raise Refused(
            problem("not_a_number", label=field.name, given=clipped(raw), example=_example(field))
        ) from error


def _without_unit(field: Field, words: str) -> str:
    units = [field.unit.zh, field.unit.en] if field.unit else []
    for unit in units:
        ending = folded(unit).casefold()
        if words.casefold().endswith(ending) and len(words) > len(ending):
            return words[: -len(ending)]
    return words


def _example(field: Field) -> str:
    low, high = field.minimum or Decimal(0), field.maximum or Decimal(100)
    return number_text(field, (low + high) / 2 if field.type == "decimal" else Decimal(int(low + high) // 2))


def _in_range(field: Field, value: Decimal) -> None:
    low, high = field.minimum, field.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        limits = f"{'' if low is None else low}–{'' if high is None else high}"
        raise Refused(
            problem(
                "out_of_range", label=field.name, given=format(value, "f"), range=with_unit(field, limits)
            )
        )


def _choice(protocol: Protocol, field: Field, raw: object) -> str:
    code = folded(raw) if isinstance(raw, str | int) and not isinstance(raw, bool) else ""
    if code not in protocol.table(field).by_code:
        raise Refused(problem("not_a_choice", label=field.name, given=clipped(raw)))
    return code


def _multi(protocol: Protocol, field: Field, raw: object) -> tuple[str, ...]:
    if isinstance(raw, str):
        raw = [part for part in re.split(r"[,，、;；\s]+", raw) if part]
    if not isinstance(raw, Sequence):
        raw = [raw]
    chosen = {_choice(protocol, field, item) for item in raw if not is_empty(item)}
    if field.exclusive in chosen and len(chosen) > 1:
        option = protocol.table(field).by_code[field.exclusive].label
        raise Refused(problem("exclusive", label=field.name, option=option))
    return tuple(code for code in protocol.table(field).by_code if code in chosen)


def _text(protocol: Protocol, field: Field, raw: object) -> str:
    if not isinstance(raw, str | int | float | Decimal) or isinstance(raw, bool):
        raise Refused(problem("not_text", label=field.name))
    words = "".join(
        c for c in str(raw) if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cf")
    ).strip()
    if len(words) > field.max_length:
        raise Refused(problem("too_long", label=field.name, limit=field.max_length))
    return _archive_number(words) if field.written_as == "archive_number" and words else words


def _archive_number(words: str) -> str:
    """County 6, township 3, village 3, serial 5 (the norm, third edition); dashes are dropped."""
    digits = re.sub(r"[-–—]", "", folded(words))
    if not re.fullmatch(r"[0-9]{17}", digits):
        what = Text(zh=f"有 {len(digits)} 位", en=f"it has {len(digits)} characters")
    elif not VILLAGES.fullmatch(digits[9:12]):
        what = Text(zh=f"村（居）代码 {digits[9:12]} 不在范围内", en=f"there is no village {digits[9:12]}")
    elif digits[12:] == "00000":
        what = Text(zh="顺序号从 00001 起", en="the serial starts at 00001")
    else:
        return digits
    raise Refused(problem("not_an_archive_number", given=clipped(words), what=what))


# Neighbourhood committees 001-099, village committees 101-199, other organisations 901-999.
VILLAGES = re.compile(r"0(?!00)\d\d|1(?!00)\d\d|9(?!00)\d\d")


def _date(protocol: Protocol, field: Field, raw: object) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    found = next((match for shape in DATES if (match := shape.fullmatch(folded(raw)))), None)
    try:
        if found:
            return date(*(int(part) for part in found.groups()))
    except ValueError:
        pass
    raise Refused(problem("not_a_date", label=field.name, given=clipped(raw)))


def _rows(protocol: Protocol, field: Field, raw: object) -> tuple[dict[str, Any], ...]:
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        raise Refused(_line_fault(field, 1, _NOT_LINES))
    lines = [(place, line) for place, line in enumerate(raw, start=1) if not _blank(field, line)]
    if len(lines) > field.max_lines:
        raise Refused(problem("too_many_lines", label=field.name, limit=field.max_lines))
    return tuple(_row(protocol, field, place, line) for place, line in lines)


_NOT_LINES = Text(zh="格式不对", en="not a line of the columns asked for")


def _blank(field: Field, line: object) -> bool:
    """A unit alone is no medicine: nothing was typed in that line."""
    alone = {"unit"} if field.type == "medicines" else set()
    return is_empty(line) or (
        isinstance(line, Mapping) and all(is_empty(v) for k, v in line.items() if k not in alone)
    )


def _row(protocol: Protocol, field: Field, place: int, line: object) -> dict[str, Any]:
    codes = {column.code for column in field.line}
    if not isinstance(line, Mapping) or set(map(str, line)) - codes:
        raise Refused(_line_fault(field, place, _NOT_LINES))
    parts = {c.code: _part(protocol, field, place, c, line.get(c.code)) for c in field.line}
    return {code: value for code, value in parts.items() if value is not None}


def _part(protocol: Protocol, field: Field, place: int, column: Field, raw: object) -> Any:
    title = column.label
    if is_empty(raw):
        if not column.required:
            return None
        raise Refused(_line_fault(field, place, Text(zh=f"缺{title.zh}", en=f"the {title.en} is missing")))
    try:
        value = PARSERS[column.type](protocol, column, raw)
    except Refused as refused:
        wrong = Text(zh=f"{title.zh}“{clipped(raw)}”不对", en=f"the {title.en} “{clipped(raw)}” is not right")
        raise Refused(_line_fault(field, place, wrong)) from refused
    return value.normalize() if isinstance(value, Decimal) else value


def _line_fault(field: Field, place: int, what: Text) -> Problem:
    code = "medicine_line" if field.type == "medicines" else "row_line"
    return problem(code, label=field.name, line=place, what=what)


PARSERS: dict[str, Callable[[Protocol, Field, Any], Any]] = {
    "number": _number,
    "decimal": _number,
    "choice": _choice,
    "multi": _multi,
    "text": _text,
    "date": _date,
    "medicines": _rows,
    "rows": _rows,
}
