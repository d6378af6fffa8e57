"""The two commands: check a policy file, settle one bill by it."""

import json
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from claims.policy.decision import decision_from_json
from claims.policy.shelf import LIBRARY, library_policy

POLICY = LIBRARY / "yuetang_2019.toml"


@pytest.fixture
def facts_file(tmp_path):
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(library_policy("yuetang_2019").cases[0].facts.as_json()))
    return path


def test_check_policy_counts_its_cases(capsys):
    call_command("check_policy", str(POLICY))
    assert "5 layers, 3 cases, 0 wrong" in capsys.readouterr().out


def test_check_policy_names_a_case_that_comes_out_otherwise(tmp_path, capsys):
    path = tmp_path / "wrong.toml"
    path.write_text(POLICY.read_text().replace("patient = 454.92", "patient = 454.93"))
    with pytest.raises(CommandError, match="1 problem"):
        call_command("check_policy", str(path))
    assert "patient: 454.92, not 454.93" in capsys.readouterr().err


@pytest.mark.parametrize(("language", "words"), [("zh", "不是数"), ("en", "is not a number")])
def test_check_policy_names_the_line(tmp_path, capsys, language, words):
    path = tmp_path / "wrong.toml"
    path.write_text(POLICY.read_text().replace("target = 0.90", 'target = "most"'))
    with pytest.raises(CommandError):
        call_command("check_policy", str(path), language=language)
    line = POLICY.read_text().split("\n").index("target = 0.90") + 1
    told = capsys.readouterr().err
    assert f":{line}:" in told and words in told


def test_assess_bill_prints_the_decision(facts_file, capsys):
    call_command("assess_bill", f"--policy={POLICY}", f"--facts={facts_file}")
    assert decision_from_json(json.loads(capsys.readouterr().out)).patient == Decimal("454.92")


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "个人负担 454.92 元"), ("en", "the patient bears 454.92")]
)
def test_assess_bill_explains(facts_file, capsys, language, words):
    call_command(
        "assess_bill", f"--policy={POLICY}", f"--facts={facts_file}", explain=True, language=language
    )
    assert words in capsys.readouterr().out


def test_assess_bill_names_what_is_missing(tmp_path):
    path = tmp_path / "facts.json"
    path.write_text("{}")
    with pytest.raises(CommandError, match="birth_date"):
        call_command("assess_bill", f"--policy={POLICY}", f"--facts={path}", language="en")


def test_a_file_that_is_not_there_is_told_so():
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("check_policy", "nowhere.toml")
