"""A follow-up form on paper: the same definition as on the screen, one column for each visit."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import typst

_HERE = Path(__file__).parent
FONTS = _HERE.parent / "fonts"


@dataclass(frozen=True)
class Cell:
    """What stands in one visit's column: codes in boxes, or words; a rule to write on where empty."""

    boxes: tuple[str, ...] = ()
    words: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Line:
    """One question. `legend` lists the codes as the paper prints them."""

    label: str
    legend: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Block:
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class PaperForm:
    """A whole form. `head` are label and words above the table, `trace` who printed it and when."""

    title: str
    language: str
    head: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    columns: int
    signatures: tuple[str, ...]
    source: str
    trace: str
    words: dict[str, str] = field(default_factory=dict)


def pdf(form: PaperForm) -> bytes:
    """The file's bytes. All texts go in as data: a name can never become markup."""
    made: bytes = typst.compile(
        _HERE / "paper_form.typ",
        root=_HERE,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(asdict(form), ensure_ascii=False)},
    )
    return made
