"""Needs: raised for any member, owned, followed, closed with an outcome."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404

from core.accounts.models import User
from core.base.ids import uuid7
from core.base.states import MoveRefused
from followups.choices import NeedKind, NeedState, StepKind, WordMissing
from followups.models import Need
from followups.queries.needs import (
    Narrowing,
    cost_warning,
    count_needs,
    get_need,
    needs,
    possible_owners,
    similar_needs,
)
from followups.services.needs import close_need, merge_need, postpone_need, raise_need, work_need
from followups.services.paperwork import do_paper, lay_out_papers, undo_paper
from followups.states import STATES
from tests.factories.facts import a_visit_to
from tests.factories.followups import TODAY, a_contract, a_team
from tests.factories.referrals import a_referral
from tests.factories.registry import a_household, a_person


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe))


@pytest.fixture
def need(person, cast):
    return raise_need(person=person, kind=NeedKind.COST, description="手术费", by=cast.doctor, on=TODAY)


def _close(need, cast, **more):
    given = {"state": NeedState.MET, "outcome": "办好了", "satisfaction": 5, "by": cast.doctor, "on": TODAY}
    return close_need(need=need, **{**given, **more})


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
    _close(need, cast, state=NeedState.UNMET)
    with pytest.raises(MoveRefused):
        _close(need, cast)
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
    _close(need, cast, on=last_day)
    assert count_needs(cast.doctor, last_day + timedelta(days=9)) == {"open": 0, "overdue": 0}


def test_closing_asks_for_the_persons_word_or_why_there_is_none(need, cast):
    with pytest.raises(ValidationError, match=r"Ask the person|问"):
        _close(need, cast, satisfaction=None)
    closed = _close(need, cast, satisfaction=None, word_missing=WordMissing.DIED)
    assert (closed.satisfaction, closed.word_missing) == (None, "died")


def test_passing_on_keeps_the_reason_and_to_whom(need, cast):
    work_need(need=need, note="调到镇里办", by=cast.doctor, on=TODAY, owner=cast.township)
    line = need.steps.latest("id")
    assert (line.kind, line.passed_to, line.note) == (StepKind.HANDED_ON, cast.township, "调到镇里办")


@pytest.mark.parametrize("who", ["stranger", "clerk", "auditor"])
def test_nobody_gets_a_need_who_cannot_work_on_it(need, cast, who):
    with pytest.raises(ValidationError):
        work_need(need=need, note="给你", by=cast.doctor, on=TODAY, owner=getattr(cast, who))


def test_a_need_of_a_visit_never_lands_with_an_account_that_is_closed(person, cast):
    User.objects.filter(pk=cast.team_doctor.pk).update(is_active=False)
    cast.team_doctor.refresh_from_db()
    need = raise_need(
        person=person,
        kind=NeedKind.OTHER,
        description="轮椅",
        by=cast.doctor,
        on=TODAY,
        owner=cast.team_doctor,
    )
    assert need.owner == cast.doctor


def test_a_need_whose_owner_has_gone_is_on_a_list_of_its_own(need, cast):
    orphaned = Narrowing(without_owner=True)
    assert not needs(cast.township, show="open", on=TODAY, narrowing=orphaned).exists()
    User.objects.filter(pk=need.owner_id).update(is_active=False)
    assert list(needs(cast.township, show="open", on=TODAY, narrowing=orphaned)) == [need]


def test_another_day_is_agreed_with_a_reason(need, cast):
    later = TODAY + timedelta(days=40)
    with pytest.raises(ValidationError):
        postpone_need(need=need, due_on=later, reason=" ", by=cast.doctor, on=TODAY)
    postpone_need(need=need, due_on=later, reason="等床位", by=cast.doctor, on=TODAY)
    need.refresh_from_db()
    assert need.due_on == later
    assert need.steps.latest("id").kind == StepKind.POSTPONED


def test_a_need_for_money_warns_before_there_is_a_bill(person, cast):
    money = {"quoted_amount": Decimal("200000"), "is_put_off": True}
    given = {"person": person, "description": "人工关节", "by": cast.doctor, "on": TODAY}
    raise_need(kind=NeedKind.COST, **given, **money)
    assert raise_need(kind=NeedKind.DEVICE, **given, **money).quoted_amount is None
    assert cost_warning(cast.county) == {"needs": 1, "put_off": 1, "quoted": Decimal("200000.00")}
    listed = needs(cast.county, show="open", on=TODAY, narrowing=Narrowing(put_off=True))
    assert [each.kind for each in listed] == ["cost"]


def test_a_need_noted_twice_is_found_and_joined(need, person, cast):
    twin = raise_need(person=person, kind=NeedKind.COST, description="钱不够", by=cast.doctor, on=TODAY)
    assert similar_needs(cast.doctor, person, NeedKind.COST) == [need, twin]
    lay_out_papers(need=twin, by=cast.doctor)
    a_referral(person, cast.doctor, need=twin)
    merge_need(need=twin, into=need, by=cast.doctor, on=TODAY)
    twin.refresh_from_db()
    assert (twin.state, twin.merged_into, twin.closed_on) == ("merged", need, TODAY)
    assert need.tasks.count() > 0 and need.referrals.count() == 1
    assert need.steps.filter(note="钱不够", kind=StepKind.MERGED).exists()


def test_needs_of_two_persons_are_not_joined(need, cast, county):
    other = a_person(a_household(county.lianhe), name="李四")
    another = raise_need(person=other, kind=NeedKind.COST, description="钱", by=cast.doctor, on=TODAY)
    with pytest.raises(ValidationError):
        merge_need(need=another, into=need, by=cast.doctor, on=TODAY)


def test_paperwork_is_laid_out_once_and_ticked_with_who_and_when(need, cast):
    assert lay_out_papers(need=need, by=cast.doctor) == 5
    assert lay_out_papers(need=need, by=cast.doctor) == 0
    task = do_paper(task=need.tasks.get(code="identity"), by=cast.doctor, on=TODAY)
    assert (task.done_on, task.done_by) == (TODAY, cast.doctor)
    assert need.steps.latest("id").kind == StepKind.TASK
    undo_paper(task=task, by=cast.doctor, on=TODAY)
    assert need.tasks.get(code="identity").done_on is None


def test_a_talk_with_the_insurer_is_only_done_with_what_was_said(need, cast):
    lay_out_papers(need=need, by=cast.doctor)
    insurer = need.tasks.get(code="insurer")
    with pytest.raises(ValidationError):
        do_paper(task=insurer, by=cast.doctor, on=TODAY, note=" ")
    do_paper(task=insurer, by=cast.doctor, on=TODAY, note="王经理：出院后30天内交材料")
    assert need.steps.latest("id").kind == StepKind.INSURER
    assert "王经理" in need.steps.latest("id").note


def test_a_confidential_need_is_not_for_other_offices(person, cast):
    need = raise_need(
        person=person, kind=NeedKind.MEDICINE, description="药", by=cast.doctor, on=TODAY, is_sensitive=True
    )
    assert get_need(cast.township, need.uuid) == need
    with pytest.raises(Http404):
        get_need(cast.township_administration, need.uuid)
    assert cast.township_administration not in possible_owners(need)


def test_what_a_sensitive_visit_brings_up_is_sensitive(person, cast):
    visit = a_visit_to(person, cast.doctor, TODAY, is_sensitive=True)
    need = raise_need(
        person=person, kind=NeedKind.OTHER, description="药", by=cast.doctor, on=TODAY, visit=visit
    )
    assert need.is_sensitive
    assert a_referral(person, cast.doctor, need=need).is_sensitive


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "met"},
        {"satisfaction": 6},
        {"due_on": date(2020, 1, 1)},
        {"state": "met", "closed_on": TODAY, "outcome": ""},
        {"state": "met", "closed_on": TODAY, "outcome": "办好了"},
        {"state": "merged", "closed_on": TODAY, "outcome": "见另一件"},
        {"quoted_amount": -1},
    ],
)
def test_the_database_keeps_the_promises(need, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        Need.objects.filter(pk=need.pk).update(**broken)


@pytest.mark.parametrize("case", sorted(STATES.transitions))
def test_the_diagram_in_the_documents_is_the_table(case):
    written = Path("docs/states.md").read_text(encoding="utf-8")
    assert STATES.diagram(case) in written


@pytest.mark.parametrize(
    ("state", "to", "possible"),
    [
        ("open", "in_progress", True), ("open", "met", True), ("in_progress", "open", False),
        ("met", "unmet", False), ("met", "in_progress", True), ("unmet", "met", False),
    ],
)  # fmt: skip
def test_a_need_moves_along_the_table(state, to, possible):
    assert STATES.can_move("need", state, to) is possible
