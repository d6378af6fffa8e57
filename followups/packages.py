"""Service packages: what a contract promises, read from packages.toml."""

import tomllib
from functools import cache
from pathlib import Path

from pydantic import Field, PositiveInt, TypeAdapter

from followups.protocols.texts import Model, Text
from households.choices import HealthClass

FILE = Path(__file__).parent / "packages.toml"


class Package(Model):
    title: Text
    source: str
    diseases: tuple[str, ...] = ()
    health_classes: tuple[HealthClass, ...] = ()
    promised: dict[str, PositiveInt] = Field(min_length=1)


@cache
def all_packages() -> dict[str, Package]:
    """This will give every package by its code."""
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, Package]).validate_python(raw)
