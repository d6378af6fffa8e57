"""Clinics and hospitals in plain values: what they are, have and lack."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.clinics.models import Institution, Practitioner
from healthaid.outreach.choices import ClinicGrade
from healthaid.outreach.models import ActivityEntry
from healthaid.outreach.presenters.activities import TONES


def present_clinic(clinic: Any, grade: ActivityEntry | None) -> dict[str, Any]:
    return {
        "url": reverse("outreach:clinic", args=[clinic.pk]),
        "name": clinic.name,
        "place": clinic.area.name,
        "town": clinic.area.parent.name if clinic.area.parent else "",
        "floor_area": clinic.floor_area,
        "licensed": clinic.licensed,
        "ownership": clinic.get_ownership_display(),
        "grade": grade.get_grade_display() if grade else "",
        "grade_tone": TONES[ClinicGrade(grade.grade)] if grade else "quiet",
        "gaps": gaps_of(clinic),
    }


def gaps_of(clinic: Any) -> list[str]:
    """What keeps a village clinic from being as the rules ask (DOMAIN A28, A29); beds of any institution."""
    is_clinic = clinic.kind == Institution.Kind.VILLAGE_CLINIC
    return [
        *([_("nobody with a valid licence")] if is_clinic and not clinic.licensed else []),
        *([_("not built to standard")] if is_clinic and not clinic.is_standardised else []),
        *(
            [_("not publicly owned")]
            if is_clinic and clinic.ownership != Institution.Ownership.PUBLIC
            else []
        ),
        *([_("%(n)s beds too few set aside") % {"n": clinic.lacking_beds}] if clinic.lacking_beds else []),
    ]


def present_beds(hospital: Institution) -> dict[str, Any]:
    return {
        "url": reverse("outreach:clinic", args=[hospital.pk]),
        "name": hospital.name,
        "kind": hospital.get_kind_display(),
        "beds": hospital.beds,
        "needed": hospital.needed_beds,
        "reserved": hospital.reserved_beds,
        "lacking": hospital.lacking_beds,
        "has_window": hospital.has_settlement_window,
    }


def checklist(known: Any, present: list[str]) -> list[dict[str, Any]]:
    """Every line of a list, with whether it is there."""
    return [
        {
            "label": one.label,
            "there": one.value in present,
            "tone": "good" if one.value in present else "quiet",
            "word": pgettext("checklist", "there") if one.value in present else pgettext("checklist", "not"),
        }
        for one in known
    ]


def present_doctor(doctor: Practitioner, on: date) -> dict[str, Any]:
    licences = list(doctor.licences.all())
    last = max(licences, key=lambda one: one.valid_to, default=None)
    is_valid = any(one.valid_from <= on <= one.valid_to for one in licences)
    return {
        "name": doctor.name,
        "title": doctor.title,
        "licence": f"{last.kind} {last.number}" if last else _("no licence on record"),
        "until": last.valid_to if last else None,
        "status": _("valid") if is_valid else _("not valid"),
        "tone": "good" if is_valid else "bad",
    }
