"""Activities and their results in plain values."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from healthaid.outreach.choices import ClinicGrade
from healthaid.outreach.kinds import activity_kinds

TONES = {ClinicGrade.A: "good", ClinicGrade.B: "info", ClinicGrade.C: "warn"}


def language() -> str:
    return get_language() or "zh-hans"


def kind_words(code: str) -> str:
    """What a kind is called; its code where the file does not know it any more."""
    kind = activity_kinds().get(code)
    return kind.label.get(language()) if kind else code


def part_of(code: str) -> str:
    kind = activity_kinds().get(code)
    return kind.part if kind else ""


def present_activity(activity: Any, first: list[str]) -> dict[str, Any]:
    return {
        "url": reverse("outreach:activity", args=[activity.pk]),
        "title": activity.title,
        "kind": kind_words(activity.kind),
        "part": part_of(activity.kind),
        "area": activity.area.name,
        "on": activity.held_on,
        "units": activity.units,
        "first": first,
    }


def present_result(entry: Any) -> dict[str, Any]:
    return {
        "rank": entry.rank,
        "unit": entry.institution.name,
        "place": entry.institution.area.name,
        "contestant": entry.contestant,
        "score": entry.score,
        "grade": entry.get_grade_display(),
        "tone": TONES[ClinicGrade(entry.grade)] if entry.grade else "quiet",
        "plaque_on": entry.plaque_on,
    }


def grade_words(counted: dict[str, int]) -> list[dict[str, Any]]:
    labels = dict(ClinicGrade.choices)
    return [{"label": labels[code], "count": n} for code, n in counted.items()]
