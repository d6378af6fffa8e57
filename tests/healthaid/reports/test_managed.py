"""Managed by the norm: four face to face in the year, the exam, the right interval; and honest shares."""

from datetime import date, timedelta

import pytest

from followups.protocols.assessment import assess
from followups.protocols.library import protocol
from healthaid.reports.indicators import INDICATORS, NOTHING, Figure, Light, Slice, light
from healthaid.reports.presenters.figures import shown
from healthaid.reports.presenters.links import Links
from healthaid.reports.queries.figures import figures
from healthaid.reports.queries.lists import rows
from tests.factories.facts import a_visit_to, an_exam_of
from tests.factories.registry import a_condition, a_household, a_person

YEAR_END = date(2026, 12, 31)
BORN = date(1970, 1, 1)
GOOD, HIGH = (128, 78), (152, 94)
QUARTERS = (date(2026, 2, 10), date(2026, 5, 8), date(2026, 8, 4), date(2026, 11, 2))


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe), birth_date=BORN)


@pytest.fixture
def patient(person):
    a_condition(person, confirmed_on=date(2024, 3, 1))
    an_exam_of(person, date(2026, 4, 2))
    return person


@pytest.fixture
def managed(county):
    def figure(on: date = YEAR_END, code: str = "managed_hypertension", *, sensitive: bool = True) -> Figure:
        cut = Slice((county.lianhe.pk,), on, date(2026, 10, 1), False, sensitive)
        return figures(cut, [INDICATORS[code]]).get(county.lianhe.pk, {}).get(code, NOTHING)

    return figure


@pytest.fixture
def visit(cast):
    """A visit for hypertension with the assessment that the product gives it."""

    def made(person, on: date, reading: tuple[int, int] = GOOD, **more):
        sbp, dbp = reading
        answers = {"sbp": sbp, "dbp": dbp, "symptoms": ["1"], "adr": "1", "complications": "1"}
        judged = assess(protocol("hypertension", on=on), answers, on=on, birth_date=BORN)
        return a_visit_to(
            person, cast.doctor, on, sbp=sbp, dbp=dbp, answers=answers, assessment=judged.as_json(),
            visit_class=judged.cls, is_controlled=judged.controlled, **more,
        )  # fmt: skip

    return made


def test_defect_9_four_face_to_face_and_the_exam_are_managed(patient, visit, managed):
    for day in QUARTERS:
        visit(patient, day)
    assert managed() == Figure(1, 1)


def test_defect_9_three_in_the_year_are_not_enough(patient, visit, managed):
    for day in QUARTERS[:3]:
        visit(patient, day)
    assert managed() == Figure(0, 1)


def test_defect_9_a_fourth_visit_by_phone_does_not_count(patient, visit, managed):
    for day in QUARTERS[:3]:
        visit(patient, day)
    visit(patient, QUARTERS[3], mode="3")
    assert managed() == Figure(0, 1)


def test_defect_9_visits_of_the_last_six_months_do_not_make_up_for_the_first_half(patient, visit, managed):
    visit(patient, date(2025, 12, 20))
    for day in (date(2026, 7, 3), date(2026, 9, 1), date(2026, 11, 2)):
        visit(patient, day)
    assert managed() == Figure(0, 1)


def test_defect_9_without_an_exam_in_twelve_months_it_is_not_managed(person, visit, managed):
    a_condition(person, confirmed_on=date(2024, 3, 1))
    an_exam_of(person, date(2025, 12, 31))
    for day in QUARTERS:
        visit(person, day)
    assert managed() == Figure(0, 1)
    assert managed(YEAR_END - timedelta(1)) == Figure(1, 1)


@pytest.mark.parametrize(("days", "counted"), [(14, 1), (15, 0)])
def test_defect_9_after_a_bad_reading_the_next_visit_is_due_in_two_weeks(
    patient, visit, managed, days, counted
):
    visit(patient, QUARTERS[0], HIGH)
    visit(patient, QUARTERS[0] + timedelta(days=days))
    for day in QUARTERS[1:]:
        visit(patient, day)
    assert managed() == Figure(counted, 1)


