"""Rules as data: each kind makes its own duties, and a rule that cannot be kept is refused at the start."""

from datetime import date, timedelta

import pytest
from django.core.checks import run_checks
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from core.base.periods import add_months
from followups import rules
from followups.choices import DutyState, Risk
from followups.models import Duty
from followups.rules import OpenDuty, RuleError, fulfilled_by, read_rules, window_of
from followups.services import generation
from followups.services.generation import generate_duties
from followups.services.visits import record_visit
from households.models import Household, Person
from tests.factories.facts import an_exam_of
from tests.factories.followups import TODAY, a_body, a_contract, a_team
from tests.factories.registry import a_condition, a_household, a_person

HEAD = """
title = {{ zh = "规则", en = "rule" }}
source = "测试"
modes = ["1", "2"]
late_days = 30
kind = "{kind}"
"""


@pytest.fixture
def ruled(tmp_path, monkeypatch):
    """Only these rules hold: `ruled("person", 'window = "month" …')`."""

    def rule(kind: str, more: str, code: str = "a_rule") -> None:
        path = tmp_path / "duty_rules.toml"
        path.write_text(f"[{code}]\n{HEAD.format(kind=kind)}\n{more}", encoding="utf-8")
        monkeypatch.setattr(rules, "FILE", path)
        rules.all_rules.cache_clear(), generation._owe.cache_clear()

    yield rule
    monkeypatch.undo()
    rules.all_rules.cache_clear(), generation._owe.cache_clear()


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe))


def test_a_rule_whose_form_is_missing_is_refused_at_the_start(ruled):
    ruled("person", 'window = "year"\nform = "palm_reading"\nhealth_classes = ["healthy"]')
    with pytest.raises(RuleError, match="a_rule asks for the form palm_reading"):
        rules.all_rules()
    assert [error.id for error in run_checks()] == ["followups.E001"]


def test_the_rules_as_they_stand_are_accepted():
    assert run_checks() == []


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (
            "chronic",
            {"window": "month", "least_days": 1, "forms": {"a": "hypertension", "b": "hypertension"}},
        ),
        ("discharge", {"form": "home_visit", "by_days": [7, 7]}),
        ("household", {"form": "home_visit", "window": "fortnight", "household_types": [], "standings": []}),
        ("person", {"form": "home_visit", "window": "year", "health_classes": []}),
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(kind, more):
    head = {
        "title": {"zh": "规则", "en": "rule"},
        "source": "x",
        "modes": ["1"],
        "late_days": 1,
        "kind": kind,
    }
    with pytest.raises(ValidationError):
        read_rules({"x": head | more})


def test_a_person_rule_owes_each_of_its_class_one_visit_a_month(ruled, person, county):
    ruled("person", 'window = "month"\nform = "home_visit"\nhealth_classes = ["major"]\nrisk = 2')
    Person.objects.filter(pk=person.pk).update(health_class="major")
    a_person(a_household(county.lianhe), name="李四")
    assert generate_duties(on=TODAY) == {"a_rule": 1}
    duty = Duty.objects.get()
    assert (duty.person, duty.starts_on, duty.ends_on) == (person, date(2026, 11, 1), date(2026, 11, 30))
    assert duty.risk == Risk.RAISED and duty.starts_on < duty.due_on < duty.ends_on
    assert generate_duties(on=TODAY) == {"a_rule": 0}
    assert generate_duties(on=date(2026, 12, 1)) == {"a_rule": 1}


def test_a_yearly_examination_on_record_is_not_owed_again(ruled, person):
    ruled(
        "person", 'window = "year"\nform = "home_visit"\nhealth_classes = ["healthy"]\nunless_examined = true'
    )
    an_exam_of(person, date(2026, 5, 2))
    assert generate_duties(on=TODAY) == {"a_rule": 0}
    assert generate_duties(on=date(2027, 1, 2)) == {"a_rule": 1}


def test_a_rule_of_one_package_holds_under_its_contract_only(ruled, person, county, cast):
    ruled(
        "person", 'window = "year"\nform = "home_visit"\nhealth_classes = ["healthy"]\npackages = ["major"]'
    )
    assert generate_duties(on=TODAY) == {"a_rule": 0}
    a_contract(person, a_team(county.lianhe), cast.county, package="major")
    assert generate_duties(on=TODAY) == {"a_rule": 1}


FIRST = 'within_hours = 72\nforms = { tuberculosis = "hypertension" }\nrisk = 3'


def test_a_first_visit_is_owed_within_three_days_of_the_finding(ruled, person):
    ruled("first_visit", FIRST)
    a_condition(person, "tuberculosis", confirmed_on=TODAY - timedelta(days=1))
    generate_duties(on=TODAY)
    duty = Duty.objects.get()
    assert (duty.starts_on, duty.due_on, duty.ends_on) == (
        date(2026, 11, 17), date(2026, 11, 18), date(2026, 11, 20),
    )  # fmt: skip
    assert duty.is_sensitive and duty.risk == Risk.HIGH
    assert generate_duties(on=TODAY + timedelta(days=1)) == {"a_rule": 0}


def test_a_finding_of_long_ago_owes_no_first_visit_any_more(ruled, person):
    ruled("first_visit", FIRST)
    a_condition(person, "tuberculosis", confirmed_on=TODAY - timedelta(days=40))
    assert generate_duties(on=TODAY) == {"a_rule": 0}


