"""Bills below the target, counted and listed, within what the user may see."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from claims.models import Settlement
from claims.sql import statement
from claims.warnings.shortfalls import causes_as_rows, shortfalls
from core.accounts.models import Area, User
from core.accounts.scope import village_ids
from core.base.sql import rows
from core.clinics.models import Institution

_STANDING = """
SELECT count(*), count(*) FILTER (WHERE is_reached), coalesce(sum(cost), 0), coalesce(sum(paid), 0),
       coalesce(sum(compliant), 0), coalesce(sum(compliant - compliant_patient), 0),
       (SELECT count(*) FROM short), (SELECT coalesce(sum(short), 0) FROM short)
  FROM bill
"""
_GROUPS = """
SELECT key, count(*), sum(short), sum(cost), sum(paid), sum(compliant), sum(compliant - compliant_patient)
  FROM (SELECT /*by*/ AS key, x.* FROM short x) g /*within*/ GROUP BY key ORDER BY sum(short) DESC, key
"""
_COUNT = "SELECT count(*) FROM short x /*within*/"
_PAGE = """
SELECT id, short, causes FROM short x /*within*/ ORDER BY short DESC, id LIMIT %(limit)s OFFSET %(offset)s
"""


class By(StrEnum):
    """What the sums are made by."""

    CAUSE = "cause"
    VILLAGE = "village"
    HOSPITAL = "hospital"
    MONTH = "month"


_COLUMNS = {
    By.CAUSE: "x.cause",
    By.VILLAGE: "x.village_id::text",
    By.HOSPITAL: "x.institution_id::text",
    By.MONTH: "to_char(x.month, 'YYYY-MM')",
}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which bills: settled between two days; empty takes all. `cause` is the main one, `who` acts on it."""

    from_on: date
    to_on: date
    care: str = ""
    area: Area | None = None
    hospital: Institution | None = None
    month: str = ""
    cause: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Both figures of DOMAIN A10 and what they are made of. `cost` is what was to be paid after price
    reductions, `compliant_paid` what the payers bore of `compliant`; all in yuan."""

    bills: int
    reached: int
    cost: Decimal
    paid: Decimal
    compliant: Decimal
    compliant_paid: Decimal
    short_bills: int
    short: Decimal


@dataclass(frozen=True, slots=True)
class Group:
    """The bills below the target of one cause, village, hospital or month; `key` is its code or number."""

    key: str
    bills: int
    short: Decimal
    cost: Decimal
    paid: Decimal
    compliant: Decimal
    compliant_paid: Decimal


@dataclass(frozen=True, slots=True)
class ShortBill:
    settlement: Settlement
    short: Decimal
    causes: list[str]


def standing(user: User, narrowing: Narrowing) -> Standing:
    """All standing bills, those below the target among them; `cause` and `who` narrow nothing here."""
    return Standing(*rows(_found(narrowing) + _STANDING, _values(user, narrowing))[0])


def groups(user: User, narrowing: Narrowing, *, by: By) -> list[Group]:
    """The bills below the target summed up, the largest sum first; by month the latest first."""
    text = _found(narrowing) + _within(_GROUPS, narrowing).replace("/*by*/", _COLUMNS[by])
    found = [Group(*row) for row in rows(text, _values(user, narrowing))]
    return sorted(found, key=lambda group: group.key, reverse=True) if by == By.MONTH else found


def count_short(user: User, narrowing: Narrowing) -> int:
    return int(rows(_found(narrowing) + _within(_COUNT, narrowing), _values(user, narrowing))[0][0])


def short_bills(user: User, narrowing: Narrowing, *, limit: int, offset: int = 0) -> list[ShortBill]:
    """Some of the bills below the target, those most short first, with everybody's lines."""
    values = _values(user, narrowing) | {"limit": limit, "offset": offset}
    found = rows(_found(narrowing) + _within(_PAGE, narrowing), values)
    related = ("person", "village", "institution", "admission")
    bills = Settlement.objects.visible_to(user).select_related(*related).in_bulk([row[0] for row in found])
    return [ShortBill(bills[pk], short, list(causes)) for pk, short, causes in found if pk in bills]


def _found(narrowing: Narrowing) -> str:
    conditions = [
        ("a.care = %(care)s", narrowing.care),
        ("s.institution_id = %(hospital)s", narrowing.hospital),
        ("to_char(s.settled_on, 'YYYY-MM') = %(month)s", narrowing.month),
    ]
    return statement("shortfalls", narrowed="".join(f" AND {text}" for text, wanted in conditions if wanted))


def _within(text: str, narrowing: Narrowing) -> str:
    causes = [
        *(["cause = %(cause)s"] if narrowing.cause else []),
        *(["cause = ANY(%(acted)s)"] if narrowing.who else []),
    ]
    return text.replace("/*within*/", f"WHERE {' AND '.join(causes)}" if causes else "")


def _values(user: User, narrowing: Narrowing) -> dict[str, Any]:
    known = shortfalls()
    given: dict[str, Any] = {
        "villages": _villages(user, narrowing.area),
        "sensitive": user.sees_sensitive,
        "from_on": narrowing.from_on,
        "to_on": narrowing.to_on,
        "target": known.target,
        "outside": known.outside,
        "causes": json.dumps(causes_as_rows()),
        "order": list(known.causes),
        "care": narrowing.care,
        "hospital": narrowing.hospital.pk if narrowing.hospital else None,
        "month": narrowing.month,
        "cause": narrowing.cause,
        "acted": [code for code, cause in known.causes.items() if cause.who == narrowing.who],
    }
    return given


def _villages(user: User, area: Area | None) -> list[int]:
    mine = village_ids(user)
    if area is None:
        return mine
    below = Area.objects.filter(pk__in=mine, ancestors__contains=[area.pk])
    return list(below.values_list("pk", flat=True))
