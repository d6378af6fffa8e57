"""Meetings, the tasks they give, and what becomes of them."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from core.base.states import MoveRefused
from healthaid.journeys.actions import escalate_actions
from healthaid.outreach.models import ActionEscalation, Meeting, MeetingAction, Message
from healthaid.outreach.queries.meetings import (
    actions,
    count_actions,
    get_action,
    meetings,
    missing_departments,
)
from healthaid.outreach.services.meetings import assign_action, drop_action, finish_action, reopen_action
from healthaid.outreach.states import STATES
from tests.factories.outreach import DUE, a_meeting, an_action

ON = date(2026, 3, 20)
MONDAY = date(2026, 4, 6)


@pytest.fixture
def meeting(county, cast):
    return a_meeting(county.county, cast.county)


@pytest.fixture
def action(meeting, cast):
    return an_action(meeting, cast.township)


def test_who_is_asked_for_something_is_told(meeting, cast):
    given = assign_action(meeting=meeting, task="核对名单", owner=cast.township, due_on=DUE, by=cast.county)
    message = Message.objects.get()
    assert (message.user, message.template, message.period) == (
        cast.township,
        "action_assigned",
        str(given.pk),
    )


def test_a_task_is_not_due_before_the_meeting(meeting, cast):
    with pytest.raises(ValidationError) as refused:
        assign_action(
            meeting=meeting, task="核对", owner=cast.township, due_on=date(2026, 3, 1), by=cast.county
        )
    assert "due_on" in refused.value.message_dict


def test_nobody_outside_the_area_is_asked(meeting, cast):
    with pytest.raises(ValidationError) as refused:
        assign_action(meeting=meeting, task="核对", owner=cast.stranger, due_on=DUE, by=cast.county)
    assert "owner" in refused.value.message_dict


def test_the_owner_of_a_county_task_works_below_and_sees_it(action, meeting, cast):
    assert list(actions(cast.township, show="open", on=ON)) == [action]
    with pytest.raises(Http404):
        get_action(cast.stranger, action.pk)
    assert list(meetings(cast.township)) == []


def test_the_owner_does_a_task_with_a_result(action, cast):
    done = finish_action(action=action, result="已核对，补赔 3 户", by=cast.township, on=ON)
    assert (done.state, done.ended_on, done.ended_by) == ("done", ON, cast.township)


def test_a_task_is_not_done_without_a_result(action, cast):
    with pytest.raises(ValidationError):
        finish_action(action=action, result=" ", by=cast.township, on=ON)


def test_nobody_does_the_task_of_somebody_else_beside_them(action, cast):
    with pytest.raises(PermissionDenied):
        finish_action(action=action, result="好", by=cast.doctor, on=ON)


def test_only_officers_drop_a_task(meeting, cast):
    own = an_action(meeting, cast.clerk)
    with pytest.raises(PermissionDenied):
        drop_action(action=own, result="不用了", by=cast.clerk, on=ON)


def test_what_is_done_is_not_done_again(action, cast):
    finish_action(action=action, result="好", by=cast.township, on=ON)
    with pytest.raises(MoveRefused):
        finish_action(action=action, result="好", by=cast.township, on=ON)


def test_another_day_is_agreed_and_an_ended_task_taken_up_again(action, cast):
    finish_action(action=action, result="好", by=cast.township, on=ON)
    again = reopen_action(action=action, due_on=MONDAY, by=cast.county, on=ON)
    assert (again.state, again.due_on, again.result, again.ended_on) == ("open", MONDAY, "", None)


def test_a_task_is_overdue_from_the_day_after(action, cast):
    assert count_actions(cast.township, DUE).overdue == 0
    assert count_actions(cast.township, DUE + timedelta(days=1)).overdue == 1


def test_an_overdue_task_climbs_from_its_owner_to_the_county_once(action, cast):
    assert escalate_actions(on=DUE + timedelta(days=1))["owner"] == 1
    assert escalate_actions(on=DUE + timedelta(days=2)) == {"owner": 0, "township": 0, "county": 0}
    later = escalate_actions(on=DUE + timedelta(days=8))
    assert later == {"owner": 0, "township": 0, "county": 1}
    assert set(ActionEscalation.objects.values_list("told", flat=True)) == {cast.township.pk, cast.county.pk}
    assert Message.objects.filter(template="action_escalation").count() == 2


def test_where_another_day_was_agreed_it_climbs_anew(action, cast):
    escalate_actions(on=DUE + timedelta(days=1))
    reopen_action(action=action, due_on=DUE + timedelta(days=5), by=cast.county, on=DUE + timedelta(days=1))
    assert escalate_actions(on=DUE + timedelta(days=6))["owner"] == 1


def test_what_is_done_does_not_climb(action, cast):
    finish_action(action=action, result="好", by=cast.township, on=ON)
    assert escalate_actions(on=DUE + timedelta(days=8)) == {"owner": 0, "township": 0, "county": 0}


def test_a_coordination_without_a_department_it_needs_says_so(meeting):
    assert [str(one.value) for one in missing_departments(meeting)] == ["insurer", "disabled"]


def test_a_meeting_is_written_down_on_the_page(county, cast, signed_in):
    typed = {
        "kind": "coordination",
        "title": "二季度协调会",
        "held_on": "2026-03-02",
        "chair": "李副区长",
        "departments": ["finance", "insurer"],
        "minutes": "议定三项。",
    }
    answer = signed_in(cast.township).post(reverse("outreach:meeting_new"), typed)
    meeting = Meeting.objects.get()
    assert (answer.status_code, meeting.area, meeting.departments) == (
        302,
        county.dongping,
        ["finance", "insurer"],
    )


def test_a_meeting_without_minutes_is_refused_beside_the_field(cast, signed_in):
    answer = signed_in(cast.township).post(reverse("outreach:meeting_new"), {"title": "会"})
    assert answer.status_code == 422
    assert {"minutes", "chair", "departments"} <= set(answer.context["form"].errors)


def test_a_task_is_given_and_done_on_the_pages(meeting, cast, signed_in):
    due_on = timezone.localdate() + timedelta(days=30)
    typed = {"task": "督促医院设置扶贫病床", "owner": cast.township.pk, "due_on": due_on}
    signed_in(cast.county).post(reverse("outreach:meeting", args=[meeting.pk]), typed)
    action = MeetingAction.objects.get()
    page = reverse("outreach:action", args=[action.pk])
    assert signed_in(cast.township).post(page, {"finish": "1", "finish-result": ""}).status_code == 422
    assert (
        signed_in(cast.township).post(page, {"finish": "1", "finish-result": "已设 12 张"}).status_code == 302
    )
    action.refresh_from_db()
    assert (action.state, action.result) == ("done", "已设 12 张")


def test_the_own_list_shows_the_task_and_its_day(action, cast, signed_in):
    text = signed_in(cast.township).get(reverse("outreach:actions") + "?show=overdue").content.decode()
    assert action.task in text


def test_the_moves_of_a_task_stand_in_the_documentation():
    assert STATES.diagram("action") in Path("docs/states.md").read_text(encoding="utf-8")
