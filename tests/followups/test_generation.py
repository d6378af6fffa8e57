"""What is owed is written down from the rules: to whom, for which window, once."""

from datetime import date

import pytest

from followups.choices import DutyState, Risk
from followups.models import Duty
from followups.rules import OpenDuty, all_rules, fulfilled_by, window_of
from followups.services.generation import close_missed, generate_duties
from followups.services.grounds import close_groundless
from followups.services.visits import record_visit
from tests.factories.followups import TODAY, a_body, a_contract, a_duty, a_household_body, a_team
from tests.factories.registry import a_condition, a_household, a_person

QUARTER = (date(2026, 10, 1), date(2026, 12, 31))
HALF = (date(2026, 11, 16), date(2026, 11, 30))


@pytest.fixture
def patient(county):
    person = a_person(a_household(county.lianhe))
    a_condition(person)
    return person


def chronic():
    return Duty.objects.filter(rule="chronic_quarterly")


def test_each_followed_disease_owes_one_visit_a_quarter(patient):
    a_condition(patient, "type2_diabetes")
    made = generate_duties(on=TODAY)
    assert made["chronic_quarterly"] == 2
    for duty in chronic():
        assert (duty.starts_on, duty.ends_on) == QUARTER
        assert duty.starts_on < duty.due_on < duty.ends_on
    assert {duty.protocol for duty in chronic()} == {"hypertension", "type2_diabetes"}


def test_a_year_owes_four_visits(patient):
    for month in range(1, 13):
        generate_duties(on=date(2026, month, 20))
    assert chronic().count() == 4


def test_each_household_owes_two_home_visits_a_month(patient):
    assert generate_duties(on=date(2026, 11, 3))["household_fortnight"] == 1
    assert generate_duties(on=TODAY)["household_fortnight"] == 1
    windows = Duty.objects.filter(rule="household_fortnight").order_by("starts_on")
    assert [(duty.starts_on.day, duty.ends_on.day) for duty in windows] == [(1, 15), (16, 30)]
    assert all(duty.person_id is None for duty in windows)


def test_a_second_run_adds_nothing(patient):
    generate_duties(on=TODAY)
    assert set(generate_duties(on=TODAY).values()) == {0}


def test_members_of_one_household_are_due_on_the_same_day(patient):
    spouse = a_person(patient.household, name="李秀英", relation="10")
    a_condition(spouse)
    generate_duties(on=TODAY)
    assert len({duty.due_on for duty in chronic()}) == 1


def test_due_days_are_spread_over_the_quarter(county):
    for _number in range(12):
        a_condition(a_person(a_household(county.lianhe)))
    generate_duties(on=TODAY)
    assert len({duty.due_on for duty in chronic()}) > 6


def test_the_day_agreed_at_the_last_visit_is_the_due_day(patient, cast):
    record_visit(
        body=a_body(patient, visited_on="2026-09-20", answers={"next_date": "2026-12-10"}),
        by=cast.doctor,
        received_on=date(2026, 9, 20),
    )
    generate_duties(on=TODAY)
    assert chronic().get().due_on == date(2026, 12, 10)


def test_confirmed_during_the_quarter_is_due_two_weeks_later(county):
    person = a_person(a_household(county.lianhe))
    a_condition(person, confirmed_on=date(2026, 11, 10))
    generate_duties(on=TODAY)
    assert chronic().get().due_on == date(2026, 11, 24)


def test_confirmed_in_the_last_days_of_the_quarter_begins_with_the_next_one(county):
    a_condition(a_person(a_household(county.lianhe)), confirmed_on=date(2026, 12, 20))
    generate_duties(on=date(2026, 12, 22))
    assert not chronic().exists()
    generate_duties(on=date(2027, 1, 2))
    assert chronic().count() == 1


def test_each_disease_is_owed_on_its_own_form(patient):
    a_condition(patient, "severe_mental_disorder"), a_condition(patient, "tuberculosis")
    generate_duties(on=TODAY)
    forms = {
        "hypertension",
        "severe_mental_disorder",
        "tuberculosis",
        "annual_exam",
        "home_visit",
        "tcm_constitution",
    }
    assert {duty.protocol for duty in Duty.objects.all()} == forms


def test_nothing_is_owed_to_those_who_left(patient):
    type(patient).objects.filter(pk=patient.pk).update(left_on=date(2026, 10, 5), left_reason="died")
    generate_duties(on=TODAY)
    assert not chronic().exists()


def test_a_removed_household_is_owed_no_home_visit(county):
    a_household(county.lianhe, standing="removed"), a_household(county.lianhe, standing="lifted")
    assert generate_duties(on=TODAY)["household_fortnight"] == 1


def test_the_team_is_that_of_the_contract_in_force(patient, county, cast):
    team = a_team(county.lianhe)
    a_contract(patient, team, cast.county)
    generate_duties(on=TODAY)
    assert {duty.team_id for duty in Duty.objects.all()} == {team.pk}


