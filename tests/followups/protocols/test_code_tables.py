"""Code tables whose digits shift between forms, editions and systems are kept apart and mapped."""

import tomllib
from collections import defaultdict
from datetime import date

import pytest

from followups.protocols.library import LIBRARY, edition, editions, protocol
from followups.protocols.schema import Protocol
from followups.protocols.tables import CodeTable
from households.choices import Relation

ON = date(2026, 11, 22)
TABLES = [(form.key, name, table) for form in editions() for name, table in form.tables.items()]
IDS = [f"{key}.{name}" for key, name, _table in TABLES]

# The same name with other words behind a digit. Each of these is written in its own form, never shared.
# A new one fails here first: look at it, then add it.
APART = {
    "danger_signs": 4,
    "foot_pulse": 2,
    "rehabilitation": 2,
    "residence": 2,
    "symptoms": 6,
    "visit_mode": 2,
}


def meaning(table: CodeTable) -> dict[str, str]:
    return {option.code: option.zh for option in table.values}


def contradict(one: CodeTable, other: CodeTable) -> bool:
    """Whether a digit that both have means different things."""
    here, there = meaning(one), meaning(other)
    return any(here[code] != there[code] for code in here.keys() & there.keys())


def words(key: str, table: str) -> dict[str, str]:
    return meaning(edition(key).tables[table])


def table(key: str, name: str) -> CodeTable:
    return edition(key).tables[name]


def test_every_table_whose_digits_mean_other_things_elsewhere_is_known() -> None:
    by_name: dict[str, list[CodeTable]] = defaultdict(list)
    for _key, name, found in TABLES:
        if not any(not contradict(found, other) and not contradict(other, found) for other in by_name[name]):
            by_name[name].append(found)
    shifted = {name: len(found) for name, found in by_name.items() if len(found) > 1}
    assert shifted == APART


def test_no_table_with_another_meaning_somewhere_is_shared() -> None:
    """What stands in a shared file means one thing; a form that means something else has its own words."""
    for path in sorted((LIBRARY / "shared").glob("*.toml")):
        shared = tomllib.loads(path.read_text(encoding="utf-8")).get("tables", {})
        for name, raw in shared.items():
            said = {value["code"]: value["zh"] for value in raw["values"]}
            for key in users_of(path.stem, name):
                assert words(key, name) == said, (path.name, name, key)


def users_of(shared: str, name: str) -> list[str]:
    """Editions that take a table from a shared file and do not write it themselves."""
    found = []
    for path in sorted(LIBRARY.glob("*.toml")):
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        if shared in raw.get("include", []) and name not in raw.get("tables", {}):
            found.append(path.stem)
    return found


@pytest.mark.parametrize(("key", "name", "found"), TABLES, ids=IDS)
def test_national_codes_lead_there_and_back(key: str, name: str, found: CodeTable) -> None:
    if found.national is None:
        return
    for option in found.values:
        national = found.national.code(option.code)
        assert national is None or found.national.own_code(national) == option.code
    assert found.national.own_code("no such code") is None


@pytest.mark.parametrize("form", editions(), ids=lambda form: form.key)
def test_national_classes_lead_there_and_back(form: Protocol) -> None:
    national = form.assessment.national
    for outcome in form.assessment.classes:
        code = national.code(outcome.code) if national else None
        assert code is None or (national and national.own_code(code) == outcome.code)


@pytest.mark.parametrize(("key", "name", "found"), TABLES, ids=IDS)
def test_codes_from_elsewhere_arrive_at_a_code_of_the_table_or_nowhere(
    key: str, name: str, found: CodeTable
) -> None:
    for other in found.elsewhere:
        arrived = [found.from_elsewhere(other.system, theirs) for theirs in other.map]
        assert set(arrived) <= set(found.by_code)
        assert found.from_elsewhere(other.system, "no such code") is None


