"""Area responsibility: which hospital answers for which towns, how many doctors for how many patients, and
every gap by name (DOMAIN A74)."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import QuerySet

from core.accounts.models import Area, Level, User
from core.accounts.scope import village_ids
from core.base.sql import rows
from followups.queries.cases.facts import CASES_SQL
from followups.sql import statement


@dataclass(frozen=True)
class HospitalLoad:
    """One hospital: its towns, the patients with an open case there, and its doctors who answer for one."""

    hospital_id: int
    name: str
    towns: list[str]
    patients: int
    doctors: int
    waiting: int

    @property
    def ratio(self) -> Decimal | None:
        """Patients to a doctor, two decimals; None without a doctor."""
        if not self.doctors:
            return None
        return (Decimal(self.patients) / self.doctors).quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Gap:
    """A patient with an open case whom somebody is missing for: `reasons` are codes of what is missing."""

    case_uuid: Any
    name: str
    village: str
    town: str
    reasons: list[str]


@dataclass(frozen=True)
class Identified:
    """Of all found with a disease of the lists: how many have come how far. `in_care` are the open cases."""

    found: int
    registered: int
    closed: int
    in_care: int
    with_doctor: int
    planned: int
    treated: int


def loads(user: User, on: date) -> list[HospitalLoad]:
    """Every hospital that keeps a town of the user's area, with what it carries there."""
    return [HospitalLoad(*row) for row in rows(statement("case_loads"), _values(user, on))]


def gaps(user: User, on: date, *, limit: int, offset: int = 0) -> tuple[list[Gap], int]:
    """Patients who lack a doctor of some level, or whose doctor is not the town's, and how many in all."""
    found = rows(statement("case_gaps"), _values(user, on) | {"limit": limit, "offset": offset})
    return [Gap(*row[:-1]) for row in found], found[0][-1] if found else 0


def towns_without_hospital(user: User, on: date) -> QuerySet[Any]:
    """Towns of the user's area that no hospital answers for."""
    kept = Area.objects.filter(hospitals__period__contains=on)
    towns: QuerySet[Any] = Area.objects.filter(
        level=Level.TOWNSHIP, pk__in=Area.objects.filter(pk__in=village_ids(user)).values("parent")
    )
    return towns.exclude(pk__in=kept.values("pk")).order_by("code")


def towns_of(user: User) -> QuerySet[Any]:
    """The towns of the user's area, for choosing."""
    below = Area.objects.filter(pk__in=village_ids(user)).values("parent")
    towns: QuerySet[Any] = Area.objects.filter(level=Level.TOWNSHIP, pk__in=below)
    return towns.order_by("code")


def identified(user: User, on: date, *, listed: str = "") -> Identified:
    """What the rates of the programme rest on, of one published list or of all."""
    return Identified(*rows(_IDENTIFIED, _values(user, on) | {"listed": listed})[0])


_IDENTIFIED = f"""
SELECT count(*), count(*) FILTER (WHERE f.is_registered), count(*) FILTER (WHERE f.is_closed),
    count(*) FILTER (WHERE f.is_registered AND NOT f.is_closed),
    count(*) FILTER (WHERE f.is_registered AND NOT f.is_closed AND f.has_doctor),
    count(*) FILTER (WHERE f.is_registered AND NOT f.is_closed AND f.is_planned),
    count(*) FILTER (WHERE f.is_treated)
  FROM ({CASES_SQL}) f WHERE %(listed)s = '' OR f.catalogues @> ARRAY[%(listed)s::varchar]
"""  # noqa: S608 - our own texts


def missing_cases(
    user: User, on: date, *, catalogue: str = "", limit: int, offset: int = 0
) -> tuple[list[Any], int]:
    """Who has a disease of the lists and no case: person uuid and name, disease code and names, village,
    town, confirmed on; and how many in all."""
    values = _values(user, on) | {"catalogue": catalogue, "limit": limit, "offset": offset}
    found = rows(statement("list_missing_cases", missing=statement("missing_cases")), values)
    return [row[:-1] for row in found], found[0][-1] if found else 0


def _values(user: User, on: date) -> dict[str, Any]:
    return {"villages": village_ids(user), "on": on, "sensitive": user.sees_sensitive}
