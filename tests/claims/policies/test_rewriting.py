"""A number of a policy is changed in its text, and nothing else."""

import tomllib
from datetime import date
from decimal import Decimal

import pytest

from claims.policy.shelf import codes, text_of
from claims.services.policies.rewriting import value_at, with_values
from claims.services.policies.spans import Spans

TEXT = """\
# head
[policy]
code = "a" # kept
valid_from = 2019-01-01
title = { zh = "甲，[乙]", en = "a # b" }

[[layers]] # first
code = "one"
rate = { county = 0.75, city = 0.6 } # by level
bands = [
  { upto = 30000, rate = 0.60 }, # low
  { rate = 0.85 },
]
ceiling_year = 150_000 # a year
[layers.when]
care = ["inpatient"]
[[layers.adjust]]
rate_plus = 0.10

[[layers]]
code = 'two'
clause = \"\"\"
[[layers]] is only a word here
rate = 3
\"\"\"
"""


def test_only_the_number_changes():
    changed = with_values(TEXT, {("layers", 0, "rate", "city"): Decimal("0.65")})
    assert changed == TEXT.replace("city = 0.6 }", "city = 0.65 }")


def test_a_number_inside_of_a_list_of_bands_changes():
    changed = with_values(TEXT, {("layers", 0, "bands", 1, "rate"): Decimal("0.9")})
    assert changed == TEXT.replace("{ rate = 0.85 }", "{ rate = 0.9 }")


def test_a_modifier_belongs_to_its_layer():
    changed = with_values(TEXT, {("layers", 0, "adjust", 0, "rate_plus"): Decimal("0.05")})
    assert changed == TEXT.replace("rate_plus = 0.10", "rate_plus = 0.05")


def test_a_day_changes_and_the_comment_beside_it_stays():
    changed = with_values(TEXT, {("policy", "valid_from"): date(2027, 1, 1)})
    assert changed == TEXT.replace("2019-01-01", "2027-01-01")


def test_a_number_that_was_not_there_gets_a_line_in_its_table():
    changed = with_values(TEXT, {("layers", 0, "ceiling_visit"): Decimal(5000)})
    assert tomllib.loads(changed)["layers"][0]["ceiling_visit"] == 5000
    assert changed.replace("\nceiling_visit = 5000", "") == TEXT


def test_an_optional_number_goes_with_its_line():
    changed = with_values(TEXT, {("layers", 0, "ceiling_year"): None})
    assert changed == TEXT.replace("ceiling_year = 150_000 # a year\n", "")


def test_the_same_number_leaves_the_text_as_it_is():
    assert with_values(TEXT, {("layers", 0, "ceiling_year"): Decimal(150000)}) == TEXT


def test_a_number_inside_of_braces_does_not_go_by_itself():
    with pytest.raises(ValueError):
        with_values(TEXT, {("layers", 0, "rate", "city"): None})


def test_a_table_that_is_not_there_is_refused():
    with pytest.raises(ValueError):
        with_values(TEXT, {("layers", 7, "rate"): Decimal(1)})


@pytest.mark.parametrize("code", codes())
def test_every_value_of_the_library_is_found_where_it_stands(code):
    """What the spans cut out of the text reads as the value that the standard reader gives."""
    text = text_of(code)
    raw = tomllib.loads(text, parse_float=Decimal)
    for path, (start, end) in Spans(text).values.items():
        assert tomllib.loads(f"x = {text[start:end]}", parse_float=Decimal)["x"] == value_at(raw, path), path
