"""A household at risk from the day the risk is found to its end, and what it stands as meanwhile."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from core.base.states import MoveRefused
from households.models import Household, HouseholdStatus, MonitoringCase
from households.models.monitoring import HOLDERS
from households.monitoring_times import removable_from
from households.services.monitoring.opening import likely_kind, open_monitoring
from households.services.monitoring.taking_in import take_in_registered
from households.services.monitoring.working import (
    add_measure,
    approve_removal,
    ask_removal,
    dismiss_risk,
    finish_measure,
    look_again,
    return_removal,
    verify_risk,
)
from households.states import STATES
from tests.factories.ground import a_user
from tests.factories.monitoring import (
    AID,
    FOUND,
    a_case_asked,
    a_case_found,
    a_case_helped,
    a_case_verified,
    a_risk,
)
from tests.factories.registry import a_household

LIFTED = date(2019, 12, 1)
LATER = FOUND + timedelta(days=92)


@pytest.fixture
def home(county) -> Household:
    home = a_household(county.lianhe, standing="lifted", registered_on=date(2014, 1, 1))
    HouseholdStatus.objects.create(household=home, standing="lifted", period=(LIFTED, None))
    return home


def stood(home):
    rows = HouseholdStatus.objects.filter(household=home).order_by("period")
    return [(row.standing, row.monitored_kind, row.period.lower, row.period.upper) for row in rows]


def test_a_case_goes_its_way_and_the_turn_goes_with_it(home, cast):
    case = a_case_asked(home, cast)
    done = approve_removal(case=case, note="同意", by=cast.county, on=LATER)
    assert (done.state, done.holder, done.ended_on) == ("removed", "", LATER)
    assert list(case.steps.order_by("pk").values_list("state", "holder")) == [
        ("found", "village"),
        ("verified", "township"),
        ("helped", "township"),
        ("asked", "county"),
        ("removed", ""),
    ]


def test_the_household_stands_as_monitored_from_the_visit_on_and_as_lifted_afterwards(home, cast):
    approve_removal(case=a_case_asked(home, cast), note="", by=cast.county, on=LATER)
    assert stood(home) == [
        ("lifted", "", LIFTED, FOUND),
        ("monitored", "unstable", FOUND, LATER),
        ("lifted", "", LATER, None),
    ]
    home.refresh_from_db()
    assert home.standing == "lifted"


def test_what_the_register_has_as_monitored_already_goes_on(county, cast):
    home = a_household(county.lianhe, standing="monitored")
    HouseholdStatus.objects.create(
        household=home, standing="monitored", monitored_kind="sudden", period=(LIFTED, None)
    )
    a_case_verified(home, cast)
    assert stood(home) == [("monitored", "unstable", LIFTED, None)]


def test_what_the_register_wrote_since_the_visit_is_kept(home, cast):
    HouseholdStatus.objects.filter(household=home).update(standing="registered", period=(LIFTED, FOUND))
    HouseholdStatus.objects.create(household=home, standing="lifted", period=(FOUND, None))
    approve_removal(case=a_case_asked(home, cast), note="", by=cast.county, on=LATER)
    assert [row[0] for row in stood(home)] == ["registered", "lifted", "monitored", "lifted"]


def test_a_household_without_any_status_is_monitored_and_lifted_afterwards(county, cast):
    home = a_household(county.lianhe)
    approve_removal(case=a_case_asked(home, cast), note="", by=cast.county, on=LATER)
    assert [row[0] for row in stood(home)] == ["monitored", "lifted"]


def test_the_village_verifies_within_its_days_and_measures_are_due_a_month_after_the_visit(home, cast):
    case = a_case_found(home, cast)
    assert (case.holder, case.due_on) == ("village", FOUND + timedelta(days=15))
    visited = FOUND + timedelta(days=3)
    case = verify_risk(
        case=case, finding="欠债", visited_on=visited, by=cast.doctor, on=visited + timedelta(days=1)
    )
    assert (case.holder, case.due_on) == ("township", visited + timedelta(days=30))


@pytest.mark.parametrize(
    ("verified", "first"),
    [(date(2026, 3, 2), date(2026, 5, 3)), (date(2026, 12, 31), date(2027, 3, 1))],
)
def test_a_household_is_watched_for_more_than_two_months(verified, first):
    assert removable_from(verified) == first


def test_the_removal_is_not_asked_for_before_the_months_of_watching_are_over(home, cast):
    case = a_case_helped(home, cast)
    with pytest.raises(ValidationError, match="2026-05-03"):
        ask_removal(case=case, grounds="已还清", by=cast.township, on=date(2026, 5, 2))
    assert ask_removal(case=case, grounds="已还清", by=cast.township, on=date(2026, 5, 3)).holder == "county"


def test_who_asked_does_not_decide(home, cast, county):
    case = a_case_helped(home, cast)
    case = ask_removal(case=case, grounds="已还清", by=cast.county, on=LATER)
    with pytest.raises(ValidationError):
        approve_removal(case=case, note="", by=cast.county, on=LATER)
    second = a_user("county_staff", county.county)
    assert approve_removal(case=case, note="", by=second, on=LATER).state == "removed"


def test_only_the_county_decides(home, cast):
    case = a_case_asked(home, cast)
    for user in (cast.township, cast.doctor, cast.auditor):
        with pytest.raises(PermissionDenied):
            approve_removal(case=case, note="", by=user, on=LATER)


def test_a_returned_removal_is_the_townships_again_and_says_what_is_missing(home, cast):
    case = return_removal(case=a_case_asked(home, cast), note="补充收入证明", by=cast.county, on=LATER)
    assert (case.state, case.holder, case.due_on) == ("helped", "township", LATER + timedelta(days=90))
    assert case.steps.latest("pk").note == "补充收入证明"


def test_a_risk_that_is_not_there_ends_with_its_finding_and_the_household_stands_as_before(home, cast):
    case = dismiss_risk(
        case=a_case_found(home, cast), finding="子女已付", visited_on=FOUND, by=cast.doctor, on=FOUND
    )
    assert (case.state, case.holder, case.finding) == ("dismissed", "", "子女已付")
    assert stood(home) == [("lifted", "", LIFTED, None)]


def test_a_household_has_one_open_case_and_a_relapse_names_the_one_before(home, cast):
    first = a_case_asked(home, cast)
    with pytest.raises(ValidationError):
        a_case_found(home, cast)
    approve_removal(case=first, note="", by=cast.county, on=LATER)
    again = open_monitoring(household=home, risk=a_risk(found_on=LATER), by=cast.township, on=LATER)
    assert again.relapse_of == first
    verify_risk(case=again, finding="又住院", visited_on=LATER, by=cast.township, on=LATER)
    assert [row[0] for row in stood(home)] == ["lifted", "monitored", "lifted", "monitored"]


def test_measures_come_after_the_visit(home, cast):
    case = a_case_found(home, cast)
    with pytest.raises(MoveRefused):
        add_measure(case=case, measure=AID, by=cast.township, on=FOUND)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"what": " "}, "what"),
        ({"who": ""}, "who"),
        ({"since": FOUND + timedelta(days=1)}, "since"),
        ({"until": FOUND - timedelta(days=1)}, "until"),
    ],
)
def test_a_measure_says_what_who_and_since_when(home, cast, wrong, field):
    case = a_case_verified(home, cast)
    with pytest.raises(ValidationError) as refused:
        add_measure(case=case, measure=replace(AID, **wrong), by=cast.township, on=FOUND)
    assert set(refused.value.message_dict) == {field}


def test_a_measure_ends_once_with_what_came_of_it(home, cast):
    measure = a_case_helped(home, cast).measures.get()
    done = finish_measure(measure=measure, outcome="已到账", by=cast.township, on=LATER)
    assert (done.done_on, done.outcome) == (LATER, "已到账")
    with pytest.raises(ValidationError):
        finish_measure(measure=measure, outcome="再办", by=cast.township, on=LATER)


def test_looking_again_puts_the_next_look_three_months_on(home, cast):
    case = a_case_helped(home, cast)
    on = FOUND + timedelta(days=80)
    look_again(case=case, note="病情稳定", by=cast.doctor, on=on)
    case.refresh_from_db()
    assert case.due_on == on + timedelta(days=90)


@pytest.mark.parametrize("found_on", [FOUND + timedelta(days=1), date(2013, 12, 31)])
def test_a_risk_is_not_found_tomorrow_nor_before_the_household_was_registered(home, cast, found_on):
    with pytest.raises(ValidationError) as refused:
        open_monitoring(household=home, risk=a_risk(found_on=found_on), by=cast.township, on=FOUND)
    assert set(refused.value.message_dict) == {"found_on"}


def test_nobody_is_monitored_who_has_left_the_register(county, cast):
    home = a_household(county.lianhe, left_on=FOUND, left_reason="moved")
    with pytest.raises(ValidationError):
        a_case_found(home, cast)


def test_auditors_and_clerks_open_nothing(home, cast):
    for user in (cast.auditor, cast.clerk):
        with pytest.raises(PermissionDenied):
            open_monitoring(household=home, risk=a_risk(), by=user, on=FOUND)


def test_leaving_the_register_ends_the_case_on_that_day(home, cast):
    case = a_case_helped(home, cast)
    Household.objects.filter(pk=home.pk).update(left_on=LATER, left_reason="moved")
    case.refresh_from_db()
    assert (case.state, case.holder, case.ended_on) == ("left", "", LATER)
    assert case.steps.latest("pk").state == "left"


def test_a_case_moves_with_its_household(home, cast, county):
    case = a_case_helped(home, cast)
    Household.objects.filter(pk=home.pk).update(village=county.qingshui)
    case.refresh_from_db()
    assert case.village == county.qingshui
    assert not MonitoringCase.objects.visible_to(cast.township).exists()


@pytest.mark.parametrize(
    ("standing", "kind"), [("lifted", "unstable"), ("removed", "marginal"), ("registered", "sudden")]
)
def test_the_kind_follows_from_where_the_household_stands(county, standing, kind):
    assert likely_kind(a_household(county.lianhe, standing=standing)) == kind


def test_what_the_register_has_is_taken_in_once_with_its_own_day(county, cast):
    home = a_household(county.lianhe, standing="monitored")
    HouseholdStatus.objects.create(
        household=home,
        standing="monitored",
        monitored_kind="marginal",
        risk="disability",
        period=(LIFTED, None),
    )
    villages = [county.lianhe.pk]
    assert [take_in_registered(villages=villages, by=cast.township, on=FOUND) for _ in range(2)] == [1, 0]
    case = MonitoringCase.objects.get()
    assert (case.state, case.holder, case.source, case.kind, case.risk) == (
        *("verified", "township", "register", "marginal", "disability"),
    )
    assert (case.found_on, case.verified_on, case.removable_from) == (LIFTED, LIFTED, date(2020, 2, 2))
    assert (case.turn_since, case.due_on, case.steps.count()) == (FOUND, FOUND, 1)


def test_the_database_knows_the_same_steps():
    triggers = {trigger.name: trigger for trigger in MonitoringCase._meta.triggers}
    steps = {(str(state), str(to)) for state, ways in STATES.transitions["monitoring"].items() for to in ways}
    assert set(triggers["monitoring_steps"].transitions) == steps


def test_every_state_has_its_holder_and_nobody_acts_where_nothing_follows():
    for state, ways in STATES.transitions["monitoring"].items():
        assert bool(HOLDERS[state]) == bool(ways)


def test_the_diagram_in_the_documents_is_the_table():
    assert STATES.diagram("monitoring") in Path("docs/states.md").read_text(encoding="utf-8")
