"""Answers as people type them and programs send them: taken where they are clear, refused in plain words."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from followups.protocols.library import protocol
from followups.protocols.validation import Cleaned, Context, clean

ON = date(2026, 11, 22)
BORN = date(1961, 3, 1)
ROUTINE: dict[str, Any] = {
    "visit_date": "2026-11-22", "visit_mode": "2", "next_date": "2027-02-20",
    "sbp": "138", "dbp": "86", "symptoms": ["1"], "adr": "1", "complications": "1",
}  # fmt: skip


def cleaned(code: str = "hypertension", **answers: Any) -> Cleaned:
    given = {name: value for name, value in (ROUTINE | answers).items() if value is not None}
    return clean(protocol(code, on=ON), given, context=Context(on=ON, birth_date=BORN))


def fault(result: Cleaned, field: str) -> str:
    return result.errors[field][0].code


def test_routine_visit_is_clean() -> None:
    result = cleaned()
    assert result.valid
    assert not result.warnings
    assert result.answers["visit_date"] == ON


@pytest.mark.parametrize(
    "typed", ["138", " 138 ", "１３８", "138mmHg", "138 ｍｍＨｇ", 138, 138.0, "138.0", Decimal(138)]
)
def test_a_whole_number_is_taken_however_it_is_typed(typed: Any) -> None:
    assert cleaned(sbp=typed).answers["sbp"] == 138


@pytest.mark.parametrize(
    "typed", ["62.5", "62,5", "６２．５", "62。5", "62.5kg", "62.50", 62.5, Decimal("62.5")]
)
def test_a_decimal_is_taken_however_it_is_typed(typed: Any) -> None:
    assert cleaned(weight=typed).answers["weight"] == Decimal("62.5")


@pytest.mark.parametrize("pair", ["138/86", "１３８／８６", "138 / 86"])
def test_a_pressure_pair_in_the_first_box_fills_both(pair: str) -> None:
    result = cleaned(sbp=pair, dbp=None)
    assert (result.answers["sbp"], result.answers["dbp"], result.valid) == (138, 86, True)


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("sbp", "abc", "not_a_number"), ("sbp", "1e3", "not_a_number"), ("sbp", "NaN", "not_a_number"),
        ("sbp", True, "not_a_number"), ("sbp", [138], "not_a_number"), ("sbp", {"a": 1}, "not_a_number"),
        ("sbp", "9" * 400, "not_a_number"), ("sbp", "138.5", "not_whole"), ("sbp", "49", "out_of_range"),
        ("sbp", "301", "out_of_range"), ("sbp", "-138", "out_of_range"), ("weight", "62.55", "too_many_digits"),
        ("adr", "3", "not_a_choice"), ("adr", ["1"], "not_a_choice"), ("symptoms", ["1", "2"], "exclusive"),
        ("symptoms", ["2", "99"], "not_a_choice"), ("visit_date", "2026-02-30", "not_a_date"),
        ("visit_date", "yesterday", "not_a_date"), ("visit_date", "2026-11-23", "in_future"),
        ("visit_date", "1961-02-28", "before_birth"), ("next_date", "2026-11-22", "not_after_visit"),
        ("notes", "字" * 501, "too_long"), ("notes", ["a"], "not_text"),
        ("medicines", "two pills", "medicine_line"), ("medicines", ["a"], "medicine_line"),
        ("death_date", "2026-12-01", "in_future"),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_refused_by_name(field: str, typed: Any, code: str) -> None:
    result = cleaned(**{field: typed})
    assert fault(result, field) == code
    problem = result.errors[field][0]
    assert all((problem.message.zh, problem.message.en, problem.remedy.zh, problem.remedy.en))


def test_refusal_names_the_field_the_limits_and_the_remedy() -> None:
    problem = cleaned(sbp="380").errors["sbp"][0]
    assert problem.message.zh == "高压（收缩压） 380 超出可填范围 50–300 mmHg"
    assert problem.remedy.zh == "请核对读数和单位后重新填写"


def test_an_unknown_field_is_refused() -> None:
    assert fault(cleaned(colour="red"), "colour") == "unknown_field"


@pytest.mark.parametrize("body", [None, [], "text", 5])
def test_answers_that_are_not_fields_are_refused(body: Any) -> None:
    result = clean(protocol("hypertension", on=ON), body, context=Context(on=ON))
    assert result.errors["__all__"][0].code == "not_an_object"


def test_the_lower_pressure_lies_below_the_upper() -> None:
    assert fault(cleaned(sbp="86", dbp="138"), "dbp") == "pressure_order"
    assert fault(cleaned(sbp="120", dbp="120"), "dbp") == "pressure_order"


def test_half_a_pressure_is_asked_to_be_completed() -> None:
    assert fault(cleaned(dbp=None), "dbp") == "pressure_half"
    assert fault(cleaned(sbp=None), "sbp") == "pressure_half"


def test_a_mistyped_pressure_is_not_also_called_missing() -> None:
    result = cleaned(sbp="13o")
    assert set(result.errors) == {"sbp"}


def test_a_face_to_face_visit_without_pressure_asks_why() -> None:
    assert fault(cleaned(sbp=None, dbp=None), "bp_not_measured") == "required"
    assert cleaned(sbp=None, dbp=None, bp_not_measured="1").valid


def test_a_phone_visit_needs_no_pressure() -> None:
    assert cleaned(sbp=None, dbp=None, visit_mode="3").valid


def test_missing_fasting_glucose_asks_why() -> None:
    assert fault(cleaned("type2_diabetes"), "fpg_not_measured") == "required"
    assert cleaned("type2_diabetes", fpg="6.2").valid


def test_other_symptoms_and_reactions_need_words() -> None:
    assert fault(cleaned(symptoms=["2", "10"]), "symptoms_other") == "required"
    assert fault(cleaned(adr="2"), "adr_text") == "required"
    assert cleaned(adr="2", adr_text="干咳").valid


def test_words_of_a_question_that_no_longer_stands_are_left_out() -> None:
    assert "adr_text" not in cleaned(adr="1", adr_text="干咳").answers


def test_weak_foot_pulse_needs_its_side() -> None:
    assert fault(cleaned("type2_diabetes", fpg="6", foot_pulse="2"), "foot_pulse_side") == "required"
    assert cleaned("type2_diabetes", fpg="6", foot_pulse="2", foot_pulse_side="1").valid


def test_hba1c_needs_its_date() -> None:
    assert fault(cleaned("type2_diabetes", fpg="6", hba1c="7.1"), "hba1c_date") == "required"


def test_body_mass_index_is_computed_for_now_and_for_the_target() -> None:
    answers = cleaned(height="165", weight="62.5", weight_target="60", bmi="99").answers
    assert (answers["bmi"], answers["bmi_target"]) == (Decimal("23.0"), Decimal("22.0"))


def test_options_keep_the_order_of_the_form_and_stand_once() -> None:
    assert cleaned(symptoms="9, 2、2").answers["symptoms"] == ("2", "9")


@pytest.mark.parametrize(
    "typed", ["2026-11-20", "2026/11/20", "2026.11.20", "20261120", "2026年11月20日", "２０２６-１１-２０"]
)
def test_dates_are_taken_in_every_usual_shape(typed: str) -> None:
    assert cleaned(visit_date=typed).answers["visit_date"] == date(2026, 11, 20)


def test_medicine_lines_are_kept_and_empty_ones_dropped() -> None:
    line = {"name": " 氨氯地平 ", "times": "１", "amount": "2.5", "unit": "1"}
    result = cleaned(medicines=[{"name": "", "times": "", "amount": "", "unit": "1"}, line])
    assert result.answers["medicines"] == (
        {"name": "氨氯地平", "times": 1, "amount": Decimal("2.5"), "unit": "1"},
    )
    assert result.as_json()["medicines"][0]["amount"] == 2.5


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ({"name": "氨氯地平", "times": "1", "amount": "5", "unit": ""}, "缺单位"),
        ({"name": "", "times": "1", "amount": "5", "unit": "1"}, "缺药名"),
        ({"name": "氨氯地平", "times": "三", "amount": "5", "unit": "1"}, "每日次数“三”不对"),
        ({"name": "氨氯地平", "times": "1", "amount": "0", "unit": "1"}, "每次用量“0”不对"),
    ],
)
def test_an_incomplete_medicine_line_is_named(line: dict[str, str], what: str) -> None:
    message = cleaned(medicines=[line]).errors["medicines"][0].message.zh
    assert message == f"用药情况第 1 行：{what}"


def test_a_lost_person_needs_no_readings() -> None:
    given = {"visit_date": "2026-11-22", "lost_reason": "1"}
    result = clean(protocol("hypertension", on=ON), given, context=Context(on=ON, birth_date=BORN))
    assert result.valid
    assert result.absent


def test_lost_for_another_reason_needs_words() -> None:
    given = {"visit_date": "2026-11-22", "lost_reason": "5"}
    result = clean(protocol("hypertension", on=ON), given, context=Context(on=ON, birth_date=BORN))
    assert fault(result, "lost_note") == "required"


def test_a_death_needs_its_date_and_cause() -> None:
    given = {"visit_date": "2026-11-22", "death_date": "2026-11-01"}
    result = clean(protocol("hypertension", on=ON), given, context=Context(on=ON, birth_date=BORN))
    assert fault(result, "death_cause") == "required"


@pytest.mark.parametrize(
    ("answers", "field", "code"),
    [
        ({"sbp": "230"}, "sbp", "unusual"),
        ({"visit_date": "2026-11-01"}, "visit_date", "late_entry"),
        ({"symptoms": ["2"]}, "danger_signs", "check_danger"),
    ],
)
def test_a_rare_answer_only_asks_to_look_again(answers: dict[str, Any], field: str, code: str) -> None:
    result = cleaned(**answers)
    assert result.valid
    assert [problem.code for problem in result.warnings[field]] == [code]


def test_a_person_too_young_for_the_form_is_pointed_out() -> None:
    result = clean(
        protocol("hypertension", on=ON), ROUTINE, context=Context(on=ON, birth_date=date(1991, 11, 23))
    )
    assert [problem.code for problem in result.warnings["visit_date"]] == ["too_young"]


def test_control_characters_never_reach_the_record() -> None:
    assert cleaned(notes="一\x00二\u202e三").answers["notes"] == "一二三"


def test_answers_as_json_are_plain_and_come_back_the_same() -> None:
    first = cleaned(
        weight="62.5", height="165", medicines=[{"name": "a", "times": 1, "amount": 2, "unit": "3"}]
    )
    again = clean(protocol("hypertension", on=ON), first.as_json(), context=Context(on=ON, birth_date=BORN))
    assert again.answers == first.answers
