"""Every case of the rules, as written in the product's own case files."""

import pytest

from followups.protocols.cases import Case, load_cases
from followups.protocols.check import main

CASES = load_cases()


@pytest.mark.parametrize("case", CASES, ids=[f"{case.protocol}: {case.name}" for case in CASES])
def test_case_holds(case: Case) -> None:
    assert case.differences(case.run().as_json()) == []


def test_case_names_are_told_once() -> None:
    names = [(case.protocol, case.name) for case in CASES]
    assert len(set(names)) == len(names)


def test_check_command_accepts_the_library(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    assert f"{len(CASES)} cases, 0 wrong" in capsys.readouterr().out


def test_case_says_what_differs() -> None:
    case = next(case for case in CASES if "cls" in case.expect)
    outcome = case.run().as_json() | {"cls": "4"}
    assert case.differences(outcome)[0].startswith("cls is '4', not ")
