"""Who tries to break what the database promises about pledges, meetings, activities and what is handed out."""

from datetime import date, timedelta
from typing import Any

from healthaid.outreach.models import ActionEscalation, MeetingAction
from healthaid.reports.models import Pledge, PledgeTarget
from tests.factories.ground import an_institution
from tests.factories.outreach import a_meeting, an_action
from tests.factories.pledges import a_pledge, a_target

DAY = date(2026, 3, 2)


def _institution_pledges_twice(w: Any) -> None:
    clinic = an_institution(w.county.lianhe)
    for _again in range(2):
        a_pledge(w.county.lianhe, w.cast.county, institution=clinic)


def _target(w: Any, **more: Any) -> PledgeTarget:
    return a_target(a_pledge(w.county.lianhe, w.cast.county), **more)


def _target_twice(w: Any) -> None:
    pledge: Pledge = a_pledge(w.county.lianhe, w.cast.county)
    for _again in range(2):
        a_target(pledge, "contracted")


def _action(w: Any, **more: Any) -> MeetingAction:
    return an_action(a_meeting(w.county.county, w.cast.county), w.cast.township, **more)


def _told(action: MeetingAction, w: Any, **more: Any) -> ActionEscalation:
    fields = {"step": "owner", "due_on": DAY, "told_on": DAY + timedelta(days=1), "channel": "console"}
    return ActionEscalation.objects.create(action=action, told=w.cast.township, **{**fields, **more})


def _told_twice(w: Any) -> None:
    action = _action(w)
    for _again in range(2):
        _told(action, w)


OUTREACH_BREAKERS: dict[str, Any] = {
    "one_pledge_per_area_and_year": lambda w: [a_pledge(w.county.lianhe, w.cast.county) for _n in range(2)],
    "one_pledge_per_institution_and_year": _institution_pledges_twice,
    "pledge_says_who_signed": lambda w: a_pledge(w.county.lianhe, w.cast.county, signer=""),
    "one_target_per_pledge_and_indicator": _target_twice,
    "target_has_its_points": lambda w: _target(w, weight=0),
    "meeting_has_its_minutes": lambda w: a_meeting(w.county.county, w.cast.county, minutes=""),
    "action_says_what": lambda w: _action(w, task=""),
    "ended_action_says_how": lambda w: _action(w, state="done", ended_on=DAY, ended_by=w.cast.township),
    "one_escalation_per_action_step_and_day": _told_twice,
    "told_of_an_action_that_is_late": lambda w: _told(_action(w), w, told_on=DAY),
    "target_is_not_below_zero": lambda w: _target(w, value=-1),
}
