"""Defects seen in running follow-up software, one test each: ours must not have them."""

from datetime import date
from typing import Any

import pytest

from followups.protocols.assessment import Assessment, PastVisit, assess
from followups.protocols.library import protocol

ON = date(2026, 11, 22)
BORN = date(1976, 3, 1)
CALM = {"symptoms": ["1"], "adr": "1", "complications": "1"}


def pressure(sbp: Any, dbp: Any, *history: PastVisit, on: date = ON) -> Assessment:
    answers = CALM | {"sbp": sbp, "dbp": dbp}
    return assess(protocol("hypertension", on=on), answers, history, on=on, birth_date=BORN)


def glucose(fpg: Any, *history: PastVisit) -> Assessment:
    return assess(protocol("type2_diabetes", on=ON), CALM | {"fpg": fpg}, history, on=ON, birth_date=BORN)


@pytest.mark.parametrize(("sbp", "dbp"), [(150, 80), (130, 95)])
def test_defect_1_one_pressure_out_of_two_is_enough(sbp: int, dbp: int) -> None:
    assert pressure(sbp, dbp).cls == "2"


@pytest.mark.parametrize(("fpg", "controlled"), [("6.9", True), ("7.0", False), ("7.9", False), (7, False)])
def test_defect_2_seven_is_not_controlled_anywhere_and_nothing_is_cut_off(fpg: Any, controlled: bool) -> None:
    outcome = glucose(fpg)
    assert outcome.controlled is controlled
    assert (outcome.cls == "1") is controlled


@pytest.mark.parametrize("nothing", [None, "", 0])
def test_defect_3_missing_glucose_is_not_satisfied(nothing: Any) -> None:
    outcome = glucose(nothing)
    assert outcome.cls != "1"
    assert outcome.controlled is not True


def test_defect_3_missing_glucose_is_not_assessable() -> None:
    assert not glucose(None).assessable
    assert [reason.code for reason in glucose(None).reasons] == ["missing.fpg"]


def test_defect_4_emergency_comes_before_an_earlier_referral() -> None:
    referred = [PastVisit(date(2026, 11, day), CALM | {"sbp": 170, "dbp": 95}) for day in (1, 8)]
    outcome = pressure(200, 95, *referred)
    assert (outcome.urgent, outcome.action, outcome.next_due_days) == (True, "emergency", 14)


@pytest.mark.parametrize(("fpg", "urgent"), [("3.9", True), ("4.0", False)])
def test_defect_5_low_glucose_is_an_emergency(fpg: str, urgent: bool) -> None:
    assert glucose(fpg).urgent is urgent


def test_defect_6_second_uncontrolled_visit_refers_and_returns_in_two_weeks() -> None:
    outcome = pressure(150, 85, PastVisit(date(2026, 11, 8), CALM | {"sbp": 151, "dbp": 85}))
    assert (outcome.referral, outcome.next_due_days) == (True, 14)


@pytest.mark.parametrize(
    ("on", "by"), [(date(2026, 11, 30), date(2027, 2, 28)), (date(2027, 11, 30), date(2028, 2, 29))]
)
def test_defect_7_three_months_end_with_february_and_are_a_window(on: date, by: date) -> None:
    outcome = pressure(120, 80, on=on)
    assert outcome.next_due_by == by
    assert outcome.next_due_from is not None
    assert on < outcome.next_due_from < by
