"""Today: which households, in which order, with which words."""

from datetime import date, timedelta

import pytest

from followups.choices import Risk
from followups.models import Duty
from followups.presenters.duties import lateness, present_day, why
from followups.queries.duties import DUE_SQL, OVERDUE_SQL, days_late, due, overdue
from followups.queries.today import PAGE, summary, today_list
from followups.services.needs import raise_need
from followups.services.visits import record_visit
from tests.factories.followups import TODAY, a_body, a_duty
from tests.factories.registry import a_condition, a_household, a_person


@pytest.fixture
def a_home(county):
    """A household with a head who owes nothing yet."""

    def make(name="张三丰", village=None, **more):
        home = a_household(village or county.lianhe, **more)
        a_person(home, name=name)
        return home

    return make


def names(day):
    return [home.head.name for home in day.households]


def test_overdue_begins_the_day_after_the_window(a_home):
    duty = a_duty(household=a_home())
    assert not Duty.objects.filter(overdue(duty.ends_on)).exists()
    assert Duty.objects.filter(overdue(duty.ends_on + timedelta(days=1))).get() == duty
    assert (days_late(duty, duty.ends_on), days_late(duty, duty.ends_on + timedelta(days=3))) == (0, 3)


def test_due_begins_on_its_day_and_a_closed_duty_is_neither(a_home):
    duty = a_duty(household=a_home(), due_on=date(2026, 11, 20))
    assert not Duty.objects.filter(due(date(2026, 11, 19))).exists()
    assert Duty.objects.filter(due(date(2026, 11, 19), ahead=1)).exists()
    assert Duty.objects.filter(due(date(2026, 11, 20))).exists()
    Duty.objects.filter(pk=duty.pk).update(state="cancelled", closed_on=TODAY)
    later = date(2026, 12, 24)
    assert not Duty.objects.filter(due(later) | overdue(later)).exists()


@pytest.mark.parametrize("day", [date(2026, 11, 17), date(2026, 11, 18), date(2026, 12, 1)])
def test_the_definitions_in_sql_are_the_same(a_home, day):
    (
        a_duty(household=a_home()),
        a_duty(household=a_home(), starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 15)),
    )
    for text, condition in ((OVERDUE_SQL, overdue(day)), (DUE_SQL, due(day))):
        found = Duty.objects.raw(f"SELECT d.* FROM followups_duty d WHERE {text}", {"on": day})
        assert {duty.pk for duty in found} == set(Duty.objects.filter(condition).values_list("pk", flat=True))


def test_households_come_by_risk_then_lateness_then_door(a_home, cast):
    plain, first_door, late, urgent = (
        a_home("二门", visit_order=2), a_home("一门", visit_order=1), a_home("逾期"), a_home("危急"),
    )  # fmt: skip
    a_duty(household=plain), a_duty(household=first_door)
    a_duty(household=late, starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 15))
    a_duty(household=urgent, risk=Risk.URGENT)
    assert names(today_list(cast.doctor, TODAY)) == ["危急", "逾期", "一门", "二门"]


def test_whatever_brings_a_household_in_all_that_is_owed_to_it_is_shown(a_home, cast):
    home = a_home()
    person = home.members.get()
    a_duty(household=home), a_duty(person, due_on=date(2026, 12, 20))
    (day,) = today_list(cast.doctor, TODAY).households
    assert len(day.duties) == 2


def test_each_view_shows_its_own(a_home, cast):
    late, later, future = a_home("逾期"), a_home("以后"), a_home("未到")
    a_duty(household=late, starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 15))
    a_duty(later.members.get(), due_on=date(2026, 12, 20))
    a_duty(household=future, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 15))
    assert names(today_list(cast.doctor, TODAY)) == ["逾期"]
    assert names(today_list(cast.doctor, TODAY, show="overdue")) == ["逾期"]
    assert set(names(today_list(cast.doctor, TODAY, show="all"))) == {"逾期", "以后"}


def test_only_the_own_village_is_shown(a_home, county, cast):
    a_duty(household=a_home()), a_duty(household=a_home("邻村", village=county.shunjiang))
    assert names(today_list(cast.doctor, TODAY)) == ["张三丰"]
    assert len(names(today_list(cast.team_doctor, TODAY))) == 2
    assert names(today_list(cast.stranger, TODAY)) == []


def test_long_lists_have_pages(a_home, cast):
    for number in range(PAGE + 3):
        a_duty(household=a_home(f"张{number}", visit_order=number))
    first, second = today_list(cast.doctor, TODAY), today_list(cast.doctor, TODAY, page=2)
    assert (len(first.households), first.has_next) == (PAGE, True)
    assert (len(second.households), second.has_next) == (3, False)


@pytest.mark.parametrize("homes", [1, 15])
def test_the_number_of_queries_does_not_grow(a_home, cast, django_assert_num_queries, homes):
    for _number in range(homes):
        home = a_home()
        a_duty(household=home), a_duty(home.members.get())
    with django_assert_num_queries(13):
        today_list(cast.doctor, TODAY)
        summary(cast.doctor, TODAY)


def test_the_summary_counts_duties_visits_and_needs(a_home, cast):
    home = a_home()
    person = home.members.get()
    a_duty(household=home, starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 15))
    a_duty(household=home)
    record_visit(body=a_body(person, mode="1"), by=cast.doctor, received_on=TODAY)
    raise_need(person=person, kind="other", description="轮椅", by=cast.doctor, on=TODAY)
    figures = summary(cast.doctor, TODAY)
    assert (figures.due, figures.overdue, figures.done_this_week, figures.needs) == (2, 1, 1, 1)


def test_a_return_visit_says_which_reading_made_it(a_home, cast):
    person = a_home().members.get()
    a_condition(person)
    body = a_body(person, visited_on="2026-11-10", answers={"sbp": 168, "next_date": "2026-11-20"})
    record_visit(body=body, by=cast.doctor, received_on=TODAY)
    (home,) = today_list(cast.doctor, TODAY).households
    (line,) = present_day(home, TODAY, back="due-1").lines
    assert "168" in line.why and "168/82" in line.last


def test_duties_that_one_form_can_do_are_one_line(a_home, cast):
    person = a_home().members.get()
    a_duty(person, starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30)), a_duty(person)
    (home,) = today_list(cast.doctor, TODAY).households
    (line,) = present_day(home, TODAY, back="").lines
    assert line.tone == "bad" and "3" in line.why and "4" in line.why


@pytest.mark.parametrize(
    ("due_on", "ends_on", "tone"),
    [
        (TODAY, TODAY, "warn"),
        (TODAY - timedelta(days=2), TODAY + timedelta(days=2), "warn"),
        (TODAY + timedelta(days=3), TODAY + timedelta(days=5), "quiet"),
        (TODAY - timedelta(days=5), TODAY - timedelta(days=1), "bad"),
    ],
)
def test_lateness_is_said_with_its_tone(due_on, ends_on, tone):
    words, found = lateness(Duty(due_on=due_on, ends_on=ends_on, state="open"), TODAY)
    assert found == tone and words


@pytest.mark.parametrize(
    "rule", ["chronic_quarterly", "household_fortnight", "follow_14_days", "from_elsewhere"]
)
def test_every_rule_has_words(rule):
    assert why(Duty(rule=rule, starts_on=date(2026, 10, 1), why={}), TODAY, None)
