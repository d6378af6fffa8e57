"""Reading single cells: dates, numbers that Excel spoilt, names, money, words."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.base.idnumber import check_digit
from households.choices import Cause, HouseholdType, MonitoredKind, Relation, Sex, Standing
from households.registerfile import cells, dates
from households.registerfile.schema import vocabularies
from tests.factories.registers import id_number

GOOD = id_number(3, born=date(1960, 2, 29))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("20161231", date(2016, 12, 31)),
        (20161231.0, date(2016, 12, 31)),
        ("2016-12-31", date(2016, 12, 31)),
        ("2016/12/31", date(2016, 12, 31)),
        ("2016.12.31", date(2016, 12, 31)),
        ("2016年12月31日", date(2016, 12, 31)),
        ("2016 年 12 月 31 日", date(2016, 12, 31)),
        ("２０１６－１２－３１", date(2016, 12, 31)),
        ("2016-12-31 00:00:00", date(2016, 12, 31)),
        ("2016-12-31T08:30:00", date(2016, 12, 31)),
        ("2016/1/5", date(2016, 1, 5)),
        ("2016-12", date(2016, 12, 1)),
        ("2016/12", date(2016, 12, 1)),
        ("2016年12月", date(2016, 12, 1)),
        ("2016.12", date(2016, 12, 1)),
        (2016.12, date(2016, 12, 1)),
        ("201612", date(2016, 12, 1)),
        (201612.0, date(2016, 12, 1)),
        ("2016", date(2016, 1, 1)),
        ("2016年", date(2016, 1, 1)),
        ("42735", date(2016, 12, 31)),
        (42735.0, date(2016, 12, 31)),
        (42735.75, date(2016, 12, 31)),
        (datetime(2016, 12, 31, 12), date(2016, 12, 31)),
        (date(2016, 12, 31), date(2016, 12, 31)),
    ],
)
def test_dates_in_every_shape(written: Any, day: date) -> None:
    assert dates.read_date(written).value == day


@pytest.mark.parametrize(
    "written", ["2016-13-01", "20160230", "201600", "去年", "2016.1", 2016.1, "31/12/2016", "0", 7.0]
)
def test_a_date_that_cannot_be_known_is_not_guessed(written: Any) -> None:
    assert dates.read_date(written).problem == "date_unreadable"


@pytest.mark.parametrize("written", ["", None, " ", "　", "/", "—", "N/A"])
def test_blank_cells_are_no_problem(written: Any) -> None:
    readers = (
        dates.read_date,
        cells.read_text,
        cells.read_money,
        cells.read_phone,
        cells.read_yes_no,
        cells.read_count,
    )
    assert all(reader(written) == cells.NOTHING for reader in readers)


@pytest.mark.parametrize(
    "written", [GOOD, f"'{GOOD}", f" {GOOD[:6]} {GOOD[6:14]} {GOOD[14:]} ", GOOD.translate(cells.NARROW)]
)
def test_identity_numbers_are_cleaned(written: str) -> None:
    assert cells.read_id_number(written).value.number == GOOD


def test_identity_numbers_in_full_width_and_lower_case_x() -> None:
    with_x = next(n for n in (id_number(i) for i in range(400)) if n.endswith("X"))
    wide = "".join(chr(ord(c) + 0xFEE0) for c in with_x.lower())
    assert cells.read_id_number(wide).value.number == with_x


def test_old_fifteen_digit_numbers_are_expanded_with_their_check_digit() -> None:
    seventeen = "43990119600229" + "011"
    old = seventeen[:6] + seventeen[8:]
    for written in (old, float(old)):
        assert cells.read_id_number(written).value.number == seventeen + check_digit(seventeen)


@pytest.mark.parametrize(("tail", "level"), [("43", "3"), ("43B1", "3")])
def test_disability_certificates_give_the_number_kind_and_level(tail: str, level: str) -> None:
    number = cells.read_id_number(GOOD + tail).value
    assert (number.number, number.disability_kind, number.disability_level) == (GOOD, "4", level)


@pytest.mark.parametrize(
    "written", ["5.10E+17", "4.39901E+17", "5.1e17", 5.1e17, 4.39901196002290e17, GOOD[:15] + "000"]
)
def test_numbers_that_excel_rounded_are_refused_not_guessed(written: Any) -> None:
    if isinstance(written, str) and written.endswith("000") and check_digit(written[:17]) == "0":
        pytest.skip("this one happens to be well formed")
    assert cells.read_id_number(written).problem == "id_rounded"


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (GOOD[:17], "id_length"),
        (GOOD + "1", "id_length"),
        (GOOD[:5] + "A" + GOOD[6:], "id_characters"),
        ("99" + GOOD[2:], "id_province"),
        (GOOD[:10] + "1345" + GOOD[14:], "id_date"),
        (GOOD[:16] + str((int(GOOD[16]) + 1) % 10) + GOOD[17], "id_checksum"),
        ("无", "id_missing"),
        ("", "id_missing"),
    ],
)
def test_each_fault_of_an_identity_number_has_its_name(written: str, problem: str) -> None:
    assert cells.read_id_number(written).problem == problem


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("张 三", "张三"),
        ("张　三", "张三"),
        ("買買提．吐爾遜", "買買提·吐爾遜"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("'李四", "李四"),
        ("〇小明", "〇小明"),
        ("𬭎", "𬭎"),
    ],
)
def test_names_keep_their_characters_but_not_their_spaces(written: str, name: str) -> None:
    assert cells.read_name(written) == cells.Cell(name)


@pytest.mark.parametrize("written", ["张三2", "张?", "=1+1", "张□", "a" * 41])
def test_names_with_digits_or_symbols_are_refused(written: str) -> None:
    assert cells.read_name(written).problem == "name_unreadable"


def test_a_privately_made_character_is_taken_with_a_warning() -> None:
    assert cells.read_name("张\ue863") == cells.Cell("张\ue863", "name_private_character")


@pytest.mark.parametrize(
    ("written", "unit", "yuan"),
    [
        ("9800.5", "元", "9800.50"),
        (9800.5, "元", "9800.50"),
        ("9,800.50元", "元", "9800.50"),
        ("￥9800", "元", "9800.00"),
        ("1.2", "万元", "12000.00"),
        ("1.2万", "元", "12000.00"),
        ("1.2万元", "万元", "12000.00"),
        ("0.005", "元", "0.01"),
    ],
)
def test_money_is_yuan_to_the_cent(written: Any, unit: str, yuan: str) -> None:
    assert cells.read_money(written, unit=unit).value == Decimal(yuan)


@pytest.mark.parametrize("written", ["-1", "约五千", "1e400", "NaN元", "Infinity"])
def test_money_that_is_no_amount_is_not_taken(written: str) -> None:
    assert cells.read_money(written).problem == "money_unreadable"


@pytest.mark.parametrize(
    ("written", "yes"), [("是", True), ("√", True), ("1", True), (1.0, True), ("有", True), ("否", False), ("×", False), (0.0, False), ("無", False)]
)  # fmt: skip
def test_yes_and_no_in_every_spelling(written: Any, yes: bool) -> None:
    assert cells.read_yes_no(written).value is yes


def test_causes_in_one_cell_are_split() -> None:
    read = cells.coded("codes", "cause")
    assert read("因病、因殘；缺技术,缺劳力").value == ["illness", "disability", "skill", "labour"]
    assert read("因病、外星人") == cells.Cell(["illness"], "code_unknown", {"value": "外星人"})


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("13900000000", "13900000000"),
        (13900000000.0, "13900000000"),
        ("+86 139-0000-0000", "13900000000"),
        ("139 0000 0000/13911111111", "13900000000"),
        ("0731-58580000", "0731-58580000"),
    ],
)
def test_phones(written: Any, phone: str) -> None:
    assert cells.read_phone(written).value == phone


def test_register_numbers_keep_leading_zeros() -> None:
    assert cells.read_register_number("0000123456").value == "0000123456"
    assert cells.read_register_number(123456.0).value == "123456"
    assert cells.read_register_number(5001121432130279.0).problem == "number_rounded"
    assert cells.read_register_number("1.00E+10").problem == "number_rounded"


def test_every_word_leads_to_a_code_the_register_knows() -> None:
    words = vocabularies()
    assert set(words["relation"].values()) <= set(Relation.values)
    assert set(words["sex"].values()) <= set(Sex.values)
    assert set(words["cause"].values()) <= set(Cause.values)
    assert set(words["lifting"].values()) <= set(Standing.values)
    assert set(words["household_attribute"].values()) <= set(HouseholdType.values)
    assert set(words["monitored_kind"].values()) <= {*MonitoredKind.values, "none"}
    assert len(set(words["ethnicity"].values())) == 58


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=40), st.floats(), st.dates(), st.booleans(), st.none(), st.integers()))
def test_no_cell_whatever_it_holds_raises(value: Any) -> None:
    readers = (
        *(
            dates.read_date,
            cells.read_text,
            cells.read_name,
            cells.read_id_number,
            cells.read_register_number,
        ),
        *(cells.read_phone, cells.read_count, cells.read_money, cells.read_yes_no, cells.read_relation),
        *(cells.coded("codes", "cause"), cells.coded("code", "sex")),
    )
    for reader in readers:
        assert isinstance(reader(value), cells.Cell)
