"""Finding the header, naming the columns, leaving out what is no person."""

import random
from typing import Any

import pytest

from households.registerfile import fields, header_key, read_register
from households.registerfile.schema import field_of_header, vocabularies
from tests.factories.registers import HEADERS, csv_bytes, household, table, xlsx_bytes

ROWS = [*household(1), *household(2)]


def read(lines: list[list[Any]], **options: Any) -> Any:
    return read_register(csv_bytes(lines), filename="a.csv", **options)


def test_title_rows_above_the_header_are_left_out() -> None:
    lines = [["岳塘区建档立卡人口信息表"], ["单位：元", "", "截至2020年11月30日"], [], *table(ROWS)]
    found = read(lines)
    assert (found.header_row, len(found.line_numbers), found.line_numbers[0]) == (4, 6, 5)
    assert found.titles[0] == "岳塘区建档立卡人口信息表"


def test_columns_are_found_by_name_in_any_order() -> None:
    shuffled = list(HEADERS)
    random.Random(7).shuffle(shuffled)
    assert read(table(ROWS, shuffled)).rows[0]["name"] == ROWS[0]["姓名"]


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("戶編號", "household_number"),
        ("證件號碼", "id_number"),
        ("與戶主關係", "relation"),
        ("姓 名", "name"),
        ("姓　名", "name"),
        ("* 姓名（必填）", "name"),
        ("身份证号\n码", "id_number"),
        ("人均纯收入（万元）", "income"),
        ("易返贫致贫户（监测对象）类型", "monitored_kind"),
        ("致贫/返贫风险3", "risks"),
        ("享受低保/特困政策情况", "welfare"),
    ],
)
def test_headers_are_known_in_both_scripts_and_any_width(written: str, field: str) -> None:
    assert field_of_header()[header_key(written)] == field


def test_every_header_and_word_of_the_tables_means_one_thing() -> None:
    assert len(field_of_header()) > 400
    assert set(vocabularies()) >= {f.vocabulary for f in fields().values() if f.vocabulary}


def test_two_level_headers_are_joined() -> None:
    top = ["户编号", "姓名", "证件号码", "与户主关系", "致贫原因", "", "是否参加", ""]
    below = ["", "", "", "", "主要原因", "其他原因", "大病保险", "商业补充医疗保险"]
    row = ROWS[0]
    line = [row["户编号"], row["姓名"], row["证件号码"], "户主", "因病", "缺技术；缺劳力", "是", "否"]
    found = read([["花名册"], top, below, line])
    assert found.problems == []
    assert (found.header_row, found.header_levels) == (2, 2)
    assert [found.households[name][0] for name in ("main_cause", "other_causes")] == [
        ["illness"],
        ["skill", "labour"],
    ]
    assert (found.rows[0]["critical_insurance"], found.rows[0]["supplementary_insurance"]) == (True, False)


def test_two_level_headers_merged_in_excel() -> None:
    top = ["花名册", "", "", "", ""]
    first = ["户编号", "姓名", "证件号码", "与户主关系", "致贫原因", ""]
    below = ["", "", "", "", "主要", "其他"]
    row = ROWS[0]
    line = [row["户编号"], row["姓名"], row["证件号码"], "户主", "因病", "因残"]
    content = xlsx_bytes(
        [top, first, below, line], merges=["A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:F2"]
    )
    found = read_register(content, filename="a.xlsx")
    assert found.problems == []
    assert [m.header for m in found.mapping][-2:] == ["致贫原因 主要", "致贫原因 其他"]
    assert found.households["other_causes"] == [["disability"]]


def test_totals_notes_and_repeated_headers_are_left_out_and_named() -> None:
    lines = table(ROWS)
    lines.insert(4, list(HEADERS))
    lines.insert(1, [str(i + 1) for i in range(len(HEADERS))])
    lines.append(["合计", "", "", "", "", "", "2户", "", "6人"])
    lines.append(["注：1.本表由乡镇填报"])
    lines.append(["填表人：王某", "", "", "审核人：李某"])
    found = read(lines)
    assert len(found.line_numbers) == 6
    assert [line.reason for line in found.left_out] == ["other", "header", "total", "note", "note"]
    assert found.problems == []


def test_merged_household_cells_belong_to_every_member() -> None:
    lines = table(ROWS)
    number, village = HEADERS.index("户编号"), HEADERS.index("行政村")
    for line in (2, 3, 5, 6):
        lines[line][number] = lines[line][village] = ""
    merges = ["G2:G4", "G5:G7", "E2:E7"]
    found = read_register(xlsx_bytes(lines, merges=merges), filename="a.xlsx")
    assert found.problems == []
    assert found.columns["household_number"] == [f"{n:010d}" for n in (1, 1, 1, 2, 2, 2)]
    assert found.households["village"] == ["清水村", "清水村"]


def test_household_cells_on_the_first_row_only_belong_to_the_rows_below() -> None:
    rows = [dict(row) for row in ROWS]
    for row in rows:
        if row["与户主关系"] != "户主":
            row |= {"户编号": "", "人数": "", "行政村": "", "乡": "", "致贫原因1": ""}
    found = read(table(rows))
    assert found.problems == []
    assert [len(group) for group in found.household_rows] == [3, 3]
    assert found.households["main_cause"] == [["illness"], ["illness"]]


def test_a_missing_household_number_in_a_filled_column_is_refused() -> None:
    rows = [dict(row) for row in ROWS]
    rows[4]["户编号"] = ""
    found = read(table(rows))
    assert [(p.code, p.cell) for p in found.problems if p.code == "number_missing"] == [
        ("number_missing", "G6")
    ]


def test_a_saved_choice_overrules_the_guess() -> None:
    headers = ["户编号", "姓名", "证件号码", "与户主关系", "家里人口"]
    rows = [{**row, "家里人口": "3"} for row in ROWS]
    assert [m.header for m in read(table(rows, headers)).unmapped] == ["家里人口"]
    chosen = read(table(rows, headers), overrides={header_key("家里人口"): "household_size"})
    assert chosen.mapping[-1].how == "saved"
    assert chosen.households["household_size"] == [3, 3]
    without = read(table(rows), overrides={header_key("民族"): "ignore"})
    assert "ethnicity" not in without.columns


def test_the_signature_depends_on_the_header_only() -> None:
    assert read(table(ROWS)).signature == read([["标题"], *table(ROWS[:3])]).signature
    assert read(table(ROWS)).signature != read(table(ROWS, HEADERS[::-1])).signature


def test_the_date_of_the_data_comes_from_the_column_or_the_title() -> None:
    assert str(read(table(ROWS)).data_date) == "2020-11-30"
    headers = [h for h in HEADERS if h != "数据日期"]
    assert str(read([["人口信息表（截至2020年12月1日）"], *table(ROWS, headers)]).data_date) == "2020-12-01"
    assert read(table(ROWS, headers)).data_date is None
