"""The rules of early warning as data (library/*.toml): who, which costs, over which time, above what."""

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PositiveInt, TypeAdapter, model_validator

from core.base.texts import Model, Text

LIBRARY = Path(__file__).parent / "library"
REFERENCES = Path(__file__).parent / "references.toml"
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Positive = Annotated[Decimal, Field(gt=0, allow_inf_nan=False)]


class Threshold(Model):
    """Yuan; or per cent of a yearly figure of the area; or per cent of the household's own income, where what
    is left per head lies below a yearly figure as well."""

    amount: Positive | None = None
    reference: Code | None = None
    percent: Positive | None = None
    years_before: int = Field(default=0, ge=0, le=3)
    income_percent: Positive | None = None
    line: Code | None = None

    @model_validator(mode="after")
    def _is_one_of_three(self) -> Self:
        if [self.amount, self.reference, self.income_percent].count(None) != 2:
            raise ValueError("a threshold is an amount, a share of a yearly figure, or a share of income")
        if (self.reference is None) != (self.percent is None):
            raise ValueError("reference and percent go together")
        return self


class Group(Model):
    """Households of one of these standings, or with somebody of one of these identities; empty is nobody."""

    standings: tuple[str, ...] = ()
    identities: tuple[str, ...] = ()


class Rule(Model):
    """`unit` says whose costs are added up; `base` whether all that patients bore, or its compliant part."""

    code: Code
    label: Text
    unit: Literal["household", "person"]
    base: Literal["total", "compliant"]
    window: Literal["calendar_year", "rolling_12_months"]
    who: Group | None = None
    but: Group = Group()
    is_inclusive: bool = False
    """Whether the threshold itself is enough (≥), or has to be passed (>)."""
    threshold: Threshold


class RuleSet(Model):
    """Rules of one place and edition. `everywhere` holds beside the set that a county has put in force."""

    code: Code
    edition: str = Field(max_length=20)
    scope: Literal["everywhere", "county"]
    title: Text
    source: str
    valid_from: date
    valid_to: date | None = None
    verify_within_days: PositiveInt
    help_within_days: PositiveInt = 30
    """[inf] Within a month: the register's check counts who is monitored longer without (DOMAIN B4)."""
    rules: tuple[Rule, ...] = Field(min_length=1)


class Reference(Model):
    label: Text
    hint: Text


@cache
def rule_sets() -> dict[str, RuleSet]:
    """This will give every set of the library by its code; a fault stops with the place and the reason."""
    found = [_read(path) for path in sorted(LIBRARY.glob("*.toml"))]
    rules = [rule for one in found for rule in one.rules]
    if len({rule.code for rule in rules}) != len(rules):
        raise ValueError("two rules of early warning have the same code")
    named = {name for rule in rules for name in (rule.threshold.reference, rule.threshold.line) if name}
    if unknown := named - set(references()):
        raise ValueError(f"no such yearly figure: {sorted(unknown)}")
    return {one.code: one for one in found}


def _read(path: Path) -> RuleSet:
    raw = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    return RuleSet.model_validate({"code": path.stem, **raw})


def county_sets() -> dict[str, RuleSet]:
    """The sets of which a county has one in force."""
    return {code: one for code, one in rule_sets().items() if one.scope == "county"}


@cache
def all_rules() -> dict[str, Rule]:
    return {rule.code: rule for one in rule_sets().values() for rule in one.rules}


def set_of(rule: str) -> RuleSet | None:
    """The set that a rule stands in; None for a rule that the library does not know any more."""
    return next((one for one in rule_sets().values() if any(r.code == rule for r in one.rules)), None)


@cache
def references() -> dict[str, Reference]:
    """This will give what each yearly figure is called, in the order in which they are shown."""
    raw = tomllib.loads(REFERENCES.read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, Reference]).validate_python(raw)


@cache
def rules_as_rows() -> list[dict[str, Any]]:
    """Every rule with its set, as plain values for a statement."""
    return [
        {
            "code": rule.code,
            "set": one.code,
            "edition": one.edition,
            "is_everywhere": one.scope == "everywhere",
            "valid_from": one.valid_from.isoformat(),
            "valid_to": one.valid_to.isoformat() if one.valid_to else None,
            "verify_days": one.verify_within_days,
            **_who(rule),
            **rule.model_dump(mode="json", include={"unit", "base", "window", "is_inclusive"}),
            **rule.threshold.model_dump(mode="json"),
        }
        for one in rule_sets().values()
        for rule in one.rules
    ]


def _who(rule: Rule) -> dict[str, Any]:
    who = rule.who or Group()
    return {
        "is_for_all": rule.who is None,
        "standings": list(who.standings),
        "identities": list(who.identities),
        "but_standings": list(rule.but.standings),
        "but_identities": list(rule.but.identities),
    }
