"""What must hold within a household and across the file."""

from datetime import date
from typing import Any

from households.registerfile import Problem, RegisterFile, read_register
from households.registerfile.schema import messages
from tests.factories.registers import HEADERS, csv_register, household, id_number, table, xlsx_bytes


def read(rows: list[dict[str, Any]]) -> RegisterFile:
    return read_register(csv_register(rows), filename="a.csv")


def named(found: RegisterFile, code: str) -> list[Problem]:
    return [p for p in found.problems if p.code == code]


def test_exactly_one_head() -> None:
    none, two, good = household(1), household(2), household(3)
    none[0]["与户主关系"] = "其他"
    two[1]["与户主关系"] = "户主"
    found = read([*none, *two, *good])
    assert [(p.code, p.row, p.severity) for p in found.problems] == [
        ("head_missing", 2, "refuse"),
        ("head_repeated", 6, "refuse"),
    ]
    assert found.refused_households == {"0000000001", "0000000002"}
    assert found.refused_positions == {0, 1, 2, 3, 4, 5}


def test_the_number_of_members_must_agree_with_the_rows() -> None:
    found = read([*household(1)[:2], *household(2)])
    assert [(p.code, p.cell) for p in found.problems] == [("size_differs", "K2")]
    assert "3" in found.problems[0].message("zh") and "2 行" in found.problems[0].message("zh")
    assert found.refused_households == {"0000000001"}


def test_one_person_in_two_households_is_refused_in_both() -> None:
    rows = [*household(1), *household(2)]
    rows[5]["证件号码"] = rows[1]["证件号码"]
    found = read(rows)
    problems = named(found, "id_in_two_households")
    assert [(p.cell, p.values["rows"]) for p in problems] == [("J3", "3、7"), ("J7", "3、7")]
    assert found.refused_positions == {1, 5}


def test_one_person_twice_in_a_household_is_refused() -> None:
    rows = household(1)
    rows[2]["证件号码"] = rows[1]["证件号码"]
    assert [p.cell for p in named(read(rows), "id_repeated")] == ["J3", "J4"]


def test_the_same_person_number_twice_is_refused() -> None:
    rows = household(1)
    rows[2]["人编号"] = rows[1]["人编号"]
    assert len(named(read(rows), "person_number_repeated")) == 2


def test_a_household_falls_with_its_head() -> None:
    rows = household(1)
    rows[0]["证件号码"] = "123"
    found = read(rows)
    assert [p.code for p in found.problems] == ["head_refused", "id_length"]
    assert found.refused_positions == {0, 1, 2}


def test_another_members_fault_takes_out_that_row_only() -> None:
    rows = household(1)
    rows[2]["证件号码"] = "5.10E+17"
    found = read(rows)
    assert found.refused_positions == {2}
    assert found.problems[0].message("zh-hans").startswith("J4：Excel 已把这个号码四舍五入")
    assert found.problems[0].message("en").startswith("J4: Excel has rounded this number")


def test_sex_and_birth_follow_the_identity_number_with_a_warning() -> None:
    rows = household(1)
    headers = [*HEADERS, "性别", "出生日期"]
    for row in rows:
        row |= {"性别": "男", "出生日期": "19500101"}
    rows[0]["证件号码"] = id_number(8, born=date(1966, 5, 7), male=False)
    found = read_register(csv_register(rows, headers), filename="a.csv")
    assert {p.code for p in found.problems if p.row == 2} == {"sex_differs", "birth_differs"}
    assert (found.rows[0]["sex"], found.rows[0]["birth_date"]) == ("2", date(1966, 5, 7))
    assert found.refused_positions == set()


def test_a_month_of_birth_agrees_with_every_day_of_that_month() -> None:
    rows = household(1)
    for row in rows:
        row["出生日期"] = row["证件号码"][6:12]
    assert read_register(csv_register(rows, [*HEADERS, "出生日期"]), filename="a.csv").problems == []


def test_a_person_without_number_needs_birth_date_and_sex() -> None:
    rows = household(1, size=4)
    headers = [*HEADERS, "性别", "出生日期"]
    rows[1] |= {"证件号码": "", "性别": "女", "出生日期": "2020-03-01"}
    rows[2] |= {"证件号码": "无"}
    rows[3] |= {"证件号码": "", "出生日期": "2020-03-01"}
    found = read_register(csv_register(rows, headers), filename="a.csv")
    assert {p.code for p in found.problems if p.row == 3} == {"id_missing"}
    assert {p.code for p in found.problems if p.row == 4} == {"id_missing", "id_and_birth_missing"}
    assert {p.code for p in found.problems if p.row == 5} == {"id_missing", "sex_missing"}
    assert found.refused_positions == {2, 3}


def test_household_columns_that_differ_follow_the_head() -> None:
    rows = household(1)
    rows[1]["致贫原因1"] = "因残"
    found = read(rows)
    assert found.households["main_cause"] == [["illness"]]
    assert [(p.code, p.severity) for p in found.problems] == [("household_values_differ", "warn")]


def test_number_cells_that_lost_their_leading_zeros_are_refused() -> None:
    lines = table([*household(1), *household(2)])
    lines[1][HEADERS.index("户编号")] = 1
    found = read_register(xlsx_bytes(lines), filename="a.xlsx")
    problem = named(found, "number_shortened")[0]
    assert (problem.cell, problem.values) == ("G2", {"length": 1, "usual": 10})


def test_an_unknown_word_is_a_warning_that_names_the_cell() -> None:
    rows = household(1)
    rows[1] |= {"民族": "火星族", "首次识别时间": "很久以前"}
    found = read(rows)
    assert [(p.code, p.cell, p.severity) for p in found.problems] == [
        ("code_unknown", "M3", "warn"),
        ("date_unreadable", "Z3", "warn"),
    ]
    assert "火星族" in found.problems[0].message("zh")


def test_a_title_names_the_unit_of_money() -> None:
    rows = household(1, **{"人均纯收入": "0.98"})
    headers = [h.replace("(元)", "") for h in HEADERS]
    lines = [["人口信息表"], ["单位：万元"], *table(rows, headers)]
    found = read_register(xlsx_bytes(lines), filename="a.xlsx")
    assert str(found.households["income"][0]) == "9800.00"


def test_every_message_reads_in_both_languages() -> None:
    values = dict.fromkeys(
        ("limit", "sheets", "length", "usual", "rows", "count", "stated", "found", "value"), "7"
    )
    for code in messages():
        problem = Problem(code, 12, 7, "证件号码", "id_number", values=values)
        assert "{" not in problem.message("zh-hans") + problem.message("en")
        assert problem.severity in ("refuse", "warn")


def test_like_warnings_are_bounded_and_counted() -> None:
    rows = [row for number in range(1, 301) for row in household(number, 民族="火星族")]
    found = read(rows)
    assert len(named(found, "code_unknown")) == 500
    assert found.problems_left_out == 400


def test_nobody_is_born_after_the_day_of_the_import() -> None:
    rows = household(1)
    rows[2]["证件号码"] = id_number(7, born=date(2021, 1, 1))
    content = csv_register(rows)
    assert read_register(content, filename="a.csv", on=date(2021, 1, 1)).problems == []
    late = read_register(content, filename="a.csv", on=date(2020, 12, 31))
    assert [(p.code, p.cell) for p in late.problems] == [("birth_in_future", "J4")]
