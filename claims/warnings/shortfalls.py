"""Why a bill was not paid as far as the target, and who can act, as data (shortfalls.toml)."""

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from core.base.texts import Model, Text

FILE = Path(__file__).parent / "shortfalls.toml"
Who = Literal["clerk", "township", "county", "family"]
PerCent = Annotated[Decimal, Field(gt=0, le=100)]


class Cause(Model):
    """`conditions` count where the layer did not apply, `limits` wherever they stand."""

    label: Text
    act: Text
    who: Who
    conditions: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()


class Shortfalls(Model):
    target_percent: PerCent
    outside_percent: PerCent
    causes: dict[str, Cause]

    @property
    def target(self) -> Decimal:
        """As a share of what was to be paid."""
        return self.target_percent / 100

    @property
    def outside(self) -> Decimal:
        return self.outside_percent / 100


@cache
def shortfalls() -> Shortfalls:
    return Shortfalls.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8"), parse_float=Decimal))


@cache
def causes_as_rows() -> list[dict[str, str | int | bool]]:
    """Each reason with its cause and the cause's rank, as plain values for a statement."""
    return [
        {"reason": reason, "cause": code, "rank": rank, "is_condition": is_condition}
        for rank, (code, cause) in enumerate(shortfalls().causes.items())
        for reasons, is_condition in ((cause.conditions, True), (cause.limits, False))
        for reason in reasons
    ]
