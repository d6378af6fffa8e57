"""The library of forms: what the norm prints is there, and a faulty file is refused with its place."""

from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from followups.protocols.json_schema import json_schema
from followups.protocols.library import (
    LIBRARY,
    ProtocolError,
    UnknownProtocol,
    edition,
    editions,
    protocol,
    read,
)
from followups.protocols.schema import MEASURED, Protocol
from followups.protocols.validation import Context, clean

ON = date(2026, 11, 22)
BOTH = ["hypertension", "type2_diabetes"]


def labels(form: Protocol, table: str) -> list[tuple[str, str]]:
    return [(option.code, option.zh) for option in form.tables[table].values]


@pytest.mark.parametrize("code", BOTH)
def test_chronic_form_asks_for_four_face_to_face_visits_and_one_exam(code: str) -> None:
    form = protocol(code, on=ON)
    assert (form.minimum.visits_per_year, form.minimum.exams_per_year) == (4, 1)
    assert [form.counts_face_to_face(mode) for mode in ("1", "2", "3")] == [True, True, False]
    assert form.applies.minimum_age == 35


def test_home_visit_is_owed_twice_a_month_to_the_household() -> None:
    minimum = protocol("home_visit", on=ON).minimum
    assert (minimum.visits_per_month, minimum.per) == (2, "household")


def test_hypertension_symptoms_are_those_of_the_printed_form() -> None:
    printed = [
        "无症状",
        "头痛头晕",
        "恶心呕吐",
        "眼花耳鸣",
        "呼吸困难",
        "心悸胸闷",
        "鼻衄出血不止",
        "四肢发麻",
        "下肢水肿",
        "其他",
    ]
    assert labels(protocol("hypertension", on=ON), "symptoms") == [
        (str(n), s) for n, s in enumerate(printed, 1)
    ]


def test_diabetes_symptoms_are_those_of_the_printed_form() -> None:
    printed = [
        "无症状",
        "多饮",
        "多食",
        "多尿",
        "视力模糊",
        "感染",
        "手脚麻木",
        "下肢浮肿",
        "体重明显下降",
        "其他",
    ]
    assert labels(protocol("type2_diabetes", on=ON), "symptoms") == [
        (str(n), s) for n, s in enumerate(printed, 1)
    ]


def test_foot_pulse_has_the_third_edition_meaning_of_one() -> None:
    form = protocol("type2_diabetes", on=ON)
    assert labels(form, "foot_pulse") == [("1", "触及正常"), ("2", "减弱"), ("3", "消失")]
    assert labels(form, "side") == [("1", "双侧"), ("2", "左侧"), ("3", "右侧")]


@pytest.mark.parametrize("code", BOTH)
def test_shared_tables_keep_the_meaning_of_their_digits(code: str) -> None:
    form = protocol(code, on=ON)
    assert labels(form, "adverse_reaction") == [("1", "无"), ("2", "有")]
    assert labels(form, "adherence") == [("1", "规律"), ("2", "间断"), ("3", "不服药")]
    assert [zh for _, zh in labels(form, "medicine_unit")] == ["mg", "剂", "片", "丸", "粒", "袋", "支"]
    assert [o.label.zh for o in reversed(form.assessment.classes)] == [
        "控制满意",
        "控制不满意",
        "不良反应",
        "并发症",
    ]


def test_visit_mode_is_mapped_to_the_national_value_set() -> None:
    national = protocol("hypertension", on=ON).tables["visit_mode"].national
    assert national is not None
    assert (national.value_set, national.map) == ("CV06.00.207", {"1": "1", "2": "2", "3": "3"})


@pytest.mark.parametrize(
    ("code", "paired"),
    [
        (
            "hypertension",
            {"weight", "bmi", "smoking", "drinking", "exercise_times", "exercise_minutes", "salt"},
        ),
        (
            "type2_diabetes",
            {"weight", "bmi", "smoking", "drinking", "exercise_times", "exercise_minutes", "staple_food"},
        ),
    ],
)
def test_form_has_two_columns_where_the_paper_has_a_slash(code: str, paired: set[str]) -> None:
    form = protocol(code, on=ON)
    assert {field.target_of for field in form.fields if field.target_of} == paired


@pytest.mark.parametrize("form", editions(), ids=lambda form: form.key)
def test_measurements_are_never_prefilled(form: Protocol) -> None:
    kept = [field for field in form.fields if field.prefill != "never" and not field.target_of]
    assert {field.code for field in kept if field.type in ("number", "decimal")} <= {"height"}
    assert not any(field.loinc in MEASURED for field in kept)


