"""Meetings with their tasks, activities, events, what is handed out, surveys and prices."""

from datetime import date
from itertools import count
from typing import Any

from core.accounts.models import Area, User
from core.clinics.models import Institution
from healthaid.outreach.models import (
    Activity,
    ActivityEntry,
    Distribution,
    Event,
    Meeting,
    MeetingAction,
    PriceCheck,
    SurveyRound,
)
from healthaid.outreach.services.surveys import draw
from households.models import Household

_numbers = count(1)
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


def an_activity(area: Area, by: User, kind: str = "clinic_grading", **more: Any) -> Activity:
    fields = {"title": "村卫生室达标评比", "held_on": HELD, "recorded_by": by}
    return Activity.objects.create(area=area, kind=kind, **{**fields, **more})


def a_result(activity: Activity, institution: Institution, score: float, **more: Any) -> ActivityEntry:
    return ActivityEntry.objects.create(activity=activity, institution=institution, score=score, **more)


def an_event(area: Area, by: User, kind: str = "free_clinic", **more: Any) -> Event:
    fields = {"title": "义诊下乡", "held_on": HELD, "attendance": 60, "found": 3, "recorded_by": by}
    return Event.objects.create(area=area, kind=kind, **{**fields, **more})


def a_handout(household: Household, by: User, item: str = "contact_card", **more: Any) -> Distribution:
    fields = {"given_on": HELD, "given_by": by, "receiver": "张三丰"}
    return Distribution.objects.create(household=household, item=item, **{**fields, **more})


def a_survey(area: Area, by: User, **more: Any) -> SurveyRound:
    """A round that everybody registered below the area now is asked in."""
    fields = {
        "code": "policy_awareness",
        "edition": "2024",
        "name": f"政策知晓率调查{next(_numbers)}",
        "opens_on": HELD,
        "due_on": DUE,
        "by": by,
    }
    made: SurveyRound = SurveyRound.objects.create(area=area, **{**fields, **more})
    draw(made)
    return made


def a_price(clinic: Institution, by: User, **more: Any) -> PriceCheck:
    fields = {
        "drug": "硝苯地平缓释片",
        "pack": "10mg×30片",
        "paid": "6.20",
        "asked": "6.20",
        "checked_on": HELD,
    }
    return PriceCheck.objects.create(institution=clinic, checked_by=by, **{**fields, **more})
