"""The letter that reports who was identified, with the receipt to be torn off."""

from dataclasses import dataclass
from pathlib import Path

from core.base.typesetting import typeset

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Letter:
    """`rows` are the list, with the columns of `heads`; `receipt` is the slip below the line."""

    language: str
    title: str
    number: str
    to: str
    sentences: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sender: str
    dated: str
    receipt_title: str
    receipt: str
    places: tuple[str, ...]
    trace: str


def letter_pdf(letter: Letter) -> bytes:
    return typeset(_HERE / "letter.typ", letter)
