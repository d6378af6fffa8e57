"""What a policy says before its layers: its document, its payers, what is compliant, its discounts."""

from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from claims.policy.conditions import Condition, Every, compiled
from claims.policy.facts import Category
from claims.policy.layers import Code, Share
from core.base.texts import Model, Text


class Document(Model):
    number: str = ""
    title: str
    issuer: str
    issued_on: date | None = None
    source: str = ""
    """Where it can be read, or where it was quoted."""


class Payer(Model):
    code: Code
    label: Text


class Compliance(Model):
    """What lies inside the policy's range (合规费用); schemes differ on each of these."""

    class_c: Literal["outside", "inside"] = "outside"
    first_pay: Literal["outside", "inside"] = "outside"
    over_limit: Literal["outside", "inside"] = "outside"
    negative_list: tuple[Category, ...] = ()
    """Categories that never count: a list of exclusions instead of a catalogue (淮南)."""


class Discount(Model):
    """What the hospital takes off some categories before anything is settled."""

    code: Code
    label: Text
    clause: str
    note: Text | None = None
    categories: Annotated[tuple[Category, ...], Field(min_length=1)]
    rate: Share
    when: Condition | None = None

    @cached_property
    def eligible(self) -> Every:
        return compiled(self.when)
