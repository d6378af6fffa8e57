"""What each indicator counts, on both sides of each of its rules."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.conf import settings

from core.base.periods import age_on
from followups.models import Duty
from followups.protocols.assessment import assess
from followups.protocols.library import protocol
from followups.queries.duties import overdue
from healthaid.reports.documents.definitions import indicator_page
from healthaid.reports.indicators import INDICATORS, NOTHING, Figure, Light, Slice, light
from healthaid.reports.queries.figures import figures
from tests.factories.facts import (
    ON,
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

QUARTER = date(2026, 7, 1)


@pytest.fixture
def home(county):
    return a_household(county.lianhe)


@pytest.fixture
def person(home):
    return a_person(home)


@pytest.fixture
def seen(county):
    """`seen("insured")` is the figure of the village as a health officer sees it on the day."""

    def figure(code: str, *, on: date = ON, since: date = QUARTER, today: date = ON, sensitive: bool = True):
        cut = Slice((county.lianhe.pk,), on, since, on < today, sensitive)
        return figures(cut, [INDICATORS[code]]).get(county.lianhe.pk, {}).get(code, NOTHING)

    return figure


class TestResidents:
    def test_nobody_is_nothing(self, seen):
        assert seen("residents") == NOTHING
        assert seen("insured").share is None

    def test_someone_who_died_counts_until_the_day_before(self, home, seen):
        a_person(home, left_on=ON, left_reason="died")
        assert seen("residents").whole == 0
        assert seen("residents", on=ON - timedelta(1), today=ON).whole == 1

    def test_a_household_that_left_takes_its_members_out(self, county, seen):
        a_person(a_household(county.lianhe, left_on=ON, left_reason="moved"))
        assert seen("residents").whole == seen("households").whole == 0
        assert seen("households", on=ON - timedelta(1), today=ON).whole == 1

    def test_a_removed_household_is_not_counted(self, county, seen):
        a_person(a_household(county.lianhe, standing="removed"))
        assert seen("residents").whole == seen("households").whole == 0

    def test_lifted_households_stay_and_are_told_apart(self, county, seen):
        a_household(county.lianhe, standing="lifted")
        a_household(county.lianhe, main_cause="illness")
        assert seen("lifted") == seen("ill_caused") == Figure(1, 2)


class TestInsured:
    def test_enrolled_for_the_year(self, person, seen):
        an_enrolment_of(person)
        assert seen("insured") == Figure(1, 1)

    def test_last_year_does_not_count(self, person, seen):
        an_enrolment_of(person, 2025)
        assert seen("insured") == Figure(0, 1)

    def test_employee_insurance_counts_once_beside_the_basic_one(self, person, seen):
        an_enrolment_of(person)
        an_enrolment_of(person, scheme="employee")
        assert seen("insured") == Figure(1, 1)

    def test_supplementary_insurance_alone_does_not(self, person, seen):
        an_enrolment_of(person, scheme="supplementary")
        assert seen("insured") == Figure(0, 1)

    def test_a_row_that_says_why_not_is_no_enrolment(self, person, seen):
        an_enrolment_of(person, is_enrolled=False, why_not="在外参保")
        assert seen("insured") == Figure(0, 1)

    def test_a_premium_paid_later_does_not_count_yet(self, person, seen):
        an_enrolment_of(person, paid_on=ON + timedelta(1))
        assert seen("insured") == Figure(0, 1)
        assert seen("insured", on=ON + timedelta(1)) == Figure(1, 1)


class TestContracted:
    @pytest.fixture
    def team(self, county):
        return a_team_for(county.lianhe)

    def test_in_force_from_the_first_to_the_last_day(self, person, team, cast, seen):
        a_contract_of(person, team, cast.township, first=ON, past=ON + timedelta(365))
        assert seen("contracted") == Figure(1, 1)
        assert seen("contracted", on=ON - timedelta(1), today=ON) == Figure(0, 1)
        assert seen("contracted", on=ON + timedelta(364)) == Figure(1, 1)
        assert seen("contracted", on=ON + timedelta(365)) == Figure(0, 1)

    def test_a_draft_is_no_contract(self, person, team, cast, seen):
        a_contract_of(person, team, cast.township, state="draft")
        assert seen("contracted") == Figure(0, 1)

    def test_with_and_without_those_away(self, home, person, cast, seen):
        an_attempt_at(a_duty_of(home, ON, person), ON - timedelta(30), cast.doctor)
        a_person(home, name="李四", relation="10")
        assert seen("contracted").whole == 2
        assert seen("contracted_present").whole == 1

    def test_who_was_met_again_is_not_away(self, home, person, cast, seen):
        an_attempt_at(a_duty_of(home, ON, person), ON - timedelta(30), cast.doctor)
        a_visit_to(person, cast.doctor, ON - timedelta(2))
        assert seen("contracted_present").whole == 1

    def test_a_phone_call_does_not_bring_somebody_back(self, home, person, cast, seen):
        an_attempt_at(a_duty_of(home, ON, person), ON - timedelta(30), cast.doctor)
        a_visit_to(person, cast.doctor, ON - timedelta(2), mode="3")
        assert seen("contracted_present").whole == 0

    @pytest.mark.parametrize(("days", "present"), [(182, 0), (183, 1)])
    def test_away_ends_after_half_a_year(self, home, person, cast, seen, days, present):
        an_attempt_at(a_duty_of(home, ON, person), ON - timedelta(days), cast.doctor)
        assert seen("contracted_present").whole == present

    def test_nobody_at_home_today_is_not_away(self, home, person, cast, seen):
        an_attempt_at(a_duty_of(home, ON, person), ON - timedelta(1), cast.doctor, reason="6")
        assert seen("contracted_present").whole == 1


class TestCircle:
    @pytest.mark.parametrize(("minutes", "inside"), [(15, 1), (16, 0)])
    def test_fifteen_minutes_is_inside(self, county, person, seen, minutes, inside):
        a_circle_of(county.lianhe, minutes)
        assert seen("circle") == Figure(inside, 1)
        assert seen("unmeasured").whole == 0

    def test_an_unmeasured_village_is_outside_and_said_to_be_unmeasured(self, person, seen):
        assert seen("circle") == Figure(0, 1)
        assert seen("unmeasured").whole == 1


class TestVisitsOwed:
    def test_due_today_counts_and_due_tomorrow_does_not(self, home, seen):
        a_duty_of(home, ON)
        a_duty_of(home, ON + timedelta(1))
        assert seen("visits_done") == Figure(0, 1)

    def test_the_quarter_opens_the_period(self, home, seen):
        a_duty_of(home, QUARTER)
        a_duty_of(home, QUARTER - timedelta(1))
        assert seen("visits_done").whole == 1

    def test_done_counts_and_not_found_does_not(self, home, person, cast, seen):
        a_done_duty(a_visit_to(person, cast.doctor, ON), ON)
        a_duty_of(home, ON, person, state="not_found", closed_on=ON)
        assert seen("visits_done") == Figure(1, 2)

    def test_a_cancelled_visit_is_not_owed(self, home, seen):
        a_duty_of(home, ON, state="cancelled", closed_on=ON)
        assert seen("visits_done").whole == 0

    def test_overdue_begins_the_day_after_the_last_day(self, home, seen):
        a_duty_of(home, ON)
        assert seen("visits_overdue") == Figure(0, 1)
        assert seen("visits_overdue", on=ON + timedelta(1)) == Figure(1, 1)

    def test_overdue_of_an_earlier_quarter_stays(self, home, seen):
        a_duty_of(home, date(2025, 11, 2))
        assert seen("visits_overdue") == Figure(1, 1)
        assert seen("visits_done").whole == 0

    def test_a_window_not_yet_open_is_neither(self, home, seen):
        a_duty_of(home, ON + timedelta(9), starts=ON + timedelta(1))
        assert seen("visits_overdue").whole == 0

    def test_looking_back_what_was_done_later_was_overdue_then(self, person, cast, seen):
        a_done_duty(a_visit_to(person, cast.doctor, ON), date(2026, 7, 3))
        assert seen("visits_overdue") == Figure(0, 0)
        assert seen("visits_overdue", on=date(2026, 7, 20), today=ON) == Figure(1, 1)
        assert seen("visits_done", on=date(2026, 7, 20), today=ON) == Figure(0, 1)

    def test_a_sensitive_duty_is_for_health_staff(self, home, person, seen):
        a_duty_of(home, ON, person, is_sensitive=True)
        assert seen("visits_done").whole == 1
        assert seen("visits_done", sensitive=False).whole == 0


class TestFaceToFace:
    def test_home_and_clinic_count_and_the_phone_does_not(self, person, cast, seen):
        a_condition(person)
        a_visit_to(person, cast.doctor, ON, mode="3")
        assert seen("seen_hypertension") == Figure(0, 1)
        a_visit_to(person, cast.doctor, ON, mode="1")
        assert seen("seen_hypertension") == Figure(1, 1)
        assert seen("face_to_face") == Figure(1, 2)

    def test_a_visit_before_the_quarter_does_not(self, person, cast, seen):
        a_condition(person)
        a_visit_to(person, cast.doctor, QUARTER - timedelta(1))
        assert seen("seen_hypertension") == Figure(0, 1)

    def test_the_other_form_does_not(self, person, cast, seen):
        a_condition(person)
        a_visit_to(person, cast.doctor, ON, protocol="type2_diabetes")
        assert seen("seen_hypertension") == Figure(0, 1)
        assert seen("seen_diabetes") == NOTHING

    def test_a_row_that_says_lost_is_no_visit(self, person, cast, seen):
        a_condition(person)
        a_visit_to(person, cast.doctor, ON, is_assessable=False, answers={"lost_reason": "1"})
        assert seen("seen_hypertension") == Figure(0, 1)
        assert seen("face_to_face") == NOTHING

    def test_an_amended_version_replaces_the_first(self, person, cast, seen):
        first = a_visit_to(person, cast.doctor, ON)
        type(first).objects.filter(pk=first.pk).update(is_current=False)
        a_visit_to(person, cast.doctor, ON, supersedes=first)
        assert seen("face_to_face") == Figure(1, 1)


def pressure(on: date, born: date, systolic: int, diastolic: int) -> dict[str, object]:
    """What recording a visit keeps beside its answers."""
    answers = {"sbp": systolic, "dbp": diastolic, "symptoms": ["1"]}
    judged = assess(protocol("hypertension", on=on), answers, on=on, birth_date=born)
    return {"sbp": systolic, "dbp": diastolic, "is_controlled": judged.controlled}


class TestPressure:
    @pytest.mark.parametrize(
        ("systolic", "diastolic", "controlled"), [(139, 89, 1), (140, 89, 0), (139, 90, 0)]
    )
    def test_both_values_below_the_limit(self, home, cast, seen, systolic, diastolic, controlled):
        born = date(1980, 1, 1)
        person = a_person(home, birth_date=born)
        a_condition(person)
        a_visit_to(person, cast.doctor, ON, **pressure(ON, born, systolic, diastolic))
        assert seen("bp_controlled") == Figure(controlled, 1)

    @pytest.mark.parametrize(("born", "controlled"), [(date(1961, 8, 15), 1), (date(1961, 8, 16), 0)])
    def test_the_limit_of_the_old_begins_on_the_sixty_fifth_birthday(
        self, home, cast, seen, born, controlled
    ):
        assert age_on(born, ON) == (65 if controlled else 64)
        person = a_person(home, birth_date=born)
        a_condition(person)
        a_visit_to(person, cast.doctor, ON, **pressure(ON, born, 149, 89))
        assert seen("bp_controlled") == Figure(controlled, 1)

    def test_no_visit_this_year_is_not_controlled(self, person, cast, seen):
        a_condition(person)
        a_visit_to(person, cast.doctor, date(2025, 12, 31), is_controlled=True, sbp=120, dbp=80)
        assert seen("bp_controlled") == Figure(0, 1)

    def test_the_last_visit_decides_even_without_a_reading(self, person, cast, seen):
        a_condition(person)
        a_visit_to(person, cast.doctor, ON - timedelta(9), is_controlled=True, sbp=120, dbp=80)
        assert seen("bp_controlled") == Figure(1, 1)
        a_visit_to(person, cast.doctor, ON, mode="3", is_assessable=False)
        assert seen("bp_controlled") == Figure(0, 1)

    def test_only_managed_and_unended_conditions_are_counted(self, home, seen):
        a_condition(a_person(home), is_managed=False)
        a_condition(a_person(home, name="李四", relation="10"), ended_on=ON)
        a_condition(a_person(home, name="王五", relation="20"), confirmed_on=ON + timedelta(1))
        assert seen("bp_controlled").whole == 0


class TestGlucose:
    @pytest.mark.parametrize(("glucose", "controlled"), [("6.9", 1), ("7.0", 0), (None, 0)])
    def test_below_seven(self, person, cast, seen, glucose, controlled):
        a_condition(person, "type2_diabetes")
        answers = {"fpg": glucose} if glucose else {}
        judged = assess(protocol("type2_diabetes", on=ON), answers, on=ON, birth_date=person.birth_date)
        a_visit_to(
            person, cast.doctor, ON, protocol="type2_diabetes", fpg=glucose, is_controlled=judged.controlled
        )
        assert seen("glucose_controlled") == Figure(controlled, 1)


class TestNeeds:
    def test_overdue_begins_the_day_after(self, person, cast, seen):
        a_need_of(person, cast.doctor, due_on=ON)
        assert seen("needs_open").whole == 1
        assert seen("needs_overdue") == Figure(0, 1)
        assert seen("needs_overdue", on=ON + timedelta(1)) == Figure(1, 1)

    def test_met_out_of_those_closed_in_the_period(self, person, cast, seen):
        a_need_of(person, cast.doctor, state="met", closed_on=ON, outcome="已送药")
        a_need_of(person, cast.doctor, state="unmet", closed_on=ON, outcome="费用过高")
        a_need_of(
            person,
            cast.doctor,
            raised_on=date(2026, 6, 1),
            state="met",
            closed_on=QUARTER - timedelta(1),
            outcome="x",
        )
        assert seen("needs_met") == Figure(1, 2)
        assert seen("needs_open").whole == 0

    def test_looking_back_a_need_closed_later_was_open(self, person, cast, seen):
        a_need_of(person, cast.doctor, state="met", closed_on=ON, outcome="已送药")
        assert seen("needs_open", on=ON - timedelta(1), today=ON).whole == 1


class TestHealth:
    def test_examined_this_year_by_the_day(self, home, person, seen):
        an_exam_of(person, ON)
        an_exam_of(a_person(home, name="李四", relation="10"), ON + timedelta(1))
        an_exam_of(a_person(home, name="王五", relation="20"), date(2025, 12, 31))
        assert seen("examined") == Figure(1, 3)

    def test_ill_with_two_diseases_is_one_person(self, home, person, seen):
        a_person(home, name="李四", relation="10")
        a_condition(person)
        a_condition(person, "type2_diabetes")
        assert seen("ill") == Figure(1, 2)

    def test_an_illness_only_health_staff_may_know_is_not_counted_for_others(self, person, seen):
        a_condition(person, "severe_mental_disorder")
        assert seen("ill") == Figure(1, 1)
        assert seen("ill", sensitive=False) == Figure(0, 1)
        assert seen("mental_signed") == Figure(0, 1)
        assert seen("mental_signed", sensitive=False) == NOTHING


class TestShares:
    @pytest.mark.parametrize(
        ("part", "whole", "share"),
        [
            (0, 0, None),
            (0, 9, "0.0"),
            (9, 9, "100.0"),
            (3583, 3584, "99.9"),
            (1, 3584, "0.1"),
            (2, 3, "66.7"),
        ],
    )
    def test_all_and_nothing_are_said_only_of_all_and_nothing(self, part, whole, share):
        assert Figure(part, whole).share == (None if share is None else Decimal(share))

    def test_a_sum_is_a_ratio_of_sums_and_not_a_mean_of_ratios(self):
        assert (Figure(1, 1) + Figure(0, 9)).share == 10

    def test_more_than_everyone_is_flagged_and_not_judged(self):
        assert Figure(11, 10).is_over
        assert light(INDICATORS["insured"], Figure(11, 10), ON) == Light.QUIET


class TestLights:
    @pytest.mark.parametrize(
        ("code", "part", "tone"),
        [
            ("insured", 990, "good"),
            ("insured", 989, "warn"),
            ("insured", 950, "warn"),
            ("insured", 949, "bad"),
            ("visits_overdue", 0, "good"),
            ("visits_overdue", 100, "warn"),
            ("visits_overdue", 101, "bad"),
            ("ill", 500, "quiet"),
        ],
    )
    def test_the_target_and_the_margin_belong_to_the_better_side(self, code, part, tone):
        assert light(INDICATORS[code], Figure(part, 1000), ON) == tone

    def test_nobody_to_count_is_not_judged(self):
        assert light(INDICATORS["insured"], NOTHING, ON) == Light.QUIET

    @pytest.mark.parametrize(
        ("on", "tone"), [(date(2026, 7, 1), "good"), (date(2026, 8, 15), "good"), (date(2026, 9, 30), "bad")]
    )
    def test_a_target_for_the_quarters_end_grows_with_the_days_gone(self, on, tone):
        assert light(INDICATORS["seen_hypertension"], Figure(50, 100), on) == tone


def test_overdue_is_what_followups_says(home, person, seen):
    for days in (-1, 0, 1, 40):
        a_duty_of(home, ON - timedelta(days), person)
    assert seen("visits_overdue").part == Duty.objects.filter(overdue(ON)).count() == 2


def test_the_page_of_definitions_is_up_to_date():
    assert (settings.BASE_DIR / "docs" / "indicators.md").read_text() == indicator_page()


class TestContracts:
    def test_served_is_met_within_ninety_days(self, person, seen, county, cast):
        a_contract_of(person, a_team_for(county.lianhe), cast.county)
        assert seen("served") == Figure(0, 1)
        a_visit_to(person, cast.doctor, ON - timedelta(days=90))
        assert seen("served") == Figure(0, 1)
        a_visit_to(person, cast.doctor, ON - timedelta(days=89))
        assert seen("served") == Figure(1, 1)

    def test_an_item_is_kept_when_as_much_was_done_as_was_due(self, person, seen, county, cast):
        promised = {"follow_up": 4, "care_plan": 0}
        a_contract_of(person, a_team_for(county.lianhe), cast.county, promised=promised)
        due = 4 * ((ON - date(2026, 1, 1)).days + 1) // 365
        for number in range(due):
            assert seen("promises_kept") == Figure(0, 1)
            a_visit_to(person, cast.doctor, ON - timedelta(days=30 * (number + 1)))
        assert seen("promises_kept") == Figure(1, 1)

    def test_satisfied_is_out_of_those_who_gave_a_mark(self, person, seen, cast):
        for mark in (None, 3, 4, 5):
            a_visit_to(person, cast.doctor, ON - timedelta(days=2), satisfaction=mark)
        assert seen("satisfied") == Figure(2, 3)
