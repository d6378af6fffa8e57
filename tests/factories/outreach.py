"""Meetings with their tasks, activities, events and what is handed out."""

from datetime import date
from typing import Any

from core.accounts.models import Area, User
from healthaid.outreach.models import Meeting, MeetingAction

HELD = date(2026, 3, 2)
DUE = date(2026, 3, 31)


def a_meeting(area: Area, by: User, **more: Any) -> Meeting:
    fields = {
        "kind": "coordination",
        "title": "健康扶贫协调会",
        "held_on": HELD,
        "chair": "李副区长",
        "departments": ["health", "civil_affairs", "finance"],
        "minutes": "通报一季度工作，议定二季度重点。",
        "recorded_by": by,
    }
    return Meeting.objects.create(area=area, **{**fields, **more})


def an_action(meeting: Meeting, owner: User, **more: Any) -> MeetingAction:
    fields = {"task": "核实特惠保未赔付名单", "due_on": DUE}
    return MeetingAction.objects.create(meeting=meeting, owner=owner, **{**fields, **more})
