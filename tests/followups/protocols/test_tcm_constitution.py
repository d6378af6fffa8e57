"""Points and results of the nine constitutions, as the table of the norm gives them."""

from datetime import date
from typing import Any

import pytest

from followups.protocols.library import protocol
from followups.protocols.validation import Context, clean

ON = date(2026, 11, 22)
FORM = protocol("tcm_constitution", on=ON)
ITEMS = {
    "qi_deficiency": (2, 3, 4, 14),
    "yang_deficiency": (11, 12, 13, 29),
    "yin_deficiency": (10, 21, 26, 31),
    "phlegm_dampness": (9, 16, 28, 32),
    "damp_heat": (23, 25, 27, 30),
    "blood_stasis": (19, 22, 24, 33),
    "qi_stagnation": (5, 6, 7, 8),
    "inherited_special": (15, 17, 18, 20),
}
BALANCED = {1: "5", 2: "1", 4: "1", 5: "1", 13: "1"}
# Answers to the four questions of one constitution.
POINTS = {8: "2222", 9: "2223", 10: "2233", 11: "2333", 20: "5555", 4: "1111"}


def answered(**more: str) -> dict[str, str]:
    return {f"question_{number}": "1" for number in range(1, 34)} | {"question_1": "5"} | more


def judged(**more: str) -> dict[str, Any]:
    given = answered(**more) | {"visit_date": "2026-11-22", "visit_mode": "1", "next_date": "2027-11-20"}
    return clean(FORM, given, context=Context(on=ON, birth_date=date(1953, 3, 1))).answers


def test_the_paper_has_33_questions_of_one_to_five_and_none_may_be_left_out() -> None:
    questions = [field for field in FORM.fields if field.code.startswith("question_")]
    assert [field.code for field in questions] == [f"question_{number}" for number in range(1, 34)]
    assert all(field.required for field in questions)
    for field in questions:
        assert [option.points for option in FORM.table(field).values] == [1, 2, 3, 4, 5]


def test_each_question_but_the_first_belongs_to_one_of_the_eight() -> None:
    parts = sorted(number for numbers in ITEMS.values() for number in numbers)
    assert parts == list(range(2, 34))
    for code, numbers in ITEMS.items():
        assert FORM.by_code[f"{code}_score"].adds == tuple(f"question_{number}" for number in numbers)


@pytest.mark.parametrize(
    ("points", "result"), [(4, "4"), (8, "4"), (9, "3"), (10, "3"), (11, "2"), (20, "2")]
)
@pytest.mark.parametrize("code", ITEMS)
def test_eleven_is_yes_nine_and_ten_tend_eight_is_no(code: str, points: int, result: str) -> None:
    given = dict(zip((f"question_{number}" for number in ITEMS[code]), POINTS[points], strict=True))
    found = judged(**given)
    assert (found[f"{code}_score"], found[code]) == (points, result)


@pytest.mark.parametrize(("answer", "points"), [("1", 25), ("2", 21), ("3", 17), ("4", 13), ("5", 9)])
def test_four_questions_of_balanced_count_the_other_way_round(answer: str, points: int) -> None:
    turned = {f"question_{number}": answer for number in (2, 4, 5, 13)}
    assert judged(**turned)["balanced_score"] == points


@pytest.mark.parametrize(
    ("answers", "points", "result"),
    [
        ({1: "1", 2: "2", 4: "2", 5: "2", 13: "2"}, 17, "2"),
        ({1: "1", 2: "2", 4: "2", 5: "2", 13: "3"}, 16, "4"),
        (BALANCED | {15: "2", 17: "2", 18: "2", 20: "2"}, 25, "2"),
        (BALANCED | {15: "2", 17: "2", 18: "2", 20: "3"}, 25, "3"),
        (BALANCED | {15: "2", 17: "2", 18: "3", 20: "3"}, 25, "3"),
        (BALANCED | {15: "2", 17: "3", 18: "3", 20: "3"}, 25, "4"),
    ],
)  # fmt: skip
def test_balanced_needs_17_points_and_no_other_above_eight_or_ten(
    answers: dict[int, str], points: int, result: str
) -> None:
    found = judged(**{f"question_{number}": answer for number, answer in answers.items()})
    assert (found["balanced_score"], found["balanced"]) == (points, result)


def test_a_result_sent_from_outside_goes_where_a_question_is_open() -> None:
    found = judged(question_33="", blood_stasis="4", balanced="2", blood_stasis_score="4")
    assert not {"blood_stasis", "blood_stasis_score", "balanced"} & set(found)


def test_guidance_is_asked_for_what_was_found() -> None:
    given = answered(question_2="5", question_3="5") | {
        "visit_date": "2026-11-22",
        "visit_mode": "1",
        "next_date": "2027-11-20",
    }
    found = clean(FORM, given, context=Context(on=ON, birth_date=date(1953, 3, 1)))
    assert set(found.errors) == {"qi_deficiency_guidance"}
