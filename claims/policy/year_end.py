"""What is paid back when the year is over: own shares above a part of its costs (江阴, DOMAIN B3.5)."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from claims.policy.conditions import QUESTIONS, Condition, Every, compiled
from claims.policy.layers import Amount, Code, Share
from claims.policy.money import ZERO, Rounding, rounded
from core.base.texts import Model, Text

OF_A_PERSON = frozenset({"identity", "holds", "cause", "enrolled", "age_from", "age_below"})


@dataclass(frozen=True, slots=True)
class YearOf:
    """One person's standing bills of a calendar year, in yuan: what was to be paid, what they bore of it."""

    total: Decimal
    compliant: Decimal
    self_pay: Decimal
    compliant_self_pay: Decimal


@dataclass(frozen=True, slots=True)
class ToppedUp:
    """`own` less `kept`, which is the share of `whole` that stays with the person, is what is paid back."""

    whole: Decimal
    own: Decimal
    kept: Decimal
    amount: Decimal


class YearCase(Model):
    """A worked year: what was in the range (or in all) and borne, and what is paid back."""

    name: str
    whole: Amount
    own: Amount
    amount: Amount


class YearEnd(Model):
    """Own shares of a year above `share` of its costs are paid back in one batch after 31 December."""

    code: Code
    payer: Code
    label: Text
    clause: str
    note: Text | None = None
    when: Condition | None = None
    """Who: asked of the person on 31 December, so only what is of a person and not of a bill."""
    of: Literal["total", "compliant"] = "compliant"
    """Whether all costs and own shares count, or those inside the policy's range."""
    share: Share
    ceiling: Amount | None = None
    rounding: Rounding = "half_up"
    cases: Annotated[tuple[YearCase, ...], Field(max_length=50)] = ()

    @model_validator(mode="after")
    def _asks_persons(self) -> Self:
        if self.when is not None and not _asked(self.when) <= OF_A_PERSON:
            raise PydanticCustomError("year_end_asks_bills", "a year has no hospital, care or diagnosis")
        return self

    @cached_property
    def eligible(self) -> Every:
        return compiled(self.when)

    def top_up(self, year: YearOf) -> ToppedUp:
        """This will reckon what is paid back; nothing where the own share is not above what stays."""
        inside = self.of == "compliant"
        return self.reckon(
            year.compliant if inside else year.total, year.compliant_self_pay if inside else year.self_pay
        )

    def reckon(self, whole: Decimal, own: Decimal) -> ToppedUp:
        kept = rounded(whole * self.share)
        amount = rounded(max(own - kept, ZERO), self.rounding)
        return ToppedUp(whole, own, kept, amount if self.ceiling is None else min(amount, self.ceiling))


def _asked(condition: Condition) -> set[str]:
    found = {name for name in QUESTIONS if getattr(condition, name) not in (None, ())}
    parts = [*condition.all, *condition.any, *([condition.not_] if condition.not_ else [])]
    return found.union(*map(_asked, parts))
