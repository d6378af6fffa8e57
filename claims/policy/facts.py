"""What is known of one bill and its person on the day it is settled. Amounts are Decimal yuan, two places."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter
from pydantic_core import PydanticCustomError

from claims.policy.money import ZERO

Care = Literal["inpatient", "outpatient", "chronic_outpatient"]
Level = Literal["village", "township", "county", "city", "province"]
Highest = Literal["", "village", "township", "county", "city", "province"]
Referral = Literal["not_needed", "followed", "not_followed"]
Category = Literal[
    "bed", "consultation", "treatment", "nursing", "surgery", "examination", "laboratory", "western_drug",
    "chinese_drug", "material", "blood", "other",
]  # fmt: skip
Cause = Literal[
    "illness", "disability", "schooling", "disaster", "land", "water", "skill", "labour", "money",
    "transport", "motivation", "marriage", "accident", "other",
]  # fmt: skip
ItemClass = Literal["A", "B", "C"]
Scheme = Literal["basic", "critical", "supplementary", "employee"]
LEVELS: tuple[Level, ...] = ("village", "township", "county", "city", "province")
RANK: dict[str, int] = {"": -1} | {level: rank for rank, level in enumerate(LEVELS)}
"""Ranks of levels; "" is no hospital yet."""

BY_BENEFIT = ("destitute", "subsistence", "registered", "monitored")
"""特困 > 低保 > 建档立卡 > 监测 (DOMAIN B5); who holds none of them is `general`."""

GENERAL = "general"

Money = Annotated[Decimal, Field(ge=0, decimal_places=2, allow_inf_nan=False)]
_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Span:
    """What somebody is or has for a time: an identity, a cause of poverty, an enrolment; up to `ends_on`."""

    __pydantic_config__ = _STRICT

    code: str
    starts_on: date
    ends_on: date | None = None

    def holds(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line or one sum of lines of a bill. `first_pay` is the patient's own first part of class B
    (先行自付), `over_limit` what lies above the limit price (超限价)."""

    __pydantic_config__ = _STRICT

    category: str
    cls: ItemClass
    amount: Money
    first_pay: Money = ZERO
    over_limit: Money = ZERO

    def __post_init__(self) -> None:
        if self.first_pay < 0 or self.over_limit < 0 or self.first_pay + self.over_limit > self.amount:
            raise PydanticCustomError("parts_above_amount", "first_pay and over_limit are parts of amount")


@dataclass(frozen=True, slots=True)
class Used:
    """What was used up before this bill, in the year of the policy's date and, where named so, in its month.

    `base` and `month_base` sum the bases of each layer before their deductible; `self_pay` is what the
    patient was left with in all, `compliant_self_pay` the part of it inside the policy's range.
    """

    __pydantic_config__ = _STRICT

    paid: Mapping[str, Money] = field(default_factory=dict)
    base: Mapping[str, Money] = field(default_factory=dict)
    month_paid: Mapping[str, Money] = field(default_factory=dict)
    month_base: Mapping[str, Money] = field(default_factory=dict)
    self_pay: Money = ZERO
    compliant_self_pay: Money = ZERO
    highest_level: Highest = ""
    stays: int = 0
    """Inpatient bills, the parts of a stay divided at New Year each in its own year."""

    def as_json(self) -> dict[str, Any]:
        return {
            "paid": _amounts(self.paid),
            "base": _amounts(self.base),
            "month_paid": _amounts(self.month_paid),
            "month_base": _amounts(self.month_base),
            "self_pay": str(self.self_pay),
            "compliant_self_pay": str(self.compliant_self_pay),
            "highest_level": self.highest_level,
            **({"stays": self.stays} if self.stays else {}),
        }


@dataclass(frozen=True, slots=True)
class Facts:
    """One bill and its person. `reported` holds what outside payers told, by layer."""

    __pydantic_config__ = _STRICT

    care: Care
    level: Level
    admitted_on: date
    discharged_on: date
    birth_date: date
    lines: tuple[BillLine, ...]
    diagnosis: str = ""
    """ICD-10 with the digits that Chinese editions add, such as I10.x00x002."""
    diseases: frozenset[str] = frozenset()
    """Codes of the disease catalogue."""
    identities: tuple[Span, ...] = ()
    causes: tuple[Span, ...] = ()
    enrolments: tuple[Span, ...] = ()
    in_county: bool = True
    designated: bool = True
    referral: Referral = "not_needed"
    reported: Mapping[str, Money] = field(default_factory=dict)
    used: Used = field(default_factory=Used)
    household_used: Used = field(default_factory=Used)
    fund_left: Mapping[str, Money] = field(default_factory=dict)
    """By payer: what is left in a fund that may not be overdrawn; the others have no such limit."""
    continued: bool = False
    """The part after New Year of a stay that was divided there; the part before is a bill of its own."""

    def __post_init__(self) -> None:
        if self.discharged_on < self.admitted_on:
            raise PydanticCustomError("discharged_early", "discharged before admission")

    def as_json(self) -> dict[str, Any]:
        """The facts as plain JSON: amounts and dates as text, sets sorted."""
        return {
            "care": self.care,
            "level": self.level,
            "admitted_on": self.admitted_on.isoformat(),
            "discharged_on": self.discharged_on.isoformat(),
            "birth_date": self.birth_date.isoformat(),
            "lines": [_line(line) for line in self.lines],
            "diagnosis": self.diagnosis,
            "diseases": sorted(self.diseases),
            "identities": _spans(self.identities),
            "causes": _spans(self.causes),
            "enrolments": _spans(self.enrolments),
            "in_county": self.in_county,
            "designated": self.designated,
            "referral": self.referral,
            "reported": _amounts(self.reported),
            "used": self.used.as_json(),
            "household_used": self.household_used.as_json(),
            **({"fund_left": _amounts(self.fund_left)} if self.fund_left else {}),
            **({"continued": True} if self.continued else {}),
        }


def facts_from_json(given: Mapping[str, Any]) -> Facts:
    """This will read facts back from `Facts.as_json`, or from a file or a case written by hand.

    :raises pydantic.ValidationError: naming each field that is missing, unknown or not what it should be.
    """
    return _FACTS.validate_python(given)


_FACTS: TypeAdapter[Facts] = TypeAdapter(Facts)


def _amounts(amounts: Mapping[str, Decimal]) -> dict[str, str]:
    return {code: str(amounts[code]) for code in sorted(amounts)}


def _spans(spans: Iterable[Span]) -> list[dict[str, str | None]]:
    return [
        {
            "code": span.code,
            "starts_on": span.starts_on.isoformat(),
            "ends_on": span.ends_on.isoformat() if span.ends_on else None,
        }
        for span in spans
    ]


def _line(line: BillLine) -> dict[str, str]:
    return {
        "category": line.category,
        "cls": line.cls,
        "amount": str(line.amount),
        "first_pay": str(line.first_pay),
        "over_limit": str(line.over_limit),
    }
