"""The bills that a policy is tried on: as they stand, in the order of discharge."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from claims.choices import SettlementKind
from claims.models import Settlement, SettlementLine
from claims.policy.facts import facts_from_json
from claims.policy.years import PersonsBill

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class RealBill:
    """One standing settlement. Amounts in fen; `payers` are sums by payer."""

    settlement: int
    policy: int
    village: int
    level: str
    diagnosis: str
    illness: str
    is_sensitive: bool
    discharged_on: date
    bill: PersonsBill
    total: int
    discount: int
    compliant: int
    patient: int
    inside: int
    payers: dict[str, int]


def bill_ids(county: int, from_on: date, to_on: date) -> list[int]:
    """Ids of standing settlements of stays that ended in these days, in the order of discharge."""
    found = standing().filter(county_id=county, admission__discharged_on__range=(from_on, to_on))
    return list(found.order_by("admission__discharged_on", "admission_id").values_list("pk", flat=True))


def ids_around(settlement: Settlement) -> list[int]:
    """The bills of the same person or household in the calendar year of one of them, up to this one."""
    last = settlement.admission.discharged_on
    if last is None:
        return []
    near = Q(person_id=settlement.person_id) | Q(household_id=settlement.household_id)
    days = (date(last.year, 1, 1), last)
    found = (
        standing()
        .filter(near, admission__discharged_on__range=days)
        .exclude(admission__discharged_on=last, admission_id__gt=settlement.admission_id)
    )
    return list(found.order_by("admission__discharged_on", "admission_id").values_list("pk", flat=True))


def standing() -> QuerySet[Settlement]:
    found: QuerySet[Settlement] = Settlement.objects.filter(is_standing=True)
    return found.exclude(kind=SettlementKind.REVERSED)


def real_bills(ids: Sequence[int]) -> list[RealBill]:
    """The bills of these settlements in the order given."""
    rows = {row["pk"]: row for row in standing().filter(pk__in=ids).values(*_COLUMNS)}
    payers = _payers(ids)
    return [_real_bill(rows[pk], payers.get(pk, {})) for pk in ids if pk in rows]


_COLUMNS = (
    *("pk", "policy_id", "village_id", "level", "is_sensitive", "person_id", "household_id", "facts"),
    *("total", "discount", "compliant", "patient", "compliant_patient"),
    *("admission__diagnosis", "admission__icd10", "admission__discharged_on"),
)


def _payers(ids: Sequence[int]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    lines = SettlementLine.objects.filter(settlement_id__in=ids)
    for settlement, payer, amount in lines.values_list("settlement_id", "payer", "amount"):
        sums = found.setdefault(settlement, {})
        sums[payer] = sums.get(payer, 0) + fen(amount)
    return found


def _real_bill(row: dict[str, Any], payers: dict[str, int]) -> RealBill:
    """A fund that ran dry in the real year is taken as full: the rule is tried, not the purse."""
    facts = replace(facts_from_json(row["facts"]), fund_left={})
    return RealBill(
        settlement=row["pk"],
        policy=row["policy_id"],
        village=row["village_id"],
        level=row["level"],
        diagnosis=(row["admission__icd10"] or facts.diagnosis)[:3].upper(),
        illness=row["admission__diagnosis"],
        is_sensitive=row["is_sensitive"],
        discharged_on=row["admission__discharged_on"],
        bill=PersonsBill(row["person_id"], row["household_id"], facts),
        total=fen(row["total"]),
        discount=fen(row["discount"]),
        compliant=fen(row["compliant"]),
        patient=fen(row["patient"]),
        inside=fen(row["compliant_patient"]),
        payers=payers,
    )


def fen(amount: Decimal) -> int:
    return int(amount * HUNDRED)
