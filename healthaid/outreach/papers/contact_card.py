"""The contact card of a household, one A6 sheet each."""

from dataclasses import dataclass
from pathlib import Path

from core.base.typesetting import typeset

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Card:
    """`doctors` and `phones` are (what, who, phone); an empty phone leaves a line to be written on."""

    household: str
    place: str
    register_no: str
    doctors: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class ContactCards:
    language: str
    title: str
    policy: tuple[str, ...]
    phones: tuple[tuple[str, str], ...]
    receipt: tuple[str, ...]
    trace: str
    cards: tuple[Card, ...]


def contact_cards_pdf(cards: ContactCards) -> bytes:
    return typeset(_HERE / "contact_card.typ", cards)
