"""Somebody comes to hospital, or to an outpatient window: what is asked before any bill is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from claims.choices import AdmissionState, Care, HospitalLevel, NoCredit, ReferralStanding
from claims.models import Admission
from claims.queries.facts.stays import is_enrolled, is_sensitive_code, stay_overlapping
from claims.services.problems import ClaimRefused, FieldProblem, wrong
from core.accounts.models import User
from core.accounts.permissions import check
from core.base.ids import uuid7
from core.clinics.models import Institution
from households.choices import LeftReason
from households.models import Person

LEVEL_OF: dict[str, str] = {
    Institution.Kind.VILLAGE_CLINIC: HospitalLevel.VILLAGE,
    Institution.Kind.TOWNSHIP_HOSPITAL: HospitalLevel.TOWNSHIP,
    Institution.Kind.COUNTY_HOSPITAL: HospitalLevel.COUNTY,
    Institution.Kind.HIGHER_HOSPITAL: HospitalLevel.CITY,
}
"""What a hospital is taken for where nobody says otherwise; the higher ones are city or province."""

_TEXTS = {"diagnosis": 120, "icd10": 20, "hospital_no": 40, "referral_no": 40, "signer_name": 40}
_AS_TOLD = (
    *("institution", "admitted_on", "care", "is_in_county", "referral", "treats_first", "no_credit"),
    *("agreed_on", "is_priority", "in_reserved_bed"),
)


@dataclass(frozen=True, kw_only=True)
class AdmissionWanted:
    """What the clerk types. `level` "" is taken from the hospital; the same `uuid` twice is one stay."""

    institution: Institution
    admitted_on: date
    diagnosis: str
    care: str = Care.INPATIENT
    level: str = ""
    hospital_no: str = ""
    icd10: str = ""
    discharged_on: date | None = None
    """For an outpatient visit, or a stay that is entered afterwards."""
    is_in_county: bool = True
    is_designated: bool | None = None
    """None is what the hospital is."""
    referral: str = ReferralStanding.NOT_NEEDED
    referral_no: str = ""
    treats_first: bool = True
    no_credit: str = ""
    agreed_on: date | None = None
    signer_name: str = ""
    is_priority: bool = False
    in_reserved_bed: bool = False
    uuid: UUID | None = None


def admit(*, person: Person, wanted: AdmissionWanted, by: User, on: date) -> Admission:
    """This will open a stay, or an outpatient visit that is discharged at once.

    :raises ClaimRefused: naming each field that is wrong: a day in the future, a person who has died or left,
        another stay in the same days, a hospital number in use, treat first without insurance.
    """
    check(by, "settle_bills")
    known = _known(wanted)
    if known is not None:
        return known
    problems = list(_problems(person, wanted, on))
    if problems:
        raise ClaimRefused(problems)
    try:
        with transaction.atomic():
            stay: Admission = Admission.objects.create(
                person=person, admitted_by=by, **_fields(person, wanted)
            )
    except IntegrityError as clash:
        known = _known(wanted)
        if known is not None:
            return known
        raise refused_by_database(clash, person.pk, wanted.admitted_on, wanted.discharged_on) from clash
    stay.refresh_from_db(fields=["village", "county"])
    return stay


def _known(wanted: AdmissionWanted) -> Admission | None:
    found: Admission | None = Admission.objects.filter(uuid=wanted.uuid).first() if wanted.uuid else None
    return found


def _fields(person: Person, wanted: AdmissionWanted) -> dict[str, Any]:
    left = wanted.discharged_on or (wanted.admitted_on if wanted.care != Care.INPATIENT else None)
    designated = wanted.institution.is_designated if wanted.is_designated is None else wanted.is_designated
    return {
        **{name: getattr(wanted, name) for name in _AS_TOLD},
        **{name: getattr(wanted, name).strip() for name in _TEXTS},
        "uuid": wanted.uuid or uuid7(),
        "household_id": person.household_id,
        "level": wanted.level or LEVEL_OF[wanted.institution.kind],
        "is_designated": designated,
        "is_sensitive": is_sensitive_code(wanted.icd10),
        "discharged_on": left,
        "state": AdmissionState.DISCHARGED if left else AdmissionState.ADMITTED,
    }


def _problems(person: Person, wanted: AdmissionWanted, on: date) -> Iterator[FieldProblem]:
    if not wanted.diagnosis.strip():
        yield wrong("diagnosis", "required")
    yield from _texts(wanted)
    yield from _choices(wanted)
    yield from days_of_stay(person, wanted.admitted_on, wanted.discharged_on, on)
    yield from _credit(person, wanted)


def _texts(wanted: AdmissionWanted) -> Iterator[FieldProblem]:
    for name, longest in _TEXTS.items():
        if len(getattr(wanted, name).strip()) > longest:
            yield wrong(name, "too_long")


def _choices(wanted: AdmissionWanted) -> Iterator[FieldProblem]:
    if wanted.care not in Care.values:
        yield wrong("care", "not_a_choice")
    if wanted.referral not in ReferralStanding.values:
        yield wrong("referral", "not_a_choice")
    if wanted.level and wanted.level not in HospitalLevel.values:
        yield wrong("level", "not_a_choice")


def days_of_stay(person: Person, first: date, last: date | None, on: date) -> Iterator[FieldProblem]:
    """The problems of a stay's two days, as fields admitted_on and discharged_on."""
    if first > on:
        yield wrong("admitted_on", "in_future")
    if first < person.birth_date:
        yield wrong("admitted_on", "before_birth", day=person.birth_date)
    if person.left_on and first > person.left_on:
        gone = "has_died" if person.left_reason == LeftReason.DIED else "has_left"
        yield wrong("admitted_on", gone, day=person.left_on)
    if last and last > on:
        yield wrong("discharged_on", "in_future")
    if last and last < first:
        yield wrong("discharged_on", "before_admission", day=first)


def _credit(person: Person, wanted: AdmissionWanted) -> Iterator[FieldProblem]:
    if wanted.treats_first and wanted.no_credit:
        yield wrong("no_credit", "no_credit_not_needed")
    if not wanted.treats_first and wanted.no_credit not in NoCredit.values:
        yield wrong("no_credit", "needs_no_credit")
    year = wanted.admitted_on.year
    if wanted.treats_first and wanted.care == Care.INPATIENT and not is_enrolled(person.pk, year):
        yield wrong("treats_first", "not_enrolled", year=year)


def refused_by_database(
    error: IntegrityError, person_id: int, first: date, last: date | None, *, but: int = 0
) -> ClaimRefused:
    """The problem behind a broken promise of the database; an unknown one is raised again."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
    if name == "one_admission_per_hospital_number":
        return ClaimRefused([wrong("hospital_no", "number_used")])
    if name != "one_bed_at_a_time":
        raise error
    other = stay_overlapping(person_id, first, last, but=but)
    return ClaimRefused([wrong("admitted_on", "other_stay", **other)])
