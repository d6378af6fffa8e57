"""The rules of what is owed, read from duty_rules.toml: for whom, in which windows, fulfilled by what."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import Field, TypeAdapter, model_validator

from core.base.periods import month_end, month_start, quarter_end, quarter_start
from core.base.texts import Model, Text
from followups.choices import Mode, NotFoundStep, Risk, Tier
from followups.protocols.library import editions
from households.choices import HealthClass, HouseholdType, Standing

FILE = Path(__file__).parent / "duty_rules.toml"
Window = Literal["ten_days", "half_month", "month", "quarter", "year"]


class RuleError(ValueError):
    """The file of rules asks for something that the product cannot keep."""


class NotFound(Model):
    """What follows after so many calls in vain on different days."""

    tries: int = Field(default=3, ge=1)
    then: NotFoundStep = NotFoundStep.CLOSE


class _Rule(Model):
    title: Text
    source: str
    modes: tuple[Mode, ...] = Field(min_length=1)
    late_days: int = Field(ge=0)
    risk: Risk = Risk.ROUTINE
    responsible: tuple[Tier, ...] = (Tier.VILLAGE,)
    """Who of the team sees to the visit: village, township, county doctor."""
    kept_when: tuple[Literal["named", "planned"], ...] = ()
    """What else it takes, besides the visit in its window, for a month to be kept: a doctor of each of the
    three levels is named on the day; a joint plan that all three signed is in force."""
    packages: tuple[str, ...] = ()
    """Owed only under a contract of these packages; empty: with any contract and without one."""
    not_found: NotFound = NotFound()

    @property
    def form_codes(self) -> tuple[str, ...]:
        raise NotImplementedError


class LastVisit(Model):
    """What the last visit on one of these forms must have said."""

    forms: tuple[str, ...] = Field(min_length=1)
    answer: str
    values: tuple[str, ...] = Field(min_length=1)
    month: str = ""
    """The answer that holds the month of treatment, and up to which month the rule holds."""
    months_at_most: int = 0


class _OfDisease(_Rule):
    forms: dict[str, str] = Field(min_length=1)

    @property
    def form_codes(self) -> tuple[str, ...]:
        return tuple(self.forms.values())

    @model_validator(mode="after")
    def _each_disease_has_its_own_form(self) -> Self:
        if len(set(self.forms.values())) < len(self.forms):
            raise ValueError("two diseases of one rule share a form; give them two rules")
        return self


class ChronicRule(_OfDisease):
    """One visit for each disease and window."""

    kind: Literal["chronic"]
    window: Window
    least_days: int = Field(ge=0)
    last_visit: LastVisit | None = None
    declined: bool = False
    """Owed to those who refused to be managed for the disease, and to nobody else."""


class FirstVisitRule(_OfDisease):
    """One visit within hours of the notice, or of the end of the day on which the disease was confirmed."""

    kind: Literal["first_visit"]
    within_hours: int = Field(ge=24)

    @property
    def within_days(self) -> int:
        return -(-self.within_hours // 24)


class _OneForm(_Rule):
    form: str

    @property
    def form_codes(self) -> tuple[str, ...]:
        return (self.form,)


class PersonRule(_OneForm):
    """One visit for each person of a health class and window."""

    kind: Literal["person"]
    window: Window
    health_classes: tuple[HealthClass, ...] = Field(min_length=1)
    unless_examined: bool = False
    """Not owed where the year's examination is on record already."""
    minimum_age: int = Field(default=0, ge=0)
    """Owed from the birthday on which this age is reached."""


class HouseholdRule(_OneForm):
    kind: Literal["household"]
    window: Window
    household_types: tuple[HouseholdType, ...]
    standings: tuple[Standing, ...]


class VisitRule(_Rule):
    """A return visit that an assessment asks for within more than `over_days` and at most `within_days`."""

    kind: Literal["visit"]
    within_days: int = Field(gt=0)
    over_days: int = Field(default=0, ge=0)
    forms: tuple[str, ...] = Field(min_length=1)

    @property
    def form_codes(self) -> tuple[str, ...]:
        return self.forms


class DischargeRule(_OneForm):
    """Visits after a hospital stay: each by so many days after the discharge."""

    kind: Literal["discharge"]
    by_days: tuple[int, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _days_grow(self) -> Self:
        if any(later <= earlier for earlier, later in pairwise((0, *self.by_days))):
            raise ValueError("by_days must grow from one visit to the next")
        return self


R = TypeVar("R", bound=_Rule)
AnyRule = ChronicRule | FirstVisitRule | PersonRule | HouseholdRule | VisitRule | DischargeRule
Rule = Annotated[AnyRule, Field(discriminator="kind")]


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
def all_rules() -> dict[str, AnyRule]:
    """This will give every rule by its code; a fault in the file stops with the place and the reason."""
    return read_rules(tomllib.loads(FILE.read_text(encoding="utf-8")))


def read_rules(raw: Mapping[str, Any]) -> dict[str, AnyRule]:
    """This will check rules as they stand in a file.

    :raises RuleError: where a rule names a form that is not in the library.
    """
    rules: dict[str, AnyRule] = TypeAdapter(dict[str, Rule]).validate_python(raw)
    known = {form.code for form in editions()}
    for code, rule in rules.items():
        if missing := sorted(set(rule.form_codes) - known):
            raise RuleError(
                f"{FILE.name}: the rule {code} asks for the form {', '.join(missing)}, which is not in "
                "followups/protocols/library. Add the form first, or take the rule out."
            )
    return rules


def rules_of(kind: type[R]) -> dict[str, R]:
    return {code: rule for code, rule in all_rules().items() if isinstance(rule, kind)}


def responsible(code: str) -> tuple[Tier, ...]:
    """Who answers for a visit of this rule."""
    rule = all_rules().get(code)
    return rule.responsible if rule else ()


def not_found_rule(code: str) -> NotFound:
    """What follows from calls in vain for a duty of this rule."""
    rule = all_rules().get(code)
    return rule.not_found if rule else NotFound()


def window_of(window: Window, on: date) -> tuple[date, date]:
    """First and last day of the window that holds a day."""
    return _WINDOWS[window](on)


def _ten_days(on: date) -> tuple[date, date]:
    """旬: the first ten days of a month, the second ten, and the rest."""
    first = min((on.day - 1) // 10, 2) * 10 + 1
    return on.replace(day=first), month_end(on) if first == 21 else on.replace(day=first + 9)


def _half_month(on: date) -> tuple[date, date]:
    if on.day <= 15:
        return month_start(on), on.replace(day=15)
    return on.replace(day=16), month_end(on)


_WINDOWS = {
    "ten_days": _ten_days,
    "half_month": _half_month,
    "month": lambda on: (month_start(on), month_end(on)),
    "quarter": lambda on: (quarter_start(on), quarter_end(on)),
    "year": lambda on: (date(on.year, 1, 1), date(on.year, 12, 31)),
}


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
