"""Persons and stays as lines of the window's lists."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from claims.choices import AdmissionState
from claims.models import Admission
from core.base.periods import age_on
from households.models import Person

TONES = {
    AdmissionState.ADMITTED: "info",
    AdmissionState.DISCHARGED: "warn",
    AdmissionState.SETTLED: "good",
    AdmissionState.CLOSED: "good",
    AdmissionState.CANCELLED: "quiet",
}

_ORDER = (
    AdmissionState.ADMITTED,
    AdmissionState.DISCHARGED,
    AdmissionState.SETTLED,
    AdmissionState.CLOSED,
)


def age_words(born: date, on: date) -> str:
    years = age_on(born, on)
    return ngettext("%(n)s year old", "%(n)s years old", years) % {"n": years}


def person_line(person: Person, on: date) -> dict[str, Any]:
    return {
        "url": reverse("claims:window_person", args=[person.uuid]),
        "name": person.name,
        "about": f"{person.get_sex_display()} · {age_words(person.birth_date, on)}",
        "id_masked": person.id_masked,
        "village": person.village.name,
        "household": person.household.register_no,
        "gone": person.get_left_reason_display() if person.left_on else "",
    }


@dataclass(frozen=True)
class StayLine:
    url: str
    name: str
    village: str
    diagnosis: str
    care: str
    days: str
    hospital: str
    hospital_no: str
    state: str
    tone: str
    total: Decimal | None
    patient: Decimal | None
    due: Decimal | None
    ratio: Decimal | None
    is_late: bool


def stay_line(stay: Any, on: date, *, name: str = "claims:stay") -> StayLine:
    """A stay read by `queries.window.with_money`."""
    due = stay.due if stay.patient_share is not None else None
    owes = due is not None and due > 0
    state = _("arrears") if owes and stay.state == AdmissionState.SETTLED else stay.get_state_display()
    return StayLine(
        url=reverse(name, args=[stay.uuid]),
        name=stay.person.name,
        village=stay.person.village.name,
        diagnosis=stay.diagnosis,
        care=stay.get_care_display(),
        days=days_words(stay),
        hospital=stay.institution.name,
        hospital_no=stay.hospital_no,
        state=state,
        tone="warn" if owes else TONES[AdmissionState(stay.state)],
        total=stay.settled_total,
        patient=stay.patient_share,
        due=due,
        ratio=_share(stay),
        is_late=stay.state == AdmissionState.DISCHARGED and (on - stay.discharged_on).days > 3,
    )


def _share(stay: Any) -> Decimal | None:
    """What the payers bear of what was to be paid, in per cent, cut to two decimals."""
    if not stay.settled_total or stay.patient_share is None:
        return None
    settled = stay.settled_paid + stay.patient_share
    return (stay.settled_paid * 10000 // settled) / 100 if settled else None


def days_words(stay: Admission) -> str:
    """2026-03-01 – 2026-03-09; open while the person is in house, one day for a visit."""
    first, last = stay.admitted_on, stay.discharged_on
    if last is None:
        return _("since %(day)s") % {"day": first}
    return str(first) if first == last else f"{first} – {last}"


def stages(stay: Admission) -> list[dict[str, str]]:
    """Admission → discharge → settlement → payment: what is done, and what comes now."""
    if stay.state == AdmissionState.CANCELLED:
        return [
            {"label": pgettext("step of a stay", "Admission"), "state": "done"},
            {"label": _("Cancelled"), "state": "now"},
        ]
    labels = [
        pgettext("step of a stay", "Admission"),
        pgettext("step of a stay", "Discharge"),
        pgettext("step of a stay", "Settlement"),
        pgettext("step of a stay", "Payment"),
    ]
    order = [
        AdmissionState.ADMITTED,
        AdmissionState.DISCHARGED,
        AdmissionState.SETTLED,
        AdmissionState.CLOSED,
    ]
    reached = order.index(AdmissionState(stay.state)) + 1
    return [
        {"label": label, "state": "done" if n < reached else "now" if n == reached else "later"}
        for n, label in enumerate(labels)
    ]
