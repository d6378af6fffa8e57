"""Meetings and their tasks in plain values."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from healthaid.outreach.choices import ActionState, Department
from healthaid.outreach.models import MeetingAction

TONES = {ActionState.OPEN: "info", ActionState.DONE: "good", ActionState.DROPPED: "quiet"}


def present_meeting(meeting: Any) -> dict[str, Any]:
    tasks, still_open = meeting.tasks, meeting.open_tasks
    if not tasks:
        aside, tone = _("no tasks"), "quiet"
    elif still_open:
        aside = ngettext("%(n)s task open", "%(n)s tasks open", still_open) % {"n": still_open}
        tone = "info"
    else:
        aside, tone = _("all tasks ended"), "good"
    return {
        "url": reverse("outreach:meeting", args=[meeting.pk]),
        "title": meeting.title,
        "meta": f"{meeting.get_kind_display()} · {meeting.area.name}",
        "on": meeting.held_on,
        "status": aside,
        "tone": tone,
    }


def department_words(codes: list[str]) -> list[str]:
    labels = dict(Department.choices)
    return [str(labels.get(code, code)) for code in codes]


def present_action(action: MeetingAction, on: date) -> dict[str, Any]:
    late = max((on - action.due_on).days, 0) if action.state == ActionState.OPEN else 0
    return {
        "url": reverse("outreach:action", args=[action.pk]),
        "task": action.task,
        "owner": action.owner.get_full_name(),
        "meeting": action.meeting.title,
        "due_on": action.due_on,
        "state": _late_words(late) if late else action.get_state_display(),
        "tone": "bad" if late else TONES[ActionState(action.state)],
        "result": action.result,
        "ended_on": action.ended_on,
    }


def _late_words(days: int) -> str:
    return ngettext("%(days)s day overdue", "%(days)s days overdue", days) % {"days": days}
