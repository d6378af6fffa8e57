"""Who tries to break what the database promises about pledges, meetings, activities and what is handed out."""

from datetime import date, timedelta
from typing import Any

from core.clinics.models import RebuildProject
from healthaid.outreach.models import ActionEscalation, MeetingAction, SurveyHome
from healthaid.reports.models import Pledge, PledgeTarget
from tests.factories.ground import an_institution
from tests.factories.outreach import (
    a_handout,
    a_meeting,
    a_price,
    a_result,
    a_survey,
    an_action,
    an_activity,
    an_event,
)
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


def _result(w: Any, *, score: float = 90, times: int = 1, **more: Any) -> None:
    activity, clinic = an_activity(w.county.county, w.cast.county), an_institution(w.county.lianhe)
    for _again in range(times):
        a_result(activity, clinic, score, **more)


def _event(w: Any, **more: Any) -> Any:
    return an_event(w.county.lianhe, w.cast.doctor, **more)


def _handout(w: Any, **more: Any) -> Any:
    return a_handout(w.home, w.cast.doctor, **more)


def _survey(w: Any, **more: Any) -> Any:
    return a_survey(w.county.lianhe, w.cast.doctor, **more)


def _surveyed_twice(w: Any) -> None:
    survey = _survey(w)
    SurveyHome.objects.create(round=survey, household=w.home)


def _price(w: Any, **more: Any) -> Any:
    return a_price(w.clinic, w.cast.county, **more)


def _rebuild(w: Any, **more: Any) -> RebuildProject:
    fields = {"title": "标准化改造", "budget": 10_084, "began_on": DAY}
    return RebuildProject.objects.create(institution=w.clinic, **{**fields, **more})


OUTREACH_BREAKERS: dict[str, Any] = {
    "one_pledge_per_area_and_year": lambda w: [a_pledge(w.county.lianhe, w.cast.county) for _n in range(2)],
    "one_pledge_per_institution_and_year": _institution_pledges_twice,
    "pledge_says_who_signed": lambda w: a_pledge(w.county.lianhe, w.cast.county, signer=""),
    "one_target_per_pledge_and_indicator": _target_twice,
    "target_has_its_points": lambda w: _target(w, weight=0),
    "floor_area_is_above_zero": lambda w: an_institution(w.county.lianhe, floor_area=0),
    "rebuild_has_its_budget": lambda w: _rebuild(w, budget=0),
    "rebuild_spends_from_zero": lambda w: _rebuild(w, spent=-1),
    "rebuild_is_accepted_after_it_began": lambda w: _rebuild(w, accepted_on=DAY - timedelta(days=1)),
    "one_activity_of_a_kind_per_area_and_day": lambda w: [
        an_activity(w.county.county, w.cast.county) for _n in range(2)
    ],
    "activity_has_a_title": lambda w: an_activity(w.county.county, w.cast.county, title=""),
    "one_result_per_activity_and_unit": lambda w: _result(w, times=2),
    "score_is_in_range": lambda w: _result(w, score=-1),
    "plaque_goes_with_a_grade": lambda w: _result(w, plaque_on=DAY),
    "event_has_a_title": lambda w: _event(w, title=""),
    "publicity_names_its_channel": lambda w: _event(w, kind="publicity"),
    "found_among_those_reached": lambda w: _event(w, attendance=2, found=3),
    "one_of_a_kind_per_household": lambda w: [_handout(w) for _n in range(2)],
    "handout_says_what_and_to_whom": lambda w: _handout(w, receiver=""),
    "handout_runs_out_later": lambda w: _handout(w, expires_on=DAY),
    "replaced_handout_says_why": lambda w: _handout(w, replaced_on=DAY),
    "one_survey_per_name_and_area": lambda w: [_survey(w, name="秋") for _n in range(2)],
    "survey_has_a_name": lambda w: _survey(w, name=""),
    "survey_due_after_it_opens": lambda w: _survey(w, due_on=DAY - timedelta(days=1)),
    "survey_closes_after_it_opens": lambda w: _survey(w, closed_on=DAY - timedelta(days=1)),
    "sample_keeps_its_seed": lambda w: _survey(w, per_village=3),
    "one_answer_per_round_and_home": _surveyed_twice,
    "asked_with_answers_or_not_and_why": lambda w: _survey(w).homes.update(why_not="away"),
    "one_price_per_drug_and_check": lambda w: [_price(w) for _n in range(2)],
    "price_is_of_a_drug": lambda w: _price(w, asked=0),
    "meeting_has_its_minutes": lambda w: a_meeting(w.county.county, w.cast.county, minutes=""),
    "action_says_what": lambda w: _action(w, task=""),
    "ended_action_says_how": lambda w: _action(w, state="done", ended_on=DAY, ended_by=w.cast.township),
    "one_escalation_per_action_step_and_day": _told_twice,
    "told_of_an_action_that_is_late": lambda w: _told(_action(w), w, told_on=DAY),
    "target_is_not_below_zero": lambda w: _target(w, value=-1),
}
