"""What has to be known of a person and a code before a stay begins."""

from datetime import date

from django.db.models import Q

from claims.choices import AdmissionState, Care
from claims.models import Admission
from households.choices import Scheme
from households.models import Disease, Enrolment

SCHEMES = (Scheme.BASIC, Scheme.EMPLOYEE)
"""Either of them is what basic insurance means at the window."""


def is_enrolled(person_id: int, year: int) -> bool:
    """Whether somebody is insured in a year, with the resident or the employee scheme."""
    found = Enrolment.objects.filter(person_id=person_id, year=year, scheme__in=SCHEMES, is_enrolled=True)
    return bool(found.exists())


def is_sensitive_code(icd10: str) -> bool:
    """Whether an ICD-10 code is one of mental disorder, tuberculosis or HIV: for health staff only."""
    code = icd10.strip().upper()
    sensitive = Disease.objects.filter(is_sensitive=True).values_list("icd10_prefixes", flat=True)
    return bool(code) and any(code.startswith(prefix) for prefixes in sensitive for prefix in prefixes)


def stay_overlapping(person_id: int, first: date, last: date | None, *, but: int = 0) -> dict[str, str]:
    """Days and place of the person's other stay in the same days, as words for a sentence."""
    stays = Admission.objects.filter(person_id=person_id, care=Care.INPATIENT).exclude(pk=but)
    other = stays.exclude(state=AdmissionState.CANCELLED).select_related("institution")
    other = other.filter(Q(discharged_on=None) | Q(discharged_on__gte=first))
    if last:
        other = other.filter(admitted_on__lte=last)
    found = other.order_by("admitted_on").first()
    if found is None:
        return {"from_day": "", "to_day": "", "place": ""}
    return {
        "from_day": str(found.admitted_on),
        "to_day": str(found.discharged_on or "…"),
        "place": found.institution.name,
    }
