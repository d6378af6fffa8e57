"""Activities and what is handed out, as data: files a county may edit, read once."""

import tomllib
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
