"""The rules of a form as data: conditions, dated limits, classes and what is to be done."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Literal, Self

from pydantic import Field as Slot
from pydantic import model_validator

from core.base.texts import Model, Text
from followups.protocols.tables import National

Operator = Literal["ge", "gt", "le", "lt", "eq", "includes", "excludes"]


class Condition(Model):
    """One question about the answers: true, false or unknown, because a missing answer is not a no."""

    any: tuple["Condition", ...] = ()
    all: tuple["Condition", ...] = ()
    finding: str = ""
    previous: str = ""
    missing: str = ""
    given: str = ""
    field: str = ""
    person: Literal["", "age", "sex"] = ""
    """Who was seen: the age on the day of the visit, or the sex (1 man, 2 woman)."""
    op: Operator = "eq"
    value: Decimal | str | tuple[str, ...] | None = None
    param: str = ""

    @model_validator(mode="after")
    def _asks_one_question(self) -> Self:
        asked = [self.any, self.all, self.finding, self.previous, self.missing, self.given]
        if sum(1 for part in (*asked, self.field, self.person) if part) != 1:
            raise ValueError(
                "write exactly one of any, all, finding, previous, missing, given, field, person"
            )
        if (self.field or self.person) and (self.value is None) == (not self.param):
            raise ValueError("compare with a value or with a param, one of the two")
        if self.op in ("includes", "excludes") and not isinstance(self.value, tuple):
            raise ValueError(f"{self.op} needs a list of codes as its value")
        return self

    @property
    def subject(self) -> str:
        return self.field or self.missing or self.given

    @cached_property
    def kind(self) -> str:
        """Which of its questions it asks."""
        asked = ("any", "all", "finding", "previous", "missing", "given")
        return next((name for name in asked if getattr(self, name)), "compare")


class Step(Model):
    value: Decimal
    from_age: int = 0
    note: Text | None = None


class Param(Model):
    """A limit that may change with age; the age is counted on the day of the visit."""

    steps: tuple[Step, ...] = Slot(min_length=1)
    source: str = ""

    @model_validator(mode="after")
    def _ages_rise(self) -> Self:
        ages = [step.from_age for step in self.steps]
        if ages[0] != 0 or sorted(set(ages)) != ages:
            raise ValueError("the steps start at age 0 and their ages rise")
        return self


class Finding(Model):
    title: Text
    when: Condition
    good: bool = False
    """Speaks for the mildest class, so it is no reason for a graver one."""
    source: str = ""


class Due(Model):
    """When to come back: from and by, in days or calendar months after the visit."""

    days: int | None = Slot(default=None, ge=1)
    months: int | None = Slot(default=None, ge=1)
    from_days: int | None = Slot(default=None, ge=0)
    from_months: int | None = Slot(default=None, ge=0)

    @model_validator(mode="after")
    def _one_unit_each(self) -> Self:
        if (self.days is None) == (self.months is None):
            raise ValueError("give days or months, one of the two")
        if (self.from_days is None) == (self.from_months is None):
            raise ValueError("give from_days or from_months, one of the two")
        return self


class Outcome(Model):
    """The class written on the form; listed from the most severe, the first that holds is taken."""

    code: str
    label: Text
    word: Text
    tone: Literal["good", "info", "warn", "bad"]
    when: Condition


class Action(Model):
    """What follows; listed in the order of the norm, the first that holds is taken."""

    code: str
    when: Condition
    advice: Text
    due: Due | None = None
    """Without it no visit follows from this one, as after a closing."""
    referral: bool = False
    urgent: bool = False
    followed_by: str = ""
    """What sees to the return where no rule owes a visit on this form, such as another examination."""
    secondary: bool = False
    """Rests on a criterion that is not the norm's, and says so."""
    source: str = ""


class Unassessable(Model):
    advice: Text
    due: Due | None = None
    source: str = ""


class Assessing(Model):
    needs: tuple[str, ...]
    """Fields named as missing where no class can be given."""
    params: dict[str, Param] = {}
    findings: dict[str, Finding] = {}
    classes: tuple[Outcome, ...]
    national: National | None = None
    """The digits of the class mean what this form says; 1 is good on one form and bad on another."""
    actions: tuple[Action, ...]
    absences: tuple[Action, ...] = ()
    """What follows where nobody was met."""
    controlled: Condition | None = None
    """The reading alone, for the control rate; the class may be worse for other reasons."""
    unassessable: Unassessable

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        leaves = [leaf for condition in self.conditions for leaf in conditions_in(condition)]
        lost = {leaf.param for leaf in leaves if leaf.param} - set(self.params)
        lost |= {leaf.finding or leaf.previous for leaf in leaves if leaf.finding or leaf.previous} - set(
            self.findings
        )
        lost |= _named_too_early(self.findings)
        if lost:
            raise ValueError(
                f"a rule names {', '.join(sorted(lost))}, which is neither a param nor a finding"
            )
        return self

    @cached_property
    def asked(self) -> dict[str, Condition]:
        """What each finding asks, by its name."""
        return {name: finding.when for name, finding in self.findings.items()}

    @property
    def conditions(self) -> list[Condition]:
        parts: list[Condition] = [finding.when for finding in self.findings.values()]
        parts += [outcome.when for outcome in self.classes]
        parts += [action.when for action in (*self.actions, *self.absences)]
        return [*parts, self.controlled] if self.controlled else parts


def _named_too_early(findings: dict[str, Finding]) -> set[str]:
    """A finding may rest only on those listed before it, so that none can rest on itself."""
    earlier: set[str] = set()
    early: set[str] = set()
    for name, finding in findings.items():
        early |= {leaf.finding for leaf in conditions_in(finding.when) if leaf.finding} - earlier
        earlier.add(name)
    return early


def conditions_in(condition: Condition) -> Iterator[Condition]:
    """This will give the condition and everything inside it."""
    yield condition
    for part in (*condition.any, *condition.all):
        yield from conditions_in(part)
