"""A need from its first word to its last, told so that the family can follow it."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from followups.choices import NeedState, StepKind
from followups.models import Need, NeedStep
from followups.presenters.needs import STEP_ICONS, TONES, word_words


def story_of(need: Need, steps: list[NeedStep]) -> list[dict[str, Any]]:
    """One entry a day: what happened on it, in the order in which it happened."""
    days: dict[date, list[dict[str, Any]]] = {}
    for step in steps:
        days.setdefault(step.on, []).append(_line(need, step))
    return [
        {"day": day, "nth": (day - need.raised_on).days + 1, "lines": lines} for day, lines in days.items()
    ]


def _line(need: Need, step: NeedStep) -> dict[str, Any]:
    return {
        "icon": STEP_ICONS[StepKind(step.kind)],
        "what": _plain(need, step),
        "words": step.note,
        "by": step.by.get_full_name(),
        "tone": TONES[NeedState(step.state)] if step.kind == StepKind.CLOSED else "",
        "said": _said(need) if step.kind == StepKind.CLOSED and need.closed_on == step.on else "",
    }


def _plain(need: Need, step: NeedStep) -> str:
    if step.kind == StepKind.RAISED:
        where = _("at a home visit") if need.visit_id else _("by the doctor")
        return _("The need was noted %(where)s") % {"where": where}
    if step.passed_to:
        return _("From now on %(name)s follows it up") % {"name": step.passed_to.get_full_name()}
    return str(step.get_kind_display()).capitalize()


def _said(need: Need) -> str:
    return " · ".join(filter(None, [word_words(need), f"“{need.person_says}”" if need.person_says else ""]))
