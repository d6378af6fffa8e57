"""The rules of the four health classes, read from health_classes.toml."""

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, TypeAdapter, model_validator

from core.base.texts import Model, Text
from households.choices import DiseaseGroup, HealthClass

FILE = Path(__file__).parent / "health_classes.toml"


class ClassRule(Model):
    code: str = Field(max_length=30)
    kind: Literal["disease", "exam", "anyone"]
    health_class: HealthClass = Field(alias="class")
    label: Text
    source: str
    groups: tuple[DiseaseGroup, ...] = ()
    months: int = 0
    abnormal: bool = False
    readings: dict[str, Decimal] = {}

    @model_validator(mode="after")
    def _says_what_it_looks_at(self) -> Self:
        if self.kind == "disease" and not self.groups:
            raise ValueError(f"the rule {self.code} names no group of diseases")
        if self.kind == "exam" and not (self.months and (self.abnormal or self.readings)):
            raise ValueError(f"the rule {self.code} says neither how old an examination nor what it finds")
        return self


@cache
def class_rules() -> tuple[ClassRule, ...]:
    """In the order in which they are asked; a fault in the file stops with the place and the reason."""
    return read_rules(FILE.read_text(encoding="utf-8"))


def read_rules(text: str) -> tuple[ClassRule, ...]:
    """
    :raises ValueError: where the last rule is not for anyone, so that somebody would be left without a class.
    """
    rules = TypeAdapter(tuple[ClassRule, ...]).validate_python(tomllib.loads(text)["rules"])
    if not rules or rules[-1].kind != "anyone":
        raise ValueError("the last rule must be for anyone: everybody is in one of the four classes")
    return rules


def rule_label(code: str) -> Text | None:
    return next((rule.label for rule in class_rules() if rule.code == code), None)
