"""Today: which households, in which order, with which words."""

from datetime import date, timedelta

import pytest

from followups.choices import Risk
from followups.models import Duty
from followups.presenters.duties import lateness, present_at_a_glance, present_day, why
from followups.queries.duties import DUE_SQL, OVERDUE_SQL, days_late, due, is_pressing, overdue, pressing
from followups.queries.today import PAGE, at_a_glance, summary, today_list, waiting
from followups.services.cases.planning import sign_plan
from followups.services.needs import raise_need
from followups.services.visits import record_visit
from tests.factories.cases import a_case, a_plan
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
    assert names(today_list(cast.doctor, TODAY, show="later")) == ["以后"]


@pytest.mark.parametrize(
    ("risk", "due_in", "ends_in", "presses"),
    [
        (Risk.ROUTINE, -30, -1, True),
        (Risk.ROUTINE, -10, 7, True),
        (Risk.ROUTINE, -10, 8, False),
        (Risk.ROUTINE, -1, 30, False),
        (Risk.ROUTINE, 0, 30, True),
        (Risk.ROUTINE, 1, 30, False),
        (Risk.RAISED, -1, 30, True),
        (Risk.RAISED, 1, 30, False),
        (Risk.HIGH, 7, 30, True),
        (Risk.HIGH, 8, 30, False),
    ],
)
def test_the_higher_the_risk_the_sooner_a_visit_comes_first(a_home, risk, due_in, ends_in, presses):
    due_on, ends_on = TODAY + timedelta(days=due_in), TODAY + timedelta(days=ends_in)
    duty = a_duty(
        household=a_home(), starts_on=TODAY - timedelta(days=40), due_on=due_on, ends_on=ends_on, risk=risk
    )
    assert Duty.objects.filter(pressing(TODAY, ahead=7)).exists() == presses
    assert is_pressing(duty, TODAY, ahead=7) == presses


def test_a_card_tells_at_length_what_cannot_wait_and_the_rest_in_a_line(a_home, cast):
    home = a_home()
    a_duty(household=home), a_duty(home.members.get(), due_on=date(2026, 12, 20))
    (day,) = today_list(cast.doctor, TODAY).households
    card, whole = present_day(day, TODAY, back=""), present_day(day, TODAY, back="", whole=True)
    assert ([line.form for line in card.lines], [line.form for line in card.also]) == (
        ["入户随访"],
        ["高血压"],
    )
    assert (len(whole.lines), whole.also) == (2, [])


def test_the_houses_below_the_cards_are_told_at_a_glance(a_home, cast):
    for number in range(PAGE + 2):
        a_duty(household=a_home(f"张{number}", visit_order=number))
    a_duty(a_home("以后").members.get(), due_on=date(2026, 12, 20))
    rest = at_a_glance(cast.doctor, TODAY)
    assert [home.head.name for home in rest["first"]] == [f"张{PAGE}", f"张{PAGE + 1}"]
    assert [home.head.name for home in rest["later"]] == ["以后"]
    (line,) = present_at_a_glance(rest["later"][0], TODAY, back="").lines
    assert line.url.startswith("/visits/new/?duty=") and "32" in line.when


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


@pytest.mark.parametrize("homes", [PAGE + 1, PAGE + 15])
def test_the_number_of_queries_does_not_grow(a_home, cast, django_assert_num_queries, homes):
    for _number in range(homes):
        home = a_home()
        a_duty(household=home), a_duty(home.members.get())
    with django_assert_num_queries(18):
        today_list(cast.doctor, TODAY)
        summary(cast.doctor, TODAY)
        at_a_glance(cast.doctor, TODAY)


def test_the_summary_counts_visits_and_households(a_home, cast):
    home, other = a_home(), a_home()
    person = home.members.get()
    a_duty(household=home, starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 15))
    a_duty(household=home)
    a_duty(other.members.get(), due_on=date(2026, 12, 20))
    record_visit(body=a_body(person, mode="1"), by=cast.doctor, received_on=TODAY)
    figures = summary(cast.doctor, TODAY)
    assert (figures.overdue, figures.this_week, figures.later, figures.done_this_week) == (1, 1, 1, 1)
    assert figures.homes == {"first": 1, "overdue": 1, "later": 1}


def test_own_needs_past_their_day_and_plans_to_sign_wait_for_the_doctor(a_home, county, cast):
    needs = {"kind": "other", "by": cast.doctor, "on": TODAY, "due_on": TODAY}
    raise_need(person=a_home().members.get(), description="轮椅", **needs)
    raise_need(person=a_home().members.get(), description="拐杖", owner=cast.township, **needs)
    case = a_case(county, cast, stage="assigned")
    plan = a_plan(case, cast.doctor)
    village_doctor = case.person.case_doctors.get(level="village").practitioner.user
    on = TODAY + timedelta(days=1)
    assert (waiting(cast.doctor, on).needs_overdue, waiting(cast.doctor, on).to_sign) == (1, 0)
    assert waiting(village_doctor, on).to_sign == 1
    sign_plan(plan=plan, by=village_doctor, on=on)
    assert waiting(village_doctor, on).to_sign == 0


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
