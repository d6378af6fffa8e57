"""The ladder as data: who is told after how many days, and on which days nobody is."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import BaseModel, Field, field_validator, model_validator

from followups.choices import ReferralCause, Rung

FILE = Path(__file__).parent / "ladder.toml"


class Quiet(BaseModel):
    weekdays: tuple[int, ...] = ()
    dates: tuple[str, ...] = ()

    @field_validator("dates")
    @classmethod
    def _days_of_the_calendar(cls, dates: tuple[str, ...]) -> tuple[str, ...]:
        for written in dates:
            date.fromisoformat(written if len(written) > 5 else f"2024-{written}")
        return dates

    def holds(self, on: date) -> bool:
        """Whether nobody is told on a day."""
        return on.isoweekday() in self.weekdays or bool({on.isoformat(), f"{on:%m-%d}"} & set(self.dates))


class Step(BaseModel):
    to: Rung
    after_days: int = Field(default=0, ge=0)
    after_hours: int = Field(default=0, ge=0)
    """Only in a ladder by the hour."""


class Ladder(BaseModel):
    rules: tuple[str, ...] = ()
    on_quiet_days: bool = False
    by_hour: bool = False
    """Counted from the very hour at which a visit was to be made, on any day."""
    steps: tuple[Step, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _hours_belong_to_rules(self) -> Self:
        if self.by_hour and not self.rules:
            raise ValueError("a ladder by the hour names its rules")
        return self


class Ladders(BaseModel):
    quiet: Quiet
    ladders: dict[str, Ladder]
    needs: Ladder
    warnings: Ladder
    actions: Ladder
    monitoring: Ladder
    referrals: dict[ReferralCause, Ladder]

    def hold_back(self, ladder: Ladder, on: date) -> bool:
        """Whether a ladder rests on a day."""
        return self.quiet.holds(on) and not ladder.on_quiet_days

    @property
    def named(self) -> list[str]:
        """The rules that have a ladder of their own."""
        return [code for ladder in self.ladders.values() for code in ladder.rules]


@cache
def ladders() -> Ladders:
    return Ladders.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8")))
