"""A small township with something of everything: who is signed, ill, due, overdue, in need, and who is not."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from core.base.periods import quarter_start
from tests.factories.burdens import Bills
from tests.factories.facts import (
    a_circle_of,
    a_contract_of,
    a_done_duty,
    a_duty_of,
    a_need_of,
    a_team_for,
    a_visit_to,
    an_attempt_at,
    an_enrolment_of,
    an_exam_of,
)
from tests.factories.registry import a_condition, a_household, a_person


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def township(county, cast, today):
    """Three persons in Lianhe, one in Shunjiang, one in the other street, one in the other county."""
    opened = quarter_start(today)
    team = a_team_for(county.lianhe, "联合团队")
    home = a_household(county.lianhe, main_cause="illness")
    head = a_person(home, name="陈铁光")
    wife = a_person(home, name="左双宁", relation="10", sex="2", birth_date=date(1990, 5, 4))
    son = a_person(home, name="陈小军", relation="20", birth_date=date(1992, 7, 1))
    neighbour = a_person(a_household(county.shunjiang, standing="lifted"), name="冯建新")
    other = a_person(a_household(county.qingshui), name="戴喜珍")
    far = a_person(a_household(county.far), name="远方人")
    for person in (head, wife):
        an_enrolment_of(person, today.year)
        a_contract_of(person, team, cast.township, first=today - timedelta(30), past=today + timedelta(335))
    an_enrolment_of(son, today.year, is_enrolled=False, why_not="在外地参保")
    a_circle_of(county.lianhe, 12)
    a_condition(head)
    a_condition(head, "type2_diabetes")
    a_condition(wife, "severe_mental_disorder")
    a_condition(neighbour, "hypertension")
    visit = a_visit_to(head, cast.doctor, today, sbp=130, dbp=80, is_controlled=True)
    a_done_duty(visit, opened, starts=opened, ends=today)
    a_duty_of(
        home,
        opened,
        head,
        protocol="type2_diabetes",
        starts=opened - timedelta(60),
        ends=opened - timedelta(1) + timedelta(1),
    )
    a_duty_of(
        home,
        opened - timedelta(40),
        starts=opened - timedelta(50),
        ends=opened - timedelta(30),
        protocol="home_visit",
    )
    a_duty_of(home, today, wife, is_sensitive=True, protocol="severe_mental_disorder")
    away = a_duty_of(home, today, son, protocol="home_visit", ends=today + timedelta(9))
    an_attempt_at(away, today, cast.doctor)
    a_need_of(head, cast.doctor, raised_on=today - timedelta(20), due_on=today - timedelta(6))
    a_need_of(neighbour, cast.colleague, raised_on=opened, due_on=today + timedelta(6))
    a_need_of(
        head,
        cast.doctor,
        kind="cost",
        raised_on=opened,
        due_on=today,
        state="met",
        closed_on=today,
        outcome="已救助",
    )
    an_exam_of(head, today)
    return SimpleNamespace(
        team=team, home=home, head=head, wife=wife, son=son, neighbour=neighbour, other=other, far=far
    )


@pytest.fixture
def bills(township, county, cast, today):
    """Two stays settled today and one whose patient bore more than a tenth."""
    found = Bills(county, cast, rules="")
    for person, patient in (
        (township.head, "100.05"),
        (township.wife, "50.00"),
        (township.neighbour, "400.10"),
    ):
        found.bears(person, patient, total="1000.55", care="inpatient", settled_on=today)
    return found
