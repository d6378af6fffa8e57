"""What a policy is: one TOML file with its document, its dates, its layers in order and its own cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from claims.policy.facts import Facts
from claims.policy.kinds import Layer, Split
from claims.policy.layers import Amount, Code, Measured, Share
from claims.policy.money import Rounding
from claims.policy.schema_parts import Compliance, Discount, Document, Payer
from claims.policy.year_end import YearEnd
from core.base.texts import Model, Text


class Head(Model):
    """The [policy] table."""

    code: Code
    title: Text
    area: Annotated[str, Field(pattern=r"^[0-9]{2,12}$|^sample$")]
    """Division code of the county, or `sample` for a policy that stands here to be learnt from."""
    valid_from: date
    valid_to: date | None = None
    """The first day on which it holds no longer."""
    date_rule: Literal["admission", "discharge"]
    """The day on which identity, cause, enrolment, age and the policy itself are taken."""
    year_rule: Literal["", "admission", "discharge", "split"] = ""
    """Whose calendar year's totals count for a stay over New Year: that of a day ("" is the date_rule's), or
    split: the bill is divided by days (parting.py) and each part counts in its own year."""
    rounding: Rounding = "half_up"
    target: Share | None = None
    """What share of each bill the payers together should bear: what is short of it is looked into. None takes
    the programme's (claims/warnings/shortfalls.toml)."""
    note: Text | None = None
    document: Document

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.valid_to is not None and self.valid_to <= self.valid_from:
            raise PydanticCustomError("ends_early", "valid_to is not after valid_from")
        return self


class Expected(Model):
    """What a case must give: every amount that is written is compared to the cent."""

    total: Amount | None = None
    discount: Amount | None = None
    compliant: Amount | None = None
    lines: dict[Code, Amount] = {}
    patient: Amount | None = None
    reasons: dict[Code, tuple[str, ...]] = {}
    """By layer: codes of reasons against it that must be told."""


class Case(Model):
    name: str
    """A sentence that says what it shows."""
    source: str = ""
    facts: Facts
    expect: Expected


@dataclass(frozen=True)
class Fault:
    """`kind` is a code of problems.toml, `path` the place in the file."""

    kind: str
    path: tuple[str | int, ...]
    code: str


class Policy(Model):
    policy: Head
    payers: Annotated[tuple[Payer, ...], Field(min_length=1)]
    compliance: Compliance = Compliance()
    discounts: tuple[Discount, ...] = ()
    layers: Annotated[tuple[Layer, ...], Field(min_length=1)]
    year_end: tuple[YearEnd, ...] = ()
    cases: tuple[Case, ...] = ()

    @property
    def code(self) -> str:
        return self.policy.code

    @cached_property
    def payer_labels(self) -> dict[str, Text]:
        return {payer.code: payer.label for payer in self.payers}

    @cached_property
    def line_codes(self) -> tuple[str, ...]:
        """The codes of the lines of every decision, in order; a split has two."""
        rests = {layer.code: layer.remainder_code for layer in self.layers if isinstance(layer, Split)}
        pairs = ((layer.code, rests.get(layer.code)) for layer in self.layers)
        return tuple(code for pair in pairs for code in pair if code)

    def date_of(self, facts: Facts) -> date:
        """The day on which everything is taken."""
        return facts.admitted_on if self.policy.date_rule == "admission" else facts.discharged_on

    def is_divided(self, facts: Facts) -> bool:
        """Whether a stay has to be divided at New Year before it is settled."""
        return self.policy.year_rule == "split" and facts.admitted_on.year < facts.discharged_on.year

    def year_of(self, facts: Facts) -> int:
        """The calendar year whose totals count for this bill."""
        rule = self.policy.year_rule or self.policy.date_rule
        return (facts.admitted_on if rule == "admission" else facts.discharged_on).year


def faults(policy: Policy) -> Iterator[Fault]:
    """This will give what does not fit between the parts of a policy, each of which is right by itself."""
    yield from _codes_twice(policy)
    known = set(policy.payer_labels)
    for place, layer in enumerate(policy.layers):
        named = {"payer": layer.payer} | _remainder(layer)
        for field, payer in named.items():
            if payer not in known:
                yield Fault("unknown_payer", ("layers", place, field), payer)
    for place, rule in enumerate(policy.year_end):
        if rule.payer not in known:
            yield Fault("unknown_payer", ("year_end", place, "payer"), rule.payer)
    yield from _discounted_twice(policy)
    yield from _deductibles_too_early(policy)


def _remainder(layer: Layer) -> dict[str, str]:
    return {"remainder_payer": layer.remainder_payer} if isinstance(layer, Split) else {}


def _codes_twice(policy: Policy) -> Iterator[Fault]:
    seen: set[str] = set()
    named = [(("discounts", place, "code"), one.code) for place, one in enumerate(policy.discounts)]
    for place, layer in enumerate(policy.layers):
        named.append((("layers", place, "code"), layer.code))
        if isinstance(layer, Split):
            named.append((("layers", place, "remainder_code"), layer.remainder_code))
    named += [(("year_end", place, "code"), rule.code) for place, rule in enumerate(policy.year_end)]
    for path, code in named:
        if code in seen:
            yield Fault("code_twice", path, code)
        seen.add(code)


def _discounted_twice(policy: Policy) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, one in enumerate(policy.discounts):
        for category in one.categories:
            if category in seen:
                yield Fault("discounted_twice", ("discounts", place, "categories"), category)
            seen.add(category)


def _deductibles_too_early(policy: Policy) -> Iterator[Fault]:
    earlier: set[str] = set()
    for place, layer in enumerate(policy.layers):
        if isinstance(layer, Measured):
            for code in layer.less_deductibles:
                if code not in earlier:
                    yield Fault("deductible_unknown", ("layers", place, "less_deductibles"), code)
        earlier.add(layer.code)
