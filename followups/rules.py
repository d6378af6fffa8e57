"""The rules of what is owed, read from duty_rules.toml: for whom, in which windows, fulfilled by what."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field, TypeAdapter

from core.base.periods import month_end, month_start, quarter_end, quarter_start
from followups.choices import Mode
from followups.protocols.texts import Model, Text
from households.choices import HouseholdType, Standing

FILE = Path(__file__).parent / "duty_rules.toml"
Window = Literal["quarter", "half_month"]


class _Rule(Model):
    title: Text
    source: str
    modes: tuple[Mode, ...] = Field(min_length=1)
    late_days: int = Field(ge=0)


class ChronicRule(_Rule):
    kind: Literal["chronic"]
    window: Window
    least_days: int = Field(ge=0)
    forms: dict[str, str] = Field(min_length=1)


class HouseholdRule(_Rule):
    kind: Literal["household"]
    window: Window
    form: str
    household_types: tuple[HouseholdType, ...]
    standings: tuple[Standing, ...]


class VisitRule(_Rule):
    kind: Literal["visit"]
    within_days: int = Field(gt=0)
    forms: tuple[str, ...]


R = TypeVar("R", bound=_Rule)
Rule = Annotated[ChronicRule | HouseholdRule | VisitRule, Field(discriminator="kind")]


@dataclass(frozen=True)
class OpenDuty:
    """As much of an open duty as it takes to see whether a visit fulfils it."""

    id: int
    rule: str
    protocol: str
    of_household: bool
    starts_on: date
    ends_on: date


@cache
def all_rules() -> dict[str, Rule]:
    """This will give every rule by its code; a fault in the file stops with the place and the reason."""
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, Rule]).validate_python(raw)


def rules_of(kind: type[R]) -> dict[str, R]:
    return {code: rule for code, rule in all_rules().items() if isinstance(rule, kind)}


def window_of(window: Window, on: date) -> tuple[date, date]:
    """First and last day of the window that holds a day."""
    if window == "quarter":
        return quarter_start(on), quarter_end(on)
    if on.day <= 15:
        return month_start(on), on.replace(day=15)
    return on.replace(day=16), month_end(on)


def fulfilled_by(duties: Iterable[OpenDuty], *, protocol: str, mode: str, on: date) -> list[int]:
    """Which open duties a visit fulfils: of each rule and form the earliest that it can, in time or late.

    One visit closes several duties of different rules, never two windows of the same rule.
    """
    chosen: dict[tuple[str, str], OpenDuty] = {}
    for duty in sorted(duties, key=lambda duty: (duty.starts_on, duty.id)):
        if _counts(duty, protocol=protocol, mode=mode, on=on):
            chosen.setdefault((duty.rule, duty.protocol), duty)
    return [duty.id for duty in chosen.values()]


def _counts(duty: OpenDuty, *, protocol: str, mode: str, on: date) -> bool:
    rule = all_rules().get(duty.rule)
    if rule is None or mode not in rule.modes:
        return False
    in_time = duty.starts_on <= on <= duty.ends_on + timedelta(days=rule.late_days)
    return in_time and (duty.of_household or duty.protocol == protocol)
