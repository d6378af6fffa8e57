"""The numbered slogans of the programme: lists over indicators, kept in slogans.toml and not in code."""

import tomllib
from functools import cache
from pathlib import Path

from pydantic import Field, TypeAdapter, model_validator

from core.base.texts import Model, Text
from healthaid.reports.indicators import INDICATORS

FILE = Path(__file__).parent / "slogans.toml"


class Item(Model):
    """`indicator` is shown as defined; `page` is the name of an address, linked where it exists."""

    title: Text
    indicator: str = ""
    page: str = ""

    @model_validator(mode="after")
    def _only_known_figures(self) -> "Item":
        if self.indicator and self.indicator not in INDICATORS:
            raise ValueError(f"{self.title.en}: no indicator is called {self.indicator}")
        return self


class Slogan(Model):
    title: Text
    source: str
    interpreted: bool = False
    items: tuple[Item, ...] = Field(min_length=1)


def read(text: str) -> dict[str, Slogan]:
    """Slogans by code, in the order of the file.

    :raises pydantic.ValidationError: a word that the file may not hold, or one that is missing."""
    return TypeAdapter(dict[str, Slogan]).validate_python(tomllib.loads(text))


@cache
def slogans() -> dict[str, Slogan]:
    return read(FILE.read_text(encoding="utf-8"))