def test_an_uncontrolled_last_visit_raises_the_risk(patient, cast):
    body = a_body(patient, visited_on="2026-09-20", answers={"sbp": 165, "next_date": "2026-10-02"})
    record_visit(body=body, by=cast.doctor, received_on=date(2026, 9, 20))
    generate_duties(on=TODAY)
    assert chronic().get().risk == Risk.HIGH


def test_only_the_counties_asked_for_are_served(patient, county):
    a_condition(a_person(a_household(county.far)))
    assert generate_duties(on=TODAY, county_ids=[county.other_county.pk])["chronic_quarterly"] == 1
    assert chronic().get().village == county.far


def test_a_visit_made_before_its_duty_was_written_down_fulfils_it(patient, cast):
    record_visit(body=a_body(patient), by=cast.doctor, received_on=TODAY)
    generate_duties(on=TODAY)
    done = Duty.objects.filter(rule__in=["chronic_quarterly", "household_fortnight"])
    assert [duty.state for duty in done] == [DutyState.DONE] * 2


def test_a_visit_that_came_in_another_way_still_owes_its_return_visit(patient, cast):
    body = a_body(patient, answers={"sbp": 170, "next_date": "2026-11-25"})
    record_visit(body=body, by=cast.doctor, received_on=TODAY)
    Duty.objects.filter(rule="follow_14_days").delete()
    assert generate_duties(on=TODAY)["follow_14_days"] == 1
    assert generate_duties(on=TODAY)["follow_14_days"] == 0


def test_a_window_long_past_is_closed_as_missed(patient):
    old = a_duty(patient, starts_on=date(2026, 4, 1), ends_on=date(2026, 6, 30))
    recent = a_duty(patient, starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30))
    assert close_missed(on=TODAY) == 1
    old.refresh_from_db(), recent.refresh_from_db()
    assert (old.state, old.close_reason, recent.state) == (DutyState.MISSED, "window_passed", DutyState.OPEN)


def test_a_household_visit_also_follows_a_home_visit_of_any_form(patient, cast):
    generate_duties(on=TODAY)
    record_visit(body=a_household_body(patient.household), by=cast.doctor, received_on=TODAY)
    assert Duty.objects.get(rule="household_fortnight").state == DutyState.DONE
    assert chronic().get().state == DutyState.OPEN


@pytest.mark.parametrize(
    ("day", "window"),
    [
        (date(2026, 2, 15), (date(2026, 2, 1), date(2026, 2, 15))),
        (date(2026, 2, 16), (date(2026, 2, 16), date(2026, 2, 28))),
        (date(2028, 2, 29), (date(2028, 2, 16), date(2028, 2, 29))),
        (date(2026, 12, 31), (date(2026, 12, 16), date(2026, 12, 31))),
    ],
)
def test_half_months_end_on_the_fifteenth_and_on_the_last_day(day, window):
    assert window_of("half_month", day) == window


def test_every_rule_names_its_source():
    assert all(rule.source and rule.title.zh and rule.title.en for rule in all_rules().values())


def _open(pk, starts, ends, rule="chronic_quarterly", protocol="hypertension", of_household=False):
    return OpenDuty(pk, rule, protocol, of_household, starts, ends)


def test_of_one_rule_the_earliest_window_is_fulfilled():
    duties = [_open(2, *QUARTER), _open(1, date(2026, 7, 1), date(2026, 9, 30))]
    assert fulfilled_by(duties, protocol="hypertension", mode="1", on=date(2026, 10, 5)) == [1]


def test_a_window_that_has_not_begun_is_not_fulfilled():
    assert fulfilled_by([_open(1, *QUARTER)], protocol="hypertension", mode="1", on=date(2026, 9, 30)) == []


def test_a_rule_that_is_gone_fulfils_nothing():
    duty = _open(1, *QUARTER, rule="forgotten")
    assert fulfilled_by([duty], protocol="hypertension", mode="1", on=TODAY) == []


def constitutions():
    return Duty.objects.filter(rule="tcm_constitution")


def test_the_constitution_is_owed_once_a_year_from_65(county):
    for born in (date(1961, 11, 22), date(1961, 11, 23)):
        a_person(a_household(county.lianhe), birth_date=born)
    generate_duties(on=date(2026, 11, 22))
    duty = constitutions().get()
    assert duty.person.birth_date == date(1961, 11, 22)
    assert (duty.starts_on, duty.ends_on) == (date(2026, 1, 1), date(2026, 12, 31))


def test_who_turns_65_in_the_year_is_owed_it_from_the_birthday_and_due_no_earlier(county):
    a_person(a_household(county.lianhe), birth_date=date(1961, 11, 23))
    generate_duties(on=date(2026, 11, 22))
    assert not constitutions().exists()
    generate_duties(on=date(2026, 11, 23))
    assert constitutions().get().due_on >= date(2026, 11, 23)


def test_a_birth_date_corrected_to_a_later_one_takes_the_duty_back(county):
    person = a_person(a_household(county.lianhe), birth_date=date(1961, 11, 1))
    generate_duties(on=TODAY)
    type(person).objects.filter(pk=person.pk).update(birth_date=date(1971, 11, 1))
    close_groundless(on=TODAY)
    assert constitutions().get().state == DutyState.CANCELLED