@pytest.mark.parametrize("form", editions(), ids=lambda form: form.key)
def test_first_section_has_at_most_seven_inputs(form: Protocol) -> None:
    first = [form.by_code[code] for code in form.sections[0].fields]
    assert len([field for field in first if not field.show_when]) <= 7


def test_protocol_is_chosen_by_the_date_of_the_visit() -> None:
    assert protocol("hypertension", on=date(2017, 2, 28)).key == "hypertension_2017"
    with pytest.raises(UnknownProtocol, match="2017-02-27"):
        protocol("hypertension", on=date(2017, 2, 27))


def test_unknown_form_is_named_with_those_that_exist() -> None:
    with pytest.raises(UnknownProtocol, match=r"home_visit, hypertension, .*type2_diabetes"):
        protocol("gout", on=ON)
    with pytest.raises(UnknownProtocol):
        edition("hypertension_2009")


@pytest.mark.parametrize(
    ("old", "new", "place", "problem"),
    [
        ('jump_to = "dbp"', 'jump_to = "dpb"', "top", "names the field dpb"),
        ('table = "salt"', 'table = "sault"', "top", "there is no table sault"),
        (
            'code = "sbp"\ntype = "number"',
            'code = "sbp"\ntype = "nummer"',
            "fields.[sbp].type",
            "Input should be",
        ),
        ('param = "sbp_limit"', 'param = "sbp_line"', "assessment", "sbp_line"),
        ("steps = [{ value = 110 }]", "steps = []", "assessment.params.dbp_emergency.steps", "at least 1"),
        ('code = "hypertension"', 'kode = "hypertension"', "code", "Field required"),
        ('code = "2", zh = "头痛头晕"', 'code = "3", zh = "头痛头晕"', "tables.symptoms", "stands twice"),
        ("minimum = 50", "minimum = 500", "fields.[sbp]", "minimum is above maximum"),
        ("valid_from = 2017", "valid_from = = 2017", "top", "not valid TOML"),
        ('"common_2017"', '"common_2071"', "top", "does not exist"),
    ],
)
def test_faulty_file_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, place: str, problem: str
) -> None:
    (tmp_path / "shared").mkdir()
    shared = (LIBRARY / "shared" / "common_2017.toml").read_text(encoding="utf-8")
    (tmp_path / "shared" / "common_2017.toml").write_text(shared, encoding="utf-8")
    text = (LIBRARY / "hypertension_2017.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "own.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ProtocolError) as refused:
        read(tmp_path / "own.toml")
    assert str(refused.value).startswith(("own.toml: ", "common_2071.toml: "))
    assert refused.value.place in (place, "") or refused.value.place.startswith(place)
    assert problem in refused.value.problem


def test_a_finding_cannot_rest_on_itself(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    shared = (LIBRARY / "shared" / "common_2017.toml").read_text(encoding="utf-8")
    (tmp_path / "shared" / "common_2017.toml").write_text(shared, encoding="utf-8")
    text = (LIBRARY / "hypertension_2017.toml").read_text(encoding="utf-8")
    old = 'when = { field = "adr", value = "2" }\n\n[assessment.findings.uncontrolled]'
    assert old in text
    circle = old.replace('{ field = "adr", value = "2" }', '{ finding = "adverse" }')
    (tmp_path / "own.toml").write_text(text.replace(old, circle), encoding="utf-8")
    with pytest.raises(ProtocolError, match="adverse"):
        read(tmp_path / "own.toml")


@pytest.mark.parametrize("form", editions(), ids=lambda form: form.key)
def test_json_schema_is_valid_and_takes_cleaned_answers(form: Protocol) -> None:
    schema = json_schema(form)
    Draft202012Validator.check_schema(schema)
    medicine = {"name": "氨氯地平", "times": 1, "amount": "2.5", "unit": "1"}
    given = {
        "visit_date": "2026-11-22",
        "visit_mode": "2",
        "sbp": "138",
        "dbp": "86",
        "medicines": [medicine],
    }
    cleaned = clean(form, given | {"height": "165", "weight": "62.5"}, context=Context(on=ON))
    assert list(Draft202012Validator(schema).iter_errors(cleaned.as_json())) == []


def test_json_schema_refuses_what_the_form_refuses() -> None:
    check = Draft202012Validator(json_schema(protocol("hypertension", on=ON)))
    day = {"visit_date": "2026-11-22"}
    assert check.is_valid(day | {"symptoms": ["2", "3"]})
    for wrong in ({"sbp": 400}, {"sbp": "138"}, {"symptoms": ["1", "2"]}, {"adr": "9"}, {"colour": "red"}):
        assert not check.is_valid(day | wrong)
