"""The sample files in docs/samples read as their page says."""

from pathlib import Path

import pytest

from households.registerfile import read_register

SAMPLES = Path(__file__).parents[3] / "docs" / "samples"


@pytest.mark.parametrize("name", ["register-clean.csv", "register-gb18030.csv"])
def test_the_clean_samples_have_nothing_to_correct(name: str) -> None:
    found = read_register(SAMPLES / name, filename=name)
    assert (found.problems, len(found.household_rows), len(found.line_numbers)) == ([], 6, 18)


def test_the_messy_sample_is_read_but_for_its_two_wrong_numbers() -> None:
    found = read_register(SAMPLES / "register-messy.xlsx", filename="register-messy.xlsx")
    assert [(p.cell, p.code) for p in found.problems] == [("G12", "id_rounded"), ("G16", "id_checksum")]
    assert (found.header_row, found.header_levels, len(found.line_numbers)) == (3, 2, 21)
    assert [line.reason for line in found.left_out] == ["header", "total", "note"]
    assert {str(income) for income in found.households["income"]} == {"9800.00"}
