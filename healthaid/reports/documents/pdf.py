"""Documents as PDF: typst sets them, with our own Chinese font and nothing from the machine."""

import json
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

from healthaid.reports.documents.table import Document

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_HERE = Path(__file__).parent
FONTS = _HERE.parent / "fonts"


def pdf(document: Document) -> bytes:
    """The monthly report."""
    return typeset("monthly", document)


def typeset(name: str, document: "DataclassInstance") -> bytes:
    """The file's bytes, set by <name>.typ. All texts go in as data: a name can never become markup."""
    data = json.dumps(asdict(document), default=_written, ensure_ascii=False)
    made: bytes = typst.compile(
        _HERE / f"{name}.typ",
        root=_HERE,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"document": data},
    )
    return made


def _written(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    raise TypeError(type(value))
