"""Service packages: what a contract promises, how it is counted, which loads are flagged (packages.toml)."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, NonNegativeInt, PositiveInt, TypeAdapter, model_validator

from core.base.texts import Model, Text
from households.choices import HealthClass

FILE = Path(__file__).parent / "packages.toml"
Counter = Literal["home_visit", "follow_up", "glucose_test", "exam", "care_plan"]


class Package(Model):
    title: Text
    source: str
    diseases: tuple[str, ...] = ()
    health_classes: tuple[HealthClass, ...] = ()
    promised: dict[str, PositiveInt] = Field(min_length=1)


class Item(Model):
    """What may be promised. `counter` is how it is counted; without one nothing can be said of it yet.

    `forms`: on which forms a follow-up is one."""

    title: Text
    unit: Text
    counter: Counter | None = None
    forms: tuple[str, ...] = ()


class Limits(Model):
    unserved_days: PositiveInt
    spread_up_to: NonNegativeInt
    renewal_days: PositiveInt
    persons_per_team: PositiveInt
    persons_per_doctor: PositiveInt


class Promises(Model):
    packages: dict[str, Package] = Field(min_length=1)
    items: dict[str, Item] = Field(min_length=1)
    limits: Limits

    @model_validator(mode="after")
    def _only_known_items(self) -> "Promises":
        for code, package in self.packages.items():
            if unknown := set(package.promised) - set(self.items):
                raise ValueError(f"package {code} promises what no item describes: {sorted(unknown)}")
        return self


@cache
def _file() -> Promises:
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return TypeAdapter(Promises).validate_python(raw)


def all_packages() -> dict[str, Package]:
    """This will give every package by its code."""
    return _file().packages


def all_items() -> dict[str, Item]:
    """This will give every item that may be promised, in the order in which they are shown."""
    return _file().items


def limits() -> Limits:
    return _file().limits
