"""Documents as PDF: typst sets them, with our own Chinese font and nothing from the machine."""

import json
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FONTS = Path(__file__).parent / "fonts"


def typeset(template: Path, document: "DataclassInstance") -> bytes:
    """The file's bytes, set by a .typ file. All texts go in as data: a name can never become markup."""
    data = json.dumps(asdict(document), default=_written, ensure_ascii=False)
    made: bytes = typst.compile(
        template,
        root=template.parent,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"document": data},
    )
    return made


def _written(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    raise TypeError(type(value))
