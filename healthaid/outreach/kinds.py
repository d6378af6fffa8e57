"""Activities, surveys and what is handed out, as data: files a county may edit, read once."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from core.base.texts import Model, Text
from core.clinics.models import Institution

FOLDER = Path(__file__).parent


class Grade(Model):
    code: Literal["a", "b", "c"]
    at_least: Decimal


class ActivityKind(Model):
    """One of the six of 3+2+1, or one that a county has added."""

    code: str
    part: Literal["3", "2", "1"]
    among: tuple[Institution.Kind, ...]
    full: Decimal
    label: Text
    grades: tuple[Grade, ...] = ()

    def grade(self, score: Decimal) -> str:
        """The code of the first grade whose line is reached; empty where nothing is graded."""
        return next((grade.code for grade in self.grades if score >= grade.at_least), "")


class Item(Model):
    """Something handed out. `holds_months` 0: it does not run out."""

    code: str
    to: Literal["all", "illness"]
    once: bool
    label: Text
    holds_months: int = 0
    unit_cost: Decimal | None = None
    contains: Text | None = None


class Option(Model):
    code: str
    label: Text
    right: bool = False


class Question(Model):
    code: str
    label: Text
    options: tuple[Option, ...]

    @property
    def right(self) -> frozenset[str]:
        return frozenset(option.code for option in self.options if option.right)


class Edition(Model):
    """One dated edition of a survey; rounds that begin on `valid_from` or later ask it."""

    code: str
    edition: str
    valid_from: date
    title: Text
    passes_at: int
    questions: tuple[Question, ...]

    def right(self, answers: Mapping[str, str]) -> list[str]:
        """The codes of the questions that were answered rightly, in their order."""
        return [one.code for one in self.questions if answers.get(one.code) in one.right]


class Call(Model):
    label: Text
    phone: str


class CardWords(Model):
    """What stands on every contact card."""

    title: Text
    policy: tuple[Text, ...]
    complaint: Call
    emergency: Call


@cache
def activity_kinds() -> dict[str, ActivityKind]:
    listed = tomllib.loads((FOLDER / "activities.toml").read_text(encoding="utf-8"))["kinds"]
    kinds = [ActivityKind.model_validate(one) for one in listed]
    return {kind.code: kind for kind in kinds}


@cache
def items() -> dict[str, Item]:
    listed = tomllib.loads((FOLDER / "handouts.toml").read_text(encoding="utf-8"))["items"]
    found = [Item.model_validate(one) for one in listed]
    return {item.code: item for item in found}


@cache
def card_words() -> CardWords:
    return CardWords.model_validate(tomllib.loads((FOLDER / "contact_card.toml").read_text(encoding="utf-8")))


@cache
def editions() -> tuple[Edition, ...]:
    """Every edition, the latest first."""
    listed = tomllib.loads((FOLDER / "surveys.toml").read_text(encoding="utf-8"))["editions"]
    found = [Edition.model_validate(one) for one in listed]
    return tuple(sorted(found, key=lambda one: (one.code, one.valid_from), reverse=True))


def edition_on(code: str, on: date) -> Edition | None:
    """The edition that a round beginning on a day asks; None before the first."""
    return next((one for one in editions() if one.code == code and one.valid_from <= on), None)


def edition_of(code: str, edition: str) -> Edition | None:
    """The edition of that name; None where the file does not hold it any more."""
    return next((one for one in editions() if (one.code, one.edition) == (code, edition)), None)
