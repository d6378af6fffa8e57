"""GB 11643: what is read, what is refused, and why."""

from datetime import date

import pytest

from core.base.idnumber import IdNumberError, check_digit, check_id_number, masked


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_published_vectors_pass(number):
    assert check_id_number(number).number == number


def test_an_old_persons_county_code_passes():
    seventeen = "43030419590314002"
    assert check_id_number(seventeen + check_digit(seventeen)).birth_date == date(1959, 3, 14)


@pytest.mark.parametrize(
    "typed",
    [
        " 11010519491231002x",
        "'11010519491231002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002x",
    ],
)
def test_spaces_width_apostrophe_and_case_are_folded(typed):
    assert check_id_number(typed).number == "11010519491231002X"


def test_fifteen_digits_are_expanded_with_a_computed_checksum():
    assert check_id_number("110105491231002").number == "11010519491231002X"


def test_a_disability_certificate_gives_the_person_and_the_kind():
    read = check_id_number("11010519491231002X43")
    assert (read.number, read.disability_kind, read.disability_level) == ("11010519491231002X", "4", "3")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("5.10E+17", "mangled"),
        ("110105194912310020", "checksum"),
        ("11010519491331002X", "date"),
        ("1101051949123100", "length"),
        ("11010519491231002X1", "length"),
        ("99010519491231002X", "province"),
        ("1101051949A231002X", "characters"),
    ],
)
def test_a_refusal_says_why(text, code):
    with pytest.raises(IdNumberError) as refused:
        check_id_number(text)
    assert refused.value.code == code


def test_a_birth_date_ahead_of_the_day_is_refused():
    seventeen = "43030420300101001"
    with pytest.raises(IdNumberError):
        check_id_number(seventeen + check_digit(seventeen), on=date(2026, 1, 1))


def test_the_mask_keeps_three_and_four():
    assert masked("11010519491231002X") == "110***********002X"
