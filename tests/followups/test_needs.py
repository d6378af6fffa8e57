"""Needs: raised for any member, owned, followed, closed with an outcome."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404

from core.base.ids import uuid7
from followups.choices import NeedKind, NeedState
from followups.models import Need
from followups.queries.needs import count_needs, get_need, needs
from followups.services.needs import close_need, raise_need, work_need
from followups.states import TRANSITIONS, MoveRefused, can_move, diagram
from tests.factories.followups import TODAY, a_contract, a_team
from tests.factories.registry import a_household, a_person


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe))


@pytest.fixture
def need(person, cast):
    return raise_need(person=person, kind=NeedKind.COST, description="手术费", by=cast.doctor, on=TODAY)


def test_a_need_belongs_to_the_teams_leader_and_is_due_in_two_weeks(person, cast, county):
    a_contract(person, a_team(county.lianhe, leader=cast.team_doctor), cast.county)
    need = raise_need(person=person, kind=NeedKind.COST, description="手术费", by=cast.doctor, on=TODAY)
    assert need.owner == cast.team_doctor and need.due_on == TODAY + timedelta(days=14)
    assert need.steps.get().note == "手术费"


def test_without_a_contract_whoever_raised_it_follows_it(need, cast):
    assert need.owner == cast.doctor


def test_the_same_form_sent_twice_raises_one_need(person, cast):
    same = {"person": person, "kind": NeedKind.OTHER, "description": "轮椅", "by": cast.doctor, "on": TODAY}
    number = uuid7()
    assert raise_need(uuid=number, **same).pk == raise_need(uuid=number, **same).pk
    assert Need.objects.get().steps.count() == 1


def test_work_takes_it_up_and_can_pass_it_on(need, cast):
    worked = work_need(need=need, note="已联系医院", by=cast.doctor, on=TODAY, owner=cast.township)
    assert worked.state == NeedState.IN_PROGRESS and worked.owner == cast.township
    assert need.steps.count() == 2


def test_closing_asks_for_the_outcome(need, cast):
    with pytest.raises(ValidationError, match=r"came of it|办理结果"):
        close_need(need=need, state=NeedState.MET, outcome=" ", by=cast.doctor, on=TODAY)


def test_a_closed_need_tells_how_it_ended_and_what_the_person_says(need, cast):
    close_need(
        need=need,
        state=NeedState.MET,
        outcome="救助到账",
        by=cast.doctor,
        on=TODAY,
        satisfaction=5,
        person_says="放心了",
    )
    need.refresh_from_db()
    assert (need.state, need.closed_on, need.satisfaction, need.person_says) == ("met", TODAY, 5, "放心了")


def test_a_closed_need_cannot_be_closed_again_but_taken_up(need, cast):
    close_need(need=need, state=NeedState.UNMET, outcome="本人放弃", by=cast.doctor, on=TODAY)
    with pytest.raises(MoveRefused):
        close_need(need=need, state=NeedState.MET, outcome="又好了", by=cast.doctor, on=TODAY)
    assert work_need(need=need, note="又想治了", by=cast.doctor, on=TODAY).closed_on is None


def test_an_auditor_does_not_work_on_needs(need, cast):
    with pytest.raises(PermissionDenied):
        work_need(need=need, note="看看", by=cast.auditor, on=TODAY)


def test_lists_hold_only_the_users_area(need, cast):
    assert list(needs(cast.township, show="open", on=TODAY)) == [need]
    assert not needs(cast.stranger, show="open", on=TODAY).exists()
    with pytest.raises(Http404):
        get_need(cast.colleague, need.uuid)


def test_overdue_begins_the_day_after(need, cast):
    last_day = need.due_on
    assert count_needs(cast.doctor, last_day) == {"open": 1, "overdue": 0}
    assert count_needs(cast.doctor, last_day + timedelta(days=1)) == {"open": 1, "overdue": 1}
    close_need(need=need, state=NeedState.MET, outcome="办好", by=cast.doctor, on=last_day)
    assert count_needs(cast.doctor, last_day + timedelta(days=9)) == {"open": 0, "overdue": 0}


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "met"},
        {"satisfaction": 6},
        {"due_on": date(2020, 1, 1)},
        {"state": "met", "closed_on": TODAY, "outcome": ""},
    ],
)
def test_the_database_keeps_the_promises(need, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        Need.objects.filter(pk=need.pk).update(**broken)


@pytest.mark.parametrize("case", sorted(TRANSITIONS))
def test_the_diagram_in_the_documents_is_the_table(case):
    written = Path("docs/states.md").read_text(encoding="utf-8")
    assert diagram(case) in written


@pytest.mark.parametrize(
    ("state", "to", "possible"),
    [
        ("open", "in_progress", True), ("open", "met", True), ("in_progress", "open", False),
        ("met", "unmet", False), ("met", "in_progress", True), ("unmet", "met", False),
    ],
)  # fmt: skip
def test_a_need_moves_along_the_table(state, to, possible):
    assert can_move("need", state, to) is possible
