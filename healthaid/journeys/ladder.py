"""The ladder as data: who is told after how many days, and on which days nobody is."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, Field, field_validator

from followups.choices import Rung

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
    after_days: int = Field(ge=0)


class Ladder(BaseModel):
    rules: tuple[str, ...] = ()
    on_quiet_days: bool = False
    steps: tuple[Step, ...] = Field(min_length=1)


class Ladders(BaseModel):
    quiet: Quiet
    ladders: dict[str, Ladder]

    @property
    def named(self) -> list[str]:
        """The rules that have a ladder of their own."""
        return [code for ladder in self.ladders.values() for code in ladder.rules]


@cache
def ladders() -> Ladders:
    return Ladders.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8")))
