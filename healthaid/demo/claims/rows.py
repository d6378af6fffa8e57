"""Stays, bills and what was decided of them, as rows for COPY."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from claims.choices import AdmissionState, EntryKind, SettlementKind
from claims.queries.facts.bills import Outcome, Share
from healthaid.demo.claims.costs import Item
from healthaid.demo.claims.stays import Stay
from healthaid.demo.claims.years import Assessed, Standing
from healthaid.demo.copying import Row

ADMISSION = (
    *(
        "id",
        "uuid",
        "person",
        "household",
        "village",
        "county",
        "institution",
        "hospital_no",
        "care",
        "level",
    ),
    *("is_in_county", "is_designated", "admitted_on", "discharged_on", "diagnosis", "icd10"),
    *("is_sensitive", "referral", "referral_no", "treats_first", "no_credit", "agreed_on", "signer_name"),
    *("is_priority", "in_reserved_bed", "state", "cancel_reason", "admitted_by"),
)
ITEM = ("admission", "position", "category", "item_class", "name", "amount", "first_pay", "over_limit")
SETTLEMENT = (
    *("id", "uuid", "number", "revision", "kind", "admission", "person", "household", "village", "county"),
    *(
        "institution",
        "is_sensitive",
        "year",
        "level",
        "policy",
        "policy_sha256",
        "facts",
        "decision",
        "total",
    ),
    *(
        "compliant",
        "discount",
        "paid",
        "patient",
        "compliant_patient",
        "settled_on",
        "settled_by",
        "reverses",
    ),
    *("because_of", "reason", "is_standing"),
)
LINE = ("id", "settlement", "position", "layer", "payer", "amount", "base", "deductible", "clause")
ENTRY = ("fund", "kind", "amount", "entered_on", "line", "entered_by", "created_at")


def admission_row(stay: Stay, uuid: UUID, state: str, clerk: int) -> Row:
    patient, place = stay.patient, stay.place
    inpatient = stay.care == "inpatient"
    hospital_no = f"{'ZY' if inpatient else 'MZ'}{stay.admitted_on:%Y%m}{stay.number:06d}"
    first = inpatient and not stay.no_credit
    referral_no = f"ZZ{stay.admitted_on:%y%m%d}{stay.number:05d}" if stay.referral == "followed" else ""
    reserved = inpatient and place.in_county and stay.number % 9 == 4
    return (
        *(stay.pk, uuid, patient.member.pk, patient.home.pk, patient.village.area.pk),
        *(patient.village.area.county_id, place.institution, hospital_no, stay.care, str(place.level)),
        *(place.in_county, place.designated, stay.admitted_on, stay.discharged_on, stay.reason.diagnosis),
        *(stay.reason.icd10, stay.reason.sensitive, str(stay.referral), referral_no, not stay.no_credit),
        *(str(stay.no_credit), stay.admitted_on if first else None, patient.member.name if first else ""),
        *(place.in_county and stay.number % 20 != 7, reserved, state, stay.cancelled, clerk),
    )


def item_rows(stay: Stay, items: list[Item]) -> Iterator[Row]:
    for position, item in enumerate(items, start=1):
        line = item.line
        yield (
            *(stay.pk, position, line.category, line.cls, item.name, line.amount, line.first_pay),
            line.over_limit,
        )


def settlement_row(made: Standing, pk: int, uuid: UUID, kind: str, on: date, clerk: int, **more: Any) -> Row:
    """A reversal takes everything back, its signs turned. `more`: reverses, because_of, reason."""
    stay, bill = made.stay, made.bill
    return (
        *(pk, uuid, stay.slip, stay.revision, kind, stay.pk, bill.person, bill.household),
        *(stay.patient.village.area.pk, stay.patient.village.area.county_id, stay.place.institution),
        *(stay.reason.sensitive, bill.year, bill.level, made.in_force.version, made.in_force.sha256),
        *_papers(made),
        *_amounts(bill.outcome, sign_of(kind)),
        *(on, clerk, more.get("reverses"), more.get("because_of"), more.get("reason", ""), True),
    )


def sign_of(kind: str) -> int:
    return -1 if kind == SettlementKind.REVERSED else 1


def _papers(made: Standing) -> tuple[dict[str, Any], dict[str, Any]]:
    """Facts and decision; a reversal has none of its own."""
    return (made.facts.as_json(), made.decision.as_json()) if isinstance(made, Assessed) else ({}, {})


def _amounts(outcome: Outcome, sign: int) -> Iterator[Decimal]:
    amounts = (outcome.total, outcome.compliant, outcome.discount, outcome.paid, outcome.patient)
    return (sign * amount for amount in (*amounts, outcome.compliant_patient))


def line_row(key: int, settlement: int, position: int, share: Share, clause: str, sign: int) -> Row:
    return (
        *(key, settlement, position, share.layer, share.payer, sign * share.amount, sign * share.base),
        *(sign * share.deductible, clause),
    )


def entry_row(fund: int, line: int, amount: Decimal, on: date, clerk: int) -> Row:
    """Money goes out of a fund by a settlement and comes back by its reversal."""
    kind = EntryKind.SETTLEMENT if amount > 0 else EntryKind.REVERSAL
    return fund, str(kind), -amount, on, line, clerk, f"{on} 16:30+08"


def state_of(stay: Stay, owed: bool) -> str:
    """How far a stay has come; `owed` where the patient has not paid everything."""
    if stay.cancelled:
        return str(AdmissionState.CANCELLED)
    if stay.discharged_on is None:
        return str(AdmissionState.ADMITTED)
    if stay.settled_on is None:
        return str(AdmissionState.DISCHARGED)
    return str(AdmissionState.SETTLED if owed else AdmissionState.CLOSED)
