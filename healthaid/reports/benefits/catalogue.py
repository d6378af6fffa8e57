"""The catalogue of benefits, read from catalogue.toml."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import Field, TypeAdapter, model_validator

from claims.choices import Care, HospitalLevel, ItemCategory
from core.base.texts import Model, Text
from households.choices import IdentityKind, Scheme
from households.models import Enrolment

FILE = Path(__file__).parent / "catalogue.toml"
GROUPS = {
    "free": _("Five free services"),
    "protection": _("Five protections"),
    "no_burden": _("No burden"),
}


class Benefit(Model):
    code: str = Field(max_length=30)
    group: Literal["free", "protection", "no_burden"]
    title: Text
    clause: str
    unit: Literal["person", "household"] = "person"
    identities: tuple[IdentityKind, ...] = ()
    ill_caused: bool = False
    enrolled: Scheme | Literal[""] = ""
    use: Literal["premium", "exam", "bill"]
    scheme: Scheme | Literal[""] = ""
    paid_by: tuple[Enrolment.PaidBy, ...] = ()
    care: tuple[Care, ...] = ()
    levels: tuple[HospitalLevel, ...] = ()
    payers: tuple[str, ...] = ()
    category: ItemCategory | Literal[""] = ""
    no_deductible: bool = False
    no_burden: bool = False
    by_hand: bool = False

    @model_validator(mode="after")
    def _use_says_what_proves_it(self) -> Self:
        if self.use == "premium" and not (self.scheme and self.paid_by):
            raise ValueError(f"{self.code}: a premium names its scheme and who pays it")
        if self.use == "bill" and not self.care:
            raise ValueError(f"{self.code}: a bill names the kinds of care")
        return self


@cache
def benefits() -> dict[str, Benefit]:
    """Every benefit by its code; a fault in the file stops with the place and the reason."""
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))["benefits"]
    return {each.code: each for each in TypeAdapter(tuple[Benefit, ...]).validate_python(raw)}
