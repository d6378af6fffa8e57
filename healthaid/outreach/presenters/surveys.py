"""Rounds of surveys, their villages and doors in plain values."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.base.shares import per_cent
from healthaid.outreach.kinds import Edition
from healthaid.outreach.models import SurveyHome, SurveyRound
from healthaid.outreach.presenters.activities import language
from healthaid.outreach.queries.surveys import Asked

_COUNTS = ("drawn", "asked", "aware", "unaware", "not_asked", "waiting")


def present_survey(held: SurveyRound, on: date) -> dict[str, Any]:
    if held.closed_on:
        status, tone = pgettext("round", "closed"), "quiet"
    elif held.due_on < on:
        status, tone = _("late"), "bad"
    else:
        status, tone = pgettext("round", "open"), "info"
    return {
        "url": reverse("outreach:survey", args=[held.uuid]),
        "name": held.name,
        "area": held.area.name,
        "first": held.opens_on,
        "last": held.due_on,
        "whom": whom_words(held),
        "status": status,
        "tone": tone,
    }


def whom_words(held: SurveyRound) -> str:
    if held.per_village is None:
        return _("every registered household")
    n = held.per_village
    return ngettext("%(n)s household of each village", "%(n)s households of each village", n) % {"n": n}


def together(villages: list[Asked]) -> dict[str, int]:
    return {name: sum(getattr(village, name) for village in villages) for name in _COUNTS}


def present_questions(edition: Edition | None, right: dict[str, int], asked: int) -> list[dict[str, Any]]:
    """Each question with how many answered it rightly, the least known first."""
    found = [
        {
            "label": question.label.get(language()),
            "right": right.get(question.code, 0),
            "asked": asked,
            "share": per_cent(right.get(question.code, 0), asked),
        }
        for question in (edition.questions if edition else ())
    ]
    return sorted(found, key=lambda one: one["right"])


def present_home(home: Any) -> dict[str, Any]:
    household = home.household
    return {
        "url": reverse("outreach:survey_home", args=[home.round.uuid, household.uuid]),
        "name": home.head or household.register_no,
        "place": f"{household.village.name} {household.group_name}".strip(),
        "on": home.asked_on,
        "by": home.asked_by.get_full_name() if home.asked_by else "",
        **_standing(home),
    }


def _standing(home: SurveyHome) -> dict[str, str]:
    if home.why_not:
        return {"tone": "warn", "status": home.get_why_not_display()}
    if home.answers is None:
        return {"tone": "quiet", "status": pgettext("survey", "not asked yet")}
    if home.is_aware:
        return {"tone": "good", "status": pgettext("survey", "knows the policy")}
    return {"tone": "bad", "status": pgettext("survey", "does not know it")}
