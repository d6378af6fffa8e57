"""Coverage and rates of the cases in words: who answers for how many, and what is missing for whom."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from core.base.shares import per_cent
from core.base.words import listed
from followups.queries.cases.coverage import Gap, HospitalLoad, Identified


def rates(counted: Identified) -> list[dict[str, Any]]:
    """Each rate with its two numbers beside it; 0/0 is n/a."""
    return [
        _rate(_("Registered"), counted.registered, counted.found, _("found with a disease of the lists")),
        _rate(_("With a responsible doctor"), counted.with_doctor, counted.in_care, _("open cases")),
        _rate(_("With a plan in force"), counted.planned, counted.in_care, _("open cases")),
        _rate(_("Treated"), counted.treated, counted.found, _("found with a disease of the lists")),
        _rate(
            pgettext("rate", "Closed"), counted.closed, counted.found, _("found with a disease of the lists")
        ),
    ]


def _rate(label: str, part: int, whole: int, among: str) -> dict[str, Any]:
    share = per_cent(part, whole)
    return {
        "label": label,
        "value": _("n/a") if share is None else f"{share.normalize():f}",
        "unit": "" if share is None else "%",
        "on": _("%(part)s of %(whole)s %(among)s") % {"part": part, "whole": whole, "among": among},
    }


def hospitals(found: list[HospitalLoad]) -> list[dict[str, Any]]:
    return [
        {
            "name": each.name,
            "towns": listed(each.towns),
            "town_count": len(each.towns),
            "patients": each.patients,
            "doctors": each.doctors,
            "waiting": each.waiting,
            "ratio": each.ratio,
            "pk": each.hospital_id,
        }
        for each in found
    ]


def totals(found: list[HospitalLoad]) -> dict[str, int]:
    """Sums over hospitals: no town, patient or doctor belongs to two."""
    return {
        "doctors": sum(each.doctors for each in found),
        "towns": sum(len(each.towns) for each in found),
        "patients": sum(each.patients for each in found),
        "waiting": sum(each.waiting for each in found),
    }


_MISSING = {
    "no_hospital": lambda: _("no hospital answers for the town"),
    "county": lambda: _("no county hospital doctor"),
    "other_hospital": lambda: _("the doctor is not of the town's hospital"),
    "township": lambda: _("no township doctor"),
    "village": lambda: _("no village doctor"),
}


def gap_lines(found: list[Gap]) -> list[dict[str, Any]]:
    return [
        {
            "url": reverse("followups:case", args=[gap.case_uuid]),
            "name": gap.name,
            "place": f"{gap.town} · {gap.village}",
            "reasons": listed(_MISSING[code]() for code in gap.reasons),
        }
        for gap in found
    ]


def missing_lines(found: list[Any]) -> list[dict[str, Any]]:
    """Persons with a disease of the lists and no case."""
    zh = (get_language() or "zh").startswith("zh")
    return [
        {
            "url": reverse("households:person", args=[person]),
            "name": name,
            "disease": name_zh if zh else name_en,
            "place": f"{town} · {village}",
            "since": confirmed_on,
        }
        for person, name, _code, name_zh, name_en, village, town, confirmed_on in found
    ]
