"""The sample bills of the documentation are read as they are described there."""

from decimal import Decimal
from pathlib import Path

import pytest

from claims.billfile.reading import read_bill

SAMPLES = Path(__file__).parents[2] / "docs" / "samples"


@pytest.mark.parametrize(("name", "total"), [("bill-told.csv", "4549.20"), ("bill-messy.xlsx", "5930.50")])
def test_a_sample_is_read_to_its_total_without_a_question(name, total):
    found = read_bill((SAMPLES / name).read_bytes())
    assert found.problems == ()
    assert sum(line.amount for line in found.lines) == Decimal(total)


def test_the_messy_one_turns_a_rate_into_an_amount_and_takes_back_what_was_given_back():
    lines = read_bill((SAMPLES / "bill-messy.xlsx").read_bytes()).lines
    assert [line.first_pay for line in lines if line.category == "examination"] == [Decimal("68.00")]
    assert sum(line.amount for line in lines if line.category == "western_drug") == Decimal("702.00")
