"""Hospitals' lists of costs: pasted or uploaded, with odd figures, refunds, totals, unknown words."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook

from claims.billfile.reading import as_text, money, read_bill, read_pasted

HEAD = "费用类别\t医保等级\t项目名称\t金额\t先行自付\t超限价\n"


def _parts(read):
    return {(part.category, part.item_class): part.amount for part in read.parts}


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1,234.56", "1234.56"),
        ("１，２３４．５６元", "1234.56"),
        ("¥5", "5"),
        ("(5.00)", "-5.00"),
        ("－12.5", "-12.5"),
        (300.0, "300"),
        (0.1 + 0.2, "0.30000000000000004"),
    ],
)
def test_amounts_are_read_as_they_are_written(typed, amount):
    assert money(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["", "abc", "12.3.4", "1e5", "NaN", "100000000", True, "12 元 3"])
def test_what_is_no_amount_is_not_guessed(typed):
    assert money(typed) is None


def test_lines_of_one_kind_and_class_are_added_up():
    read = read_pasted(
        HEAD + "床位费\t甲\t床\t300\t\t\n床位费\t甲类\t空调\t20.50\t\t\n西药费\t乙\t药\t100\t10\t5\n"
    )
    assert _parts(read) == {("bed", "A"): Decimal("320.50"), ("western_drug", "B"): Decimal(100)}
    assert (read.parts[1].first_pay, read.parts[1].over_limit) == (Decimal(10), Decimal(5))
    assert read.problems == ()


def test_refunds_are_taken_off():
    read = read_pasted(HEAD + "西药费\t甲\t药\t100\t\t\n西药费\t甲\t退药\t-30\t\t\n")
    assert (_parts(read), read.refunds) == ({("western_drug", "A"): Decimal(70)}, 1)


def test_more_given_back_than_charged_is_a_problem():
    read = read_pasted(HEAD + "西药费\t甲\t退药\t-30\t\t\n床位费\t甲\t床\t50\t\t\n")
    assert [(problem.code, problem.value) for problem in read.problems] == [("refund_over", "western_drug|A")]


def test_the_last_line_is_the_stated_total_and_no_cost():
    read = read_pasted(HEAD + "床位费\t甲\t床\t300\t\t\n合计\t\t\t299\t\t\n")
    assert (read.total, read.stated_total) == (Decimal(300), Decimal(299))


def test_a_share_paid_first_becomes_an_amount():
    read = read_pasted(
        "类别\t等级\t金额\t自付比例\n西药费\t乙\t200\t10%\n材料费\t乙\t100\t0.2\n", chosen={1: "item_class"}
    )
    assert [part.first_pay for part in read.parts] == [Decimal("20.00"), Decimal("20.00")]


def test_each_wrong_cell_is_named_with_its_row_and_column():
    read = read_pasted(HEAD + "床位费\t甲\t床\t三百\t\t\n不知道\t丁\tx\t5\t\t\n")
    assert [(p.row, p.column, p.value, p.code) for p in read.problems] == [
        (2, "金额", "三百", "amount"),
        (3, "费用类别", "不知道", "category"),
        (3, "医保等级", "丁", "item_class"),
    ]


def test_a_list_without_headings_says_so():
    assert [problem.code for problem in read_pasted("床\t300\n").problems] == ["header_missing"]


def test_a_missing_column_can_be_named_by_hand():
    text = "费用类别\t分档\t金额\n床位费\t甲\t300\n"
    assert [(p.code, p.value) for p in read_pasted(text).problems] == [("column_missing", "item_class")]
    assert _parts(read_pasted(text, chosen={1: "item_class"})) == {("bed", "A"): Decimal(300)}


def test_a_workbook_with_title_rows_reads_like_its_text():
    book = Workbook()
    for row in [
        ["某医院费用清单"],
        [],
        ["费用类别", "医保等级", "金额"],
        ["床位费", "甲", 300.0],
        ["西药费", "自费", "1,000.5"],
    ]:
        book.active.append(row)
    held = BytesIO()
    book.save(held)
    read = read_bill(held.getvalue())
    assert _parts(read) == {("bed", "A"): Decimal(300), ("western_drug", "C"): Decimal("1000.5")}
    assert _parts(read_pasted(as_text(held.getvalue()))) == _parts(read)
