"""The course of a mental disorder and of a tuberculosis treatment, visit by visit, and their forms."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.base.charts import Band, Chart, Level, Point, Reached, Series, levels, trend
from followups.presenters.values import in_language
from followups.protocols.library import protocol
from healthaid.pages.queries.person import PersonFacts

MENTAL, TUBERCULOSIS = "severe_mental_disorder", "tuberculosis"
FORMS: Mapping[str, tuple[str, ...]] = {
    "hypertension": ("hypertension",),
    "type2_diabetes": ("type2_diabetes",),
    MENTAL: (MENTAL, "severe_mental_supplement"),
    TUBERCULOSIS: (TUBERCULOSIS, "tuberculosis_closing"),
}
BEFORE: Mapping[str, str] = {TUBERCULOSIS: "tuberculosis_first"}
"""The form that opens the follow-up; it is offered until it has been filled in."""
A_WEEK = 7


def stability_chart(facts: PersonFacts, on: date) -> Chart | None:
    """Stable, basically stable or unstable at each visit, the words taken from the form."""
    outcomes = list(reversed(protocol(MENTAL, on=on).assessment.classes))
    place = {outcome.code: number for number, outcome in enumerate(outcomes)}
    visits = [visit for visit in facts.visits if visit.protocol == MENTAL and visit.visit_class in place]
    if not visits:
        return None
    return levels(
        [Level(in_language(outcome.label), outcome.tone) for outcome in outcomes],
        [Reached(visit.visited_on, place[visit.visit_class]) for visit in visits],
        title=_("Stability"),
        column=_("Class"),
    )


def doses_chart(facts: PersonFacts, on: date) -> Chart | None:
    """Doses missed between visits, with the month of treatment; a week missed is the line not to reach."""
    visits = [visit for visit in reversed(facts.visits) if visit.protocol == TUBERCULOSIS]
    told = [(v.visited_on, v.answers.get("missed_doses"), v.answers.get("treatment_month")) for v in visits]
    points = [Point(day, missed) for day, missed, _month in told if missed is not None]
    if not points:
        return None
    months = [month for _day, _missed, month in told if month is not None]
    title = _("Doses missed (month %(month)s of treatment)") % {"month": months[-1]} if months else ""
    bands = [Band(_("Below a week"), low=0, high=A_WEEK)]
    return trend(
        [Series(_("Doses missed"), points)], title=title or _("Doses missed"), unit=_("times"), bands=bands
    )


def forms_of(facts: PersonFacts, on: date) -> list[dict[str, Any]]:
    """One button for each form of this person's diseases; `once` are those that are no follow-up."""
    ill = [c.disease.code for c in facts.conditions if c.ended_on is None and c.disease.code in FORMS]
    done = {visit.protocol for visit in facts.visits if visit.is_face_to_face}
    opening = [BEFORE[disease] for disease in ill if disease in BEFORE and BEFORE[disease] not in done]
    codes = [*opening, *(code for disease in ill for code in FORMS[disease])]
    address = reverse("followups:visit_new")
    return [
        {
            "url": f"{address}?person={facts.person.uuid}&protocol={code}",
            "label": in_language(protocol(code, on=on).short),
            "once": code not in ill,
        }
        for code in codes
    ]
