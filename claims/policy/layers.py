"""What every layer can say: who it is for, what it is reckoned on, its deductible, ceilings and modifiers."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from claims.policy.conditions import Condition, Every, compiled
from claims.policy.facts import Category, ItemClass
from claims.policy.money import Rounding
from core.base.texts import Model, Text

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Amount = Annotated[Decimal, Field(ge=0, decimal_places=2, allow_inf_nan=False)]
Share = Annotated[Decimal, Field(ge=0, le=1, allow_inf_nan=False)]

OTHER = "other"


def _spread(given: Any) -> Any:
    """One number for every level may be written without its table."""
    return given if isinstance(given, Mapping) or given is None else {OTHER: given}


LevelOrOther = Literal["village", "township", "county", "city", "province", "other"]
AmountByLevel = Annotated[dict[LevelOrOther, Amount], BeforeValidator(_spread)]
ShareByLevel = Annotated[dict[LevelOrOther, Share], BeforeValidator(_spread)]

BaseName = Literal[
    "total", "compliant", "remaining", "remaining_compliant", "cumulated_self_pay",
    "cumulated_compliant_self_pay", "outside", "first_pay", "over_limit", "class_c",
]  # fmt: skip
INSIDE = frozenset({"compliant", "remaining_compliant", "cumulated_compliant_self_pay"})
"""Reckoned on what lies inside the policy's range, and never paying for more than is left of it."""
OUTSIDE = frozenset({"outside", "first_pay", "over_limit", "class_c"})
OF_THE_BILL = frozenset({"total", "compliant", "outside", "first_pay", "over_limit", "class_c"})
Reach = Literal["inside", "outside", "all"]
CUMULATED = ("cumulated_self_pay", "cumulated_compliant_self_pay")


def _weighed(given: Any) -> Any:
    return {given: Decimal(1)} if isinstance(given, str) else given


Base = Annotated[dict[BaseName, Share], BeforeValidator(_weighed), Field(min_length=1)]
"""`base = "compliant"`, or parts with the share that counts: { remaining_compliant = 1, first_pay = 0.5 }."""


class Band(Model):
    upto: Amount | None = None
    """The upper edge; the last band has none."""
    rate: Share


Bands = Annotated[tuple[Band, ...], Field(min_length=1)]


class Adjust(Model):
    """Changes parameters of its layer where its condition holds; several are applied in the order written."""

    when: Condition
    clause: str = ""
    deductible: AmountByLevel | None = None
    deductible_factor: Annotated[Decimal, Field(ge=0)] | None = None
    rate: ShareByLevel | None = None
    rate_plus: Annotated[Decimal, Field(ge=-1, le=1)] | None = None
    """Points more or less, as a share: 0.10 is ten points. On bands it moves every band."""
    rate_factor: Annotated[Decimal, Field(ge=0)] | None = None
    bands: Bands | None = None
    ceiling_visit: AmountByLevel | None = None
    ceiling_year: AmountByLevel | None = None
    ceiling_factor: Annotated[Decimal, Field(ge=0)] | None = None
    no_ceiling: bool = False
    target: ShareByLevel | None = None
    cap: AmountByLevel | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not self.model_fields_set - {"when", "clause"}:
            raise PydanticCustomError("adjusts_nothing", "the modifier changes nothing")
        return self


class LayerOfAnyKind(Model):
    code: Code
    payer: Code
    label: Text
    clause: str
    """Where in the document this stands; printed on the slip."""
    note: Text | None = None
    """What the document leaves open and how it was read."""
    when: Condition | None = None
    rounding: Rounding | None = None
    """None takes the policy's."""
    per: Literal["person", "household"] = "person"
    """Whose year the deductible, the bands and the ceilings are counted over."""
    ceiling_visit: AmountByLevel | None = None
    ceiling_year: AmountByLevel | None = None
    ceiling_by: Literal["this_level", "highest_level"] = "this_level"
    """Which level's row of ceiling_year counts: this hospital's, or the highest used this year."""
    ceiling_month: AmountByLevel | None = None
    adjust: tuple[Adjust, ...] = ()

    @cached_property
    def eligible(self) -> Every:
        return compiled(self.when)

    @cached_property
    def adjusts(self) -> tuple[tuple[Every, Adjust], ...]:
        return tuple((compiled(one.when), one) for one in self.adjust)

    @cached_property
    def known_terms(self) -> dict[Any, Any]:
        """The parameters found so far, by level and modifiers (terms.py)."""
        return {}

    @property
    def reach(self) -> Reach:
        """Which part of what is left this layer may pay."""
        return "all"


class Measured(LayerOfAnyKind):
    """A layer that is reckoned on a base: less its deductible, by a rate or by bands."""

    base: Base
    categories: tuple[Category, ...] = ()
    """Only these categories of the bill count; with parts of the bill itself, not with what is left of it."""
    classes: tuple[ItemClass, ...] = ()
    """Only these classes of the bill count (甲, 乙, 丙), as with the categories."""
    less_deductibles: tuple[Code, ...] = ()
    """Layers before this one whose deductible does not count into the base either (淮南)."""
    base_ceiling: AmountByLevel | None = None
    """The most that counts of one bill, before the rate."""
    base_month: AmountByLevel | None = None
    """The most that counts in one month, before the rate."""
    deductible: AmountByLevel = {"other": Decimal(0)}
    deductible_period: Literal["visit", "year"] = "visit"
    period: Literal["visit", "year"] = "visit"
    """year: reckoned on the year's sum of bases, less what this layer has paid this year."""

    @model_validator(mode="after")
    def _base_stands_alone(self) -> Self:
        if len(self.base) > 1 and any(name in self.base for name in CUMULATED):
            raise PydanticCustomError("cumulated_alone", "a cumulated base stands alone")
        if (self.categories or self.classes) and not OF_THE_BILL.issuperset(self.base):
            raise PydanticCustomError("categories_of_the_bill", "what is left has no categories")
        return self

    @cached_property
    def cumulated(self) -> str:
        """The name of the cumulated base, or ""."""
        return next((name for name in CUMULATED if name in self.base), "")

    @cached_property
    def weights(self) -> tuple[tuple[BaseName, Decimal], ...]:
        return tuple(self.base.items())

    @property
    def reach(self) -> Reach:
        return self.known_reach

    @cached_property
    def known_reach(self) -> Reach:
        if INSIDE.issuperset(self.base):
            return "inside"
        return "outside" if OUTSIDE.issuperset(self.base) else "all"