def test_shift_1_class_1_is_unstable_for_mental_disorder_and_controlled_for_the_others() -> None:
    mental = {
        c.code: (c.label.zh, c.tone) for c in protocol("severe_mental_disorder", on=ON).assessment.classes
    }
    assert mental == {"1": ("不稳定", "bad"), "2": ("基本稳定", "warn"), "3": ("稳定", "good")}
    for code in ("hypertension", "type2_diabetes"):
        form = protocol(code, on=ON)
        assert {c.code: c.tone for c in form.assessment.classes}["1"] == "good"
        assert form.grade("1") < form.grade("3")
    assert protocol("severe_mental_disorder", on=ON).grade("1") > protocol(
        "severe_mental_disorder", on=ON
    ).grade("3")


def test_shift_2_tuberculosis_symptoms_from_6_on_mean_other_things_on_the_two_forms() -> None:
    first, later = words("tuberculosis_first_2017", "symptoms"), words("tuberculosis_2017", "symptoms")
    assert all(first[code] == later[code] for code in "012345")
    assert (first["6"], later["6"]) == ("头痛失眠", "关节疼痛")
    assert (first["7"], later["7"]) == ("视物模糊", "头痛失眠")
    assert (first["9"], later["10"]) == ("耳鸣、听力下降", "耳鸣、听力下降")


def test_shift_2_tuberculosis_symptoms_are_carried_over_by_their_words() -> None:
    first, later = table("tuberculosis_first_2017", "symptoms"), table("tuberculosis_2017", "symptoms")
    for code, said in meaning(first).items():
        there = later.from_elsewhere("tuberculosis_first_2017", code)
        assert there is not None
        assert meaning(later)[there] == said
        assert first.from_elsewhere("tuberculosis_2017", there) == code
    assert first.from_elsewhere("tuberculosis_2017", "6") is None


def test_shift_3_one_is_a_normal_foot_pulse_on_one_form_and_none_on_two_others() -> None:
    pulse = table("type2_diabetes_2017", "foot_pulse")
    assert meaning(pulse)["1"] == "触及正常"
    assert words("annual_exam_2017", "foot_pulse")["1"] == "未触及"
    for system in ("follow_up_2011", "annual_exam_2017"):
        assert pulse.from_elsewhere(system, "1") == "3"
        assert pulse.from_elsewhere(system, "2") == "1"
    assert pulse.from_elsewhere("annual_exam_2017", "3") is None


@pytest.mark.parametrize(("key", "name"), [
    ("hypertension_2017", "adverse_reaction"),
    ("severe_mental_disorder_2018", "adverse_reaction_or_na"),
])  # fmt: skip
def test_shift_4_reactions_of_other_systems_are_turned_round(key: str, name: str) -> None:
    reaction = table(key, name)
    assert (meaning(reaction)["1"], meaning(reaction)["2"]) == ("无", "有")
    assert [reaction.from_elsewhere("chis", code) for code in "12"] == ["2", "1"]
    assert [reaction.from_elsewhere("zero_one", code) for code in "01"] == ["1", "2"]


def test_shift_5_mental_disorder_has_a_fourth_way_of_taking_medicine_and_nine_for_does_not_apply() -> None:
    form = protocol("severe_mental_disorder", on=ON)
    assert form.by_code["adherence"].table != protocol("hypertension", on=ON).by_code["adherence"].table
    assert list(meaning(form.tables["adherence_with_none_needed"])) == ["1", "2", "3", "4"]
    nines = {name for name, found in form.tables.items() if "9" in found.by_code and len(found.values) < 9}
    assert nines == {"adverse_reaction_or_na", "effect", "grades_of_work"}


def test_shift_6_mode_of_visit_is_mapped_to_a_national_set_that_has_more_values() -> None:
    national = table("hypertension_2017", "visit_mode").national
    assert national is not None
    assert (national.value_set, national.own_code("3"), national.own_code("9")) == ("CV06.00.207", "3", None)


def test_shift_7_relation_is_to_the_head_by_two_digits_and_ethnic_group_has_its_own_two() -> None:
    assert (Relation.HEAD, Relation.SPOUSE, Relation.SON, Relation.DAUGHTER) == ("02", "10", "20", "30")
    assert "01" not in Relation.values  # 本人 of the standard is not the head of the household
    assert list(words("health_record_2017", "ethnic")) == ["01", "99"]