ASKED = """
window = "ten_days"
least_days = 1
forms = { hypertension = "hypertension" }
last_visit = { forms = ["hypertension"], answer = "adherence", values = ["2", "3"], month = "sbp", months_at_most = 150 }
"""


@pytest.mark.parametrize(
    ("said", "owed"), [({"adherence": "2"}, 1), ({}, 0), ({"adherence": "2", "sbp": 151}, 0)]
)
def test_the_last_visit_decides_how_often_the_next_one_is_owed(ruled, person, cast, said, owed):
    ruled("chronic", ASKED)
    a_condition(person)
    body = a_body(person, visited_on="2026-11-02", answers={"next_date": "2026-11-12", **said})
    assert record_visit(body=body, by=cast.doctor, received_on=TODAY).status == "accepted"
    assert generate_duties(on=TODAY) == {"a_rule": owed}
    assert {(duty.starts_on.day, duty.ends_on.day) for duty in Duty.objects.all()} <= {(11, 20)}


def test_nothing_is_owed_to_members_of_a_household_that_left(person):
    a_condition(person)
    Household.objects.filter(pk=person.household_id).update(left_on=date(2026, 10, 5), left_reason="moved")
    assert set(generate_duties(on=TODAY).values()) == {0}


@pytest.mark.parametrize(
    ("day", "window"),
    [
        (date(2026, 2, 10), (date(2026, 2, 1), date(2026, 2, 10))),
        (date(2026, 2, 11), (date(2026, 2, 11), date(2026, 2, 20))),
        (date(2026, 2, 28), (date(2026, 2, 21), date(2026, 2, 28))),
        (date(2026, 1, 31), (date(2026, 1, 21), date(2026, 1, 31))),
    ],
)
def test_a_month_has_three_parts_of_ten_days(day, window):
    assert window_of("ten_days", day) == window


@pytest.mark.parametrize("window", ["ten_days", "half_month", "month", "quarter", "year"])
@given(day=st.dates(date(2020, 1, 1), date(2032, 12, 31)))
def test_windows_follow_each_other_without_gap(window, day):
    start, end = window_of(window, day)
    assert start <= day <= end
    assert window_of(window, end + timedelta(days=1))[0] == end + timedelta(days=1)


def _year(year: int) -> list[OpenDuty]:
    starts = [date(year, month, 1) for month in (1, 4, 7, 10)]
    windows = [window_of("quarter", start) for start in starts]
    return [OpenDuty(n, "chronic_quarterly", "hypertension", False, *w) for n, w in enumerate(windows)]


@given(st.tuples(*(st.integers(0, 89) for _quarter in range(4))), st.integers(2020, 2032))
def test_four_face_to_face_visits_in_time_keep_the_whole_year(offsets, year):
    owed = _year(year)
    visits = [duty.starts_on + timedelta(days=days) for duty, days in zip(owed, offsets, strict=True)]
    assert _left(owed, visits) == []


@given(st.integers(0, 89), st.lists(st.booleans(), min_size=30, max_size=30), st.data())
def test_visits_never_more_than_three_months_apart_keep_the_whole_year(first, troubled, data):
    """The other rule of the norm: three months after a good reading, two weeks after a bad one."""
    owed, day = _year(2026), date(2026, 1, 1) + timedelta(days=first)
    visits = [day]
    for bad in troubled:
        latest = day + timedelta(days=14) if bad else add_months(day, 3)
        day = data.draw(st.dates(day + timedelta(days=1), latest))
        visits.append(day)
        if day.year > 2026:
            break
    kept = {duty.id for duty in owed} - {duty.id for duty in _left(owed, visits)}
    reached = {n for n, duty in enumerate(owed) if duty.ends_on < visits[-1] or duty.starts_on <= visits[-1]}
    assert reached <= kept


def _left(owed: list[OpenDuty], visits: list[date]) -> list[OpenDuty]:
    for day in visits:
        done = fulfilled_by(owed, protocol="hypertension", mode="2", on=day)
        assert len(done) <= 1, "never two windows of one rule"
        owed = [duty for duty in owed if duty.id not in done]
    return owed


@pytest.mark.parametrize(
    ("visited", "agreed", "due"),
    [
        ("2026-08-20", "2026-10-20", date(2026, 10, 20)),
        ("2026-08-05", "2026-08-19", "by 2026-11-05"),
        ("2026-04-02", "2026-06-20", date(2026, 10, 1)),
    ],
)
def test_the_due_day_keeps_the_interval_inside_the_window(person, cast, visited, agreed, due):
    a_condition(person)
    body = a_body(person, visited_on=visited, answers={"next_date": agreed})
    record_visit(body=body, by=cast.doctor, received_on=date.fromisoformat(visited))
    generate_duties(on=TODAY)
    duty = Duty.objects.get(rule="chronic_quarterly", state=DutyState.OPEN)
    if isinstance(due, str):
        assert duty.starts_on <= duty.due_on <= date.fromisoformat(due.removeprefix("by "))
    else:
        assert duty.due_on == due


def test_thirty_november_and_three_months_is_the_end_of_february(person, cast):
    a_condition(person)
    on = date(2026, 11, 30)
    body = a_body(person, visited_on="2026-11-30", answers={"next_date": "2027-02-28"})
    assert record_visit(body=body, by=cast.doctor, received_on=on).status == "accepted"
    generate_duties(on=date(2027, 1, 1))
    assert Duty.objects.get(rule="chronic_quarterly", starts_on=date(2027, 1, 1)).due_on == date(2027, 2, 28)
