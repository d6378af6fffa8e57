"""A follow-up form on paper: the same definition as on the screen, one column for each visit."""

from dataclasses import dataclass

from healthaid.reports.documents.pdf import typeset


@dataclass(frozen=True)
class Cell:
    """What stands in one visit's column: codes in boxes, or words; a rule to write on where empty.

    `steps` are all the codes of a scale side by side, the chosen one in `boxes` filled.
    """

    boxes: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
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
    """`legend`: the codes of a scale, said once for all its questions."""

    title: str
    lines: tuple[Line, ...]
    legend: str = ""


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


def pdf(form: PaperForm) -> bytes:
    """The sheet's bytes."""
    return typeset("paper_form", form)