def test_defect_9_a_bad_reading_without_a_return_visit_is_late_from_the_day_after(patient, visit, managed):
    for day in QUARTERS[:3]:
        visit(patient, day)
    visit(patient, QUARTERS[3], HIGH)
    due = QUARTERS[3] + timedelta(days=14)
    assert managed(due) == Figure(1, 1)
    assert managed(due + timedelta(days=1)) == Figure(0, 1)


def test_defect_9_counts_the_quarters_that_have_ended(patient, visit, managed):
    visit(patient, QUARTERS[0])
    assert managed(date(2026, 3, 30)) == NOTHING
    assert managed(date(2026, 4, 2)) == Figure(1, 1)
    assert managed(date(2026, 6, 29)) == Figure(1, 1)
    assert managed(date(2026, 6, 30)) == Figure(0, 1)


def test_defect_9_someone_found_in_july_owes_two_visits_by_the_years_end(person, visit, managed):
    a_condition(person, confirmed_on=date(2026, 7, 20))
    an_exam_of(person, date(2026, 8, 1))
    visit(person, date(2026, 8, 4))
    assert managed() == Figure(0, 1)
    visit(person, date(2026, 11, 2))
    assert managed() == Figure(1, 1)


def test_the_list_says_what_is_missing(county, patient, visit):
    visit(patient, QUARTERS[0], HIGH)
    cut = Slice((county.lianhe.pk,), YEAR_END, date(2026, 10, 1), False, True)
    indicator = INDICATORS["managed_hypertension"]
    (row,) = rows(cut, indicator, indicator.sides[2])
    assert (row["seen"], row["owed"], row["is_examined"], row["is_late"]) == (1, 4, True, True)


def test_defect_8_nothing_out_of_nothing_is_not_available(managed):
    assert managed() == NOTHING
    assert managed().share is None
    text = shown("managed_hypertension", {}, Links(1, YEAR_END), YEAR_END)
    assert "100" not in str(text.value)
    assert light(INDICATORS["managed_hypertension"], NOTHING, YEAR_END) == Light.QUIET


def test_defect_8_more_than_everyone_is_flagged_and_never_cut_to_a_hundred():
    over = Figure(12, 10)
    assert over.is_over
    assert over.share == 120
    assert light(INDICATORS["managed_hypertension"], over, YEAR_END) == Light.QUIET


def test_stable_is_class_3_of_its_own_form_and_only_for_health_staff(person, cast, managed):
    a_condition(person, "severe_mental_disorder", confirmed_on=date(2024, 3, 1))
    form = "severe_mental_disorder"
    more = {"protocol": form, "edition": "2018", "is_sensitive": True}
    a_visit_to(person, cast.doctor, QUARTERS[0], visit_class="1", is_controlled=False, **more)
    assert managed(code="mental_stable") == Figure(0, 1)
    a_visit_to(person, cast.doctor, QUARTERS[3], visit_class="3", is_controlled=True, **more)
    assert managed(code="mental_stable") == Figure(1, 1)
    assert managed(code="mental_stable", sensitive=False) == NOTHING


def test_regular_treatments_are_counted_out_of_the_finished_ones(person, cast, managed):
    more = {"protocol": "tuberculosis_closing", "is_sensitive": True}
    for number, (reason, cls) in enumerate((("1", "a"), ("1", "b"), ("3", "c"))):
        day = QUARTERS[3] + timedelta(days=number)
        a_visit_to(person, cast.doctor, day, visit_class=cls, answers={"stop_reason": reason}, **more)
    assert managed(code="tuberculosis_regular") == Figure(1, 2)
    assert managed(code="tuberculosis_regular", sensitive=False) == NOTHING


def test_who_refuses_to_be_managed_for_a_mental_disorder_stays_in_the_denominator(person, managed):
    a_condition(person, "severe_mental_disorder", is_managed=False)
    assert managed(code="mental_stable") == Figure(0, 1)
    assert managed(code="managed_mental").part == 0
