"""Cells of a workbook that a spreadsheet program can only show, never run."""

import re
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

# = + - @ open a formula, also in full width; tab and line ends can hide one in front (OWASP).
# A % alone is a unit.
_OPENS_A_FORMULA = re.compile(r"^[\s\u3000\ufeff]*[=+\-@＝＋－＠|]|^[\s\u3000\ufeff]*%.")


def safe(value: Any) -> Any:
    """Text that would open a formula gets an apostrophe in front; control characters go; numbers stay."""
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{text}" if _OPENS_A_FORMULA.match(text) or text.startswith(("\t", "\r", "\n")) else text
