"""The words of the agreement that both sides sign (agreement.toml)."""

import tomllib
from functools import cache
from pathlib import Path

from pydantic import Field, TypeAdapter

from core.base.texts import Model, Text

FILE = Path(__file__).parent / "agreement.toml"


class Clause(Model):
    title: Text
    text: Text


class Agreement(Model):
    source: str
    clause: tuple[Clause, ...] = Field(min_length=1)


@cache
def agreement() -> Agreement:
    """This will give the clauses in their order."""
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return TypeAdapter(Agreement).validate_python(raw)
