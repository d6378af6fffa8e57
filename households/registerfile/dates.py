"""Dates in every shape a register writes them."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from households.registerfile.cells import NOTHING, Cell, is_blank, text_of

EXCEL_EPOCH = date(1899, 12, 30)
SERIALS = range(10000, 73050)  # May 1927 to December 2099; earlier serials cannot be told from years
YEARS = range(1900, 2101)
_SEPARATED = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})?[日号]?)?")
_CLOCK = re.compile(r"[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_AMBIGUOUS_MONTH = re.compile(r"\d{4}\.1")  # Excel writes both 2016.1 and 2016.10 like this


def read_date(value: Any) -> Cell:
    """20161231, 2016-12-31, 2016/12, 2016年12月, 2016.12.31, 201612, 2016, Excel serials and date cells.

    A month stands for its first day, a year for 1 January."""
    if is_blank(value):
        return NOTHING
    found = (
        value.date() if isinstance(value, datetime) else value if isinstance(value, date) else _of_text(value)
    )
    if found is not None and found.year in YEARS:
        return Cell(found)
    return Cell(None, "date_unreadable", {"value": text_of(value)[:40]})


def _of_text(value: Any) -> date | None:
    text = _CLOCK.sub("", text_of(value)).replace(" ", "").removesuffix("年")
    if isinstance(value, float) and SERIALS.start <= value < SERIALS.stop:
        return EXCEL_EPOCH + timedelta(days=int(value))
    if _AMBIGUOUS_MONTH.fullmatch(text):
        return None
    if text.isascii() and text.isdigit():
        return _of_digits(text)
    found = _SEPARATED.fullmatch(text)
    return _day(found[1], found[2], found[3] or "1") if found else None


def _of_digits(text: str) -> date | None:
    if len(text) == 8:
        return _day(text[:4], text[4:6], text[6:])
    if len(text) == 6:
        return _day(text[:4], text[4:], "1")
    if len(text) == 5:
        return EXCEL_EPOCH + timedelta(days=int(text)) if int(text) in SERIALS else None
    return _day(text, "1", "1") if len(text) == 4 else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
