"""The paperwork that a need takes, read from paperwork.toml."""

import tomllib
from functools import cache
from pathlib import Path

from pydantic import Field, TypeAdapter

from core.base.texts import Model, Text
from followups.choices import NeedKind

FILE = Path(__file__).parent / "paperwork.toml"


class Paper(Model):
    """`says`: only done with a line about what was said or handed in."""

    title: Text
    kinds: tuple[NeedKind, ...] = Field(min_length=1)
    says: bool = False


@cache
def all_papers() -> dict[str, Paper]:
    """This will give every piece of paperwork by its code, in the order in which it is done."""
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, Paper]).validate_python(raw)


def papers_of(kind: str) -> dict[str, Paper]:
    """Those that a kind of need takes."""
    return {code: paper for code, paper in all_papers().items() if kind in paper.kinds}
