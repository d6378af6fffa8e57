"""Cases and results in plain values. What is for health staff only is never said to anybody else: neither the
disease, nor the grounds that may name it."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.base.periods import age_on
from core.base.words import listed
from households.identification_choices import CaseLevel, CaseState, Result
from households.models import IdentificationCase, Opinion, Person, Screening

LATE_AFTER = 10
TONES: dict[str, str] = {
    CaseState.OPEN: "info",
    CaseState.RETURNED: "warn",
    CaseState.CONFIRMED: "good",
    CaseState.REJECTED: "quiet",
}
RESULT_TONES: dict[str, str] = {Result.NONE: "good", Result.SUSPECTED: "warn", Result.FOUND: "bad"}


def is_told(case: IdentificationCase, user: User) -> bool:
    """Whether the user may know which disease it is."""
    return user.sees_sensitive or not case.is_sensitive


def disease_words(case: IdentificationCase, user: User) -> str:
    if not is_told(case, user):
        return _("a disease kept by health staff")
    return listed_name(case)


def listed_name(case: IdentificationCase) -> str:
    """As the list prints it; a list prints Chinese, so other languages say the disease's own name."""
    is_chinese = (get_language() or "zh").startswith("zh")
    return case.entry.name if case.entry and is_chinese else str(case.disease)


def where(case: IdentificationCase) -> str:
    """At whose desk it lies, or how it ended."""
    if case.state in (CaseState.CONFIRMED, CaseState.REJECTED):
        return str(case.get_state_display())
    levels: dict[str, Any] = {
        CaseLevel.VILLAGE: _("with the village"),
        CaseLevel.TOWNSHIP: _("with the township"),
        CaseLevel.COUNTY: _("with the county"),
    }
    place = levels[case.level]
    return _("returned, %(place)s") % {"place": place} if case.state == CaseState.RETURNED else str(place)


def present_case(case: IdentificationCase, user: User, on: date) -> dict[str, Any]:
    days = (on - case.moved_on).days
    waits = case.state in (CaseState.OPEN, CaseState.RETURNED)
    return {
        "url": reverse("identification:case", args=[case.uuid]),
        "mark": f"{case.pk}-{case.turn}",
        "name": case.person.name,
        "register_no": case.person.household.register_no,
        "village": case.village.name,
        "disease": disease_words(case, user),
        "grounds": case.grounds if is_told(case, user) else "",
        "where": where(case),
        "tone": "bad" if waits and days > LATE_AFTER else TONES[case.state],
        "turn": case.turn,
        "opened_on": case.opened_on,
        "since": case.ended_on or case.moved_on,
        "waits": _waits(days) if waits else "",
    }


def _waits(days: int) -> str:
    if days < 1:
        return _("since today")
    return ngettext("waits for %(days)s day", "waits for %(days)s days", days) % {"days": days}


def present_opinion(opinion: Opinion, case: IdentificationCase, user: User) -> dict[str, Any]:
    """What was said is readable for everybody; where the disease is secret, its grounds are for that side."""
    hidden = not is_told(case, user) and opinion.side != user.sector
    return {
        "level": opinion.get_level_display(),
        "side": opinion.get_side_display(),
        "agrees": opinion.agrees,
        "status": _("agrees") if opinion.agrees else _("disagrees"),
        "tone": "good" if opinion.agrees else "bad",
        "grounds": _("kept by health staff") if hidden else opinion.grounds,
        "by": opinion.by.get_full_name(),
        "on": opinion.on,
        "turn": opinion.turn,
    }


def ladder(case: IdentificationCase, opinions: list[Opinion]) -> list[dict[str, Any]]:
    """The three levels as steps: done, now, or still to come."""
    order = [level.value for level in CaseLevel]
    at = len(order) if case.state == CaseState.CONFIRMED else order.index(case.level)
    over = case.state == CaseState.REJECTED
    return [
        {"label": level.label, "state": "done" if n < at else "now" if n == at and not over else "later"}
        for n, level in enumerate(CaseLevel)
    ]


def missing_sides(case: IdentificationCase, opinions: list[Opinion]) -> list[str]:
    """Whose opinions are still waited for where the case stands."""
    if case.state not in (CaseState.OPEN, CaseState.RETURNED):
        return []
    sides: dict[str, dict[str, Any]] = {
        CaseLevel.VILLAGE: {"health": _("village doctor"), "administration": _("village committee")},
        CaseLevel.TOWNSHIP: {
            "health": _("township health staff"),
            "administration": _("township government"),
        },
        CaseLevel.COUNTY: {"health": _("county health bureau"), "administration": _("county administration")},
    }
    given = {each.side for each in opinions if each.level == case.level and each.turn == case.turn}
    return [str(words) for side, words in sides[case.level].items() if side not in given]


def present_result(screening: Screening | None, user: User) -> dict[str, Any]:
    """A result with the diseases that the user may see; `shown` are those, read beforehand."""
    if screening is None:
        return {"status": _("no result yet"), "tone": "quiet", "diseases": "", "known": False}
    names = [str(finding.disease) for finding in screening.shown]  # type: ignore[attr-defined]
    hidden = screening.result != Result.NONE and not names
    return {
        "known": True,
        "status": screening.get_result_display(),
        "tone": RESULT_TONES[screening.result],
        "diseases": _("a disease kept by health staff") if hidden else listed(names),
        "note": screening.note if user.sees_sensitive else "",
        "how": screening.get_how_display(),
        "on": screening.on,
        "by": screening.by.get_full_name(),
    }


def present_member(person: Person, round_uuid: Any, user: User, on: date) -> dict[str, Any]:
    found = getattr(person, "results", [])
    return {
        "url": reverse("identification:round_person", args=[round_uuid, person.uuid]),
        "name": person.name,
        "relation": person.get_relation_display(),
        "age": age_on(person.birth_date, on),
        **present_result(found[0] if found else None, user),
    }
