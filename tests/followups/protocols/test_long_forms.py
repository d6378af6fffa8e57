"""The long forms: scores and their classes, blocks by age and sex, tables of rows, findings, the archive number."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from followups.protocols.findings import abnormal
from followups.protocols.json_schema import json_schema
from followups.protocols.library import editions, protocol
from followups.protocols.schema import Field, Protocol
from followups.protocols.validation import Cleaned, Context, clean

ON = date(2026, 11, 22)
OLD, YOUNG = date(1950, 3, 1), date(1980, 3, 1)
EXAM = protocol("annual_exam", on=ON)
RECORD = protocol("health_record", on=ON)
CARE = protocol("discharge_care", on=ON)
ADL = ("feeding", "grooming", "dressing", "toilet", "moving")
MEDICINE = {"name": "氨氯地平片", "usage": "口服", "dose": "5mg 每日1次", "adherence": "1"}
STAY = {"from_on": "2026-03-01", "to_on": "2026-03-09", "reason": "肺炎", "place": "县医院"}
NUMBER = "43030400510100012"


def checked(form: Protocol, born: date | None = OLD, sex: str = "1", **given: Any) -> Cleaned:
    answers = {"visit_date": "2026-11-22"} | given
    return clean(form, answers, context=Context(on=ON, birth_date=born, sex=sex))


def examined(born: date | None = OLD, sex: str = "1", **given: Any) -> Cleaned:
    return checked(EXAM, born, sex, **given)


def codes(result: Cleaned, field: str) -> list[str]:
    return [problem.code for problem in (*result.errors.get(field, ()), *result.warnings.get(field, ()))]


# --- scores ------------------------------------------------------------------------------------------------


def test_self_care_points_are_those_of_the_norm() -> None:
    points = {part: [option.points for option in EXAM.tables[f"adl_{part}"].values] for part in ADL}
    assert points == {
        "feeding": [0, 3, 5],
        "grooming": [0, 1, 3, 7],
        "dressing": [0, 3, 5],
        "toilet": [0, 1, 5, 10],
        "moving": [0, 1, 5, 10],
    }


def test_the_class_of_self_care_begins_at_4_9_and_19() -> None:
    assert [(o.code, o.at_least) for o in EXAM.tables["self_care"].bands] == [
        ("1", 0), ("2", 4), ("3", 9), ("4", 19),
    ]  # fmt: skip


parts = st.fixed_dictionaries(
    {},
    optional={f"adl_{part}": st.sampled_from(sorted(EXAM.tables[f"adl_{part}"].by_code)) for part in ADL},
)


@given(answers=parts)
@settings(max_examples=200, deadline=None)
def test_a_score_is_the_sum_of_its_parts_or_nothing(answers: dict[str, str]) -> None:
    found = examined(**answers).answers
    points = [EXAM.tables[code].by_code[value].points or 0 for code, value in answers.items()]
    assert found.get("adl_total") == (sum(points) if len(answers) == len(ADL) else None)
    assert ("self_care" in found) == ("adl_total" in found)


@given(answers=parts.filter(lambda given: len(given) == len(ADL)), worse=st.sampled_from(ADL))
@settings(max_examples=100, deadline=None)
def test_more_help_never_makes_a_milder_class(answers: dict[str, str], worse: str) -> None:
    before = examined(**answers).answers["self_care"]
    assert examined(**answers | {f"adl_{worse}": "4"}).answers["self_care"] >= before  # type: ignore[operator]


def test_a_score_sent_from_outside_is_worked_out_anew() -> None:
    given = {f"adl_{part}": "1" for part in ADL}
    assert examined(**given, adl_total=30, self_care="4").answers["self_care"] == "1"
    alone = examined(adl_total=0, self_care="1").answers
    assert "adl_total" not in alone and "self_care" not in alone


@pytest.mark.parametrize(("now", "later", "screen"), [("1", "1", "1"), ("1", "2", "2"), ("2", "1", "2")])
def test_the_coarse_screen_of_cognition_is_positive_unless_all_was_recalled(
    now: str, later: str, screen: str
) -> None:
    assert examined(recall_now=now, recall_later=later).answers["cognition"] == screen


def test_the_long_test_is_asked_after_a_positive_screen_only_and_added_up() -> None:
    long = {"orientation": 8, "memory": 3, "attention": 4, "recollection": 1, "language": 9}
    given = {f"mmse_{part}": value for part, value in long.items()}
    assert examined(recall_now="2", recall_later="2", **given).answers["mmse_total"] == 25
    assert "mmse_total" not in examined(recall_now="1", recall_later="1", **given).answers


def test_days_since_discharge_are_counted() -> None:
    assert checked(CARE, discharged_on="2026-11-15").answers["days_home"] == 7
    assert "days_home" not in checked(CARE).answers


# --- who is asked what -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "asked"), [(date(1961, 11, 22), True), (date(1961, 11, 23), False), (None, False)]
)
def test_the_block_of_the_elderly_begins_on_the_65th_birthday(born: date | None, asked: bool) -> None:
    assert ("health_self" in examined(born, health_self="1").answers) == asked


def test_the_age_is_that_of_the_day_of_examination() -> None:
    given = {"visit_date": "2026-11-20", "health_self": "1"}
    assert "health_self" not in examined(date(1961, 11, 21), **given).answers


@pytest.mark.parametrize(("sex", "asked"), [("2", True), ("1", False), ("", False)])
def test_gynaecology_is_asked_of_women(sex: str, asked: bool) -> None:
    assert ("cervix" in examined(sex=sex, cervix="1").answers) == asked


# --- tables of rows ----------------------------------------------------------------------------------------


def test_rows_are_kept_with_their_typed_columns_and_blank_lines_left_out() -> None:
    result = examined(hospital_stays=[STAY, {"from_on": "", "reason": " "}], medicines=[MEDICINE] * 6)
    assert "hospital_stays" not in result.errors
    assert result.as_json()["hospital_stays"] == [STAY]
    assert len(result.as_json()["medicines"]) == 6


@pytest.mark.parametrize(
    ("field", "lines", "code"),
    [
        ("hospital_stays", [STAY] * 3, "too_many_lines"),
        ("medicines", [MEDICINE] * 7, "too_many_lines"),
        ("hospital_stays", [STAY | {"reason": ""}], "row_line"),
        ("hospital_stays", [STAY | {"to_on": "2026-02-27"}], "row_line"),
        ("hospital_stays", [STAY | {"from_on": "2026-12-01", "to_on": ""}], "row_line"),
        ("hospital_stays", [STAY | {"from_on": "1949-12-01"}], "row_line"),
        ("hospital_stays", [STAY | {"ward": "3"}], "row_line"),
        ("hospital_stays", "twice", "row_line"),
        ("medicines", [MEDICINE | {"adherence": "4"}], "row_line"),
    ],
)
def test_a_faulty_line_is_refused_with_its_place(field: str, lines: Any, code: str) -> None:
    result = examined(**{field: lines})
    assert codes(result, field) == [code]
    assert result.errors[field][0].remedy.zh


@pytest.mark.parametrize(
    "form", [form for form in editions() if any(f.columns for f in form.fields)], ids=lambda f: f.key
)
def test_cleaned_rows_fit_the_schema_and_stay_as_they_are(form: Protocol) -> None:
    given = {
        field.code: [{column.code: example(form, column) for column in field.columns}]
        for field in form.fields
        if field.columns
    }
    sent = given | {"exposed": "2", "past_diseases": ["2"], "surgery": "2", "injury": "2", "transfusion": "2"}
    sent = {code: value for code, value in sent.items() if code in form.by_code}
    once = checked(form, **sent)
    assert set(given) <= set(once.answers)
    assert (
        clean(form, once.as_json(), context=Context(on=ON, birth_date=OLD, sex="1")).answers == once.answers
    )
    assert list(Draft202012Validator(json_schema(form)).iter_errors(once.as_json())) == []


def example(form: Protocol, column: Field) -> Any:
    if column.table:
        return next(iter(form.tables[column.table].by_code))
    return {"date": "2026-03-01", "number": column.minimum, "decimal": Decimal("1.5")}.get(column.type, "x")


# --- both arms, findings, and what contradicts them --------------------------------------------------------


def test_each_arm_has_a_pressure_of_its_own() -> None:
    result = examined(sbp_left="138/86", sbp_right="120", dbp_right="125")
    assert (result.answers["sbp_left"], result.answers["dbp_left"]) == (138, 86)
    assert codes(result, "dbp_right") == ["pressure_order"]
    assert codes(examined(sbp_left="138"), "dbp_left") == ["pressure_half"]


def test_findings_are_what_is_marked_or_out_of_range_and_nothing_that_was_not_looked_at() -> None:
    answers = {"ecg": "2", "lips": "1", "teeth": ["2", "3"], "hearing": "2", "haemoglobin": 109, "fpg": 6.1}
    found = [(each.field.code, each.value) for each in abnormal(EXAM, answers)]
    assert found == [("teeth", ("2", "3")), ("hearing", "2"), ("haemoglobin", 109), ("ecg", "2")]
    assert abnormal(EXAM, {}) == []


@pytest.mark.parametrize(("value", "found"), [(139, False), (140, True)])
def test_a_reference_range_includes_its_limits(value: int, found: bool) -> None:
    assert bool(abnormal(EXAM, {"sbp_left": value})) == found


def test_nothing_abnormal_beside_a_finding_asks_to_look_again() -> None:
    result = examined(evaluation="1", ecg="2", ecg_text="房颤", hearing="2")
    assert codes(result, "evaluation") == ["overlooked"]
    assert "听力、心电图" in result.warnings["evaluation"][0].message.zh
    assert codes(examined(evaluation="1", ecg="1"), "evaluation") == []
    assert codes(examined(evaluation="2", ecg="2"), "evaluation") == []


def test_the_foot_pulse_of_the_examination_has_its_own_table() -> None:
    here = {option.code: option.zh for option in EXAM.tables["foot_pulse"].values}
    there = {o.code: o.zh for o in protocol("type2_diabetes", on=ON).tables["foot_pulse"].values}
    assert (here["1"], here["2"]) == ("未触及", "触及双侧对称")
    assert there["1"] == "触及正常"


def test_the_examination_has_twenty_five_symptoms_and_none_excludes_the_rest() -> None:
    assert len(EXAM.tables["symptoms"].values) == 25
    assert codes(examined(symptoms=["1", "2"]), "symptoms") == ["exclusive"]


def test_the_starred_fields_of_the_paper_are_optional() -> None:
    starred = {"fundus", "rectal", "breast", "vulva", "microalbumin", "stool_blood", "hba1c", "hbsag"}
    starred |= {"albumin", "bilirubin_direct", "potassium", "sodium", "xray", "smear"}
    assert all(EXAM.by_code[code].optional for code in starred)
    assert not any(EXAM.by_code[code].optional for code in ("haemoglobin", "alt", "creatinine", "ecg"))


# --- the health record -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", [NUMBER, "430304 005 101 00012", "430304-005-101-00012", "４３０３０４００５１０１０００１２"]
)
def test_an_archive_number_is_kept_as_seventeen_digits(typed: str) -> None:
    assert checked(RECORD, archive_number=typed).answers["archive_number"] == NUMBER


@pytest.mark.parametrize("village", ["001", "099", "101", "199", "901", "999"])
def test_committees_and_other_organisations_have_their_village_digits(village: str) -> None:
    typed = f"430304005{village}00012"
    assert checked(RECORD, archive_number=typed).answers["archive_number"] == typed


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER[:-1],
        NUMBER + "1",
        NUMBER.replace("101", "000"),
        NUMBER.replace("101", "100"),
        NUMBER.replace("101", "200"),
        NUMBER.replace("101", "900"),
        NUMBER[:12] + "00000",
        NUMBER[:-1] + "x",
    ],
)
def test_a_wrong_archive_number_is_refused_with_the_reason(typed: str) -> None:
    result = checked(RECORD, archive_number=typed)
    assert codes(result, "archive_number") == ["not_an_archive_number"]


def test_what_differs_from_the_register_is_shown_and_still_kept() -> None:
    register = {"sex": "1", "birth_date": "1950-03-01", "ethnicity": "01", "education": "8"}
    given = {"sex": "2", "birth_date": "1950-03-01", "ethnic": "99", "ethnic_name": "土家族"}
    context = Context(on=ON, birth_date=OLD, register=register)
    result = clean(RECORD, given, context=context)
    assert {code for code in result.warnings if "differs_from_register" in codes(result, code)} == {
        "sex",
        "ethnic",
    }
    assert "登记为“男”" in result.warnings["sex"][0].message.zh
    assert result.answers["sex"] == "2"


def test_a_record_is_for_health_staff_only_where_it_tells_of_mental_disorder_or_tuberculosis() -> None:
    assert not RECORD.is_sensitive({"past_diseases": ["2", "4"], "disability": ["2"]})
    assert RECORD.is_sensitive({"past_diseases": ["2", "8"]})
    assert RECORD.is_sensitive({"past_diseases": ("9",)})
    assert RECORD.is_sensitive({"family_mother": ["8"]})
    assert RECORD.is_sensitive({"disability": ["7"]})
    assert RECORD.is_sensitive({"diagnoses": [{"disease": "9", "year": 2019}]})


def test_family_history_and_past_diseases_do_not_share_a_table() -> None:
    past, family = RECORD.tables["past_disease"].by_code, RECORD.tables["family_disease"].by_code
    assert (past["11"].zh, family["11"].zh) == ("其他法定传染病", "先天畸形")


# --- care after discharge ----------------------------------------------------------------------------------


def test_nobody_is_discharged_before_being_admitted() -> None:
    result = checked(CARE, admitted_on="2026-11-10", discharged_on="2026-11-09")
    assert codes(result, "discharged_on") == ["too_early"]
    assert codes(checked(CARE, admitted_on="2026-11-10", discharged_on="2026-11-10"), "discharged_on") == []


def test_major_disease_is_owed_monthly_at_home() -> None:
    form = protocol("major_disease", on=ON)
    assert (form.minimum.visits_per_month, form.minimum.counting_modes) == (1, ("2",))
