"""What is wrong in a policy is told with its line, its place and its remedy, in both languages."""

import re
import tomllib
from pathlib import Path

import pytest

from claims.policy import reading
from claims.policy.places import Places
from claims.policy.reading import FactsProblems, PolicyProblems, read_facts, read_policy
from claims.policy.shelf import codes, text_of
from tests.factories.policies import layer, policy_text

GOOD = text_of("yuetang_2019")
CHINESE = re.compile("[\u4e00-\u9fff]")

FAULTS = [
    ("a share above one", "rate = 0.50", "rate = 50", "layers[3].rate"),
    ("a word for a number", "rate = 0.50", 'rate = "half"', "layers[3].rate"),
    ("an unknown level", "deductible = 15000", "deductible = { town = 3 }", "layers[2].deductible.town"),
    ("an amount below zero", "deductible = 15000", "deductible = -5", "layers[2].deductible"),
    ("a tenth of a cent", "deductible = 15000", "deductible = 15000.005", "layers[2].deductible"),
    ("a date in words", "valid_from = 2019-01-01", 'valid_from = "soon"', "policy.valid_from"),
    ("an end before the beginning", "valid_to = 2021-01-01", "valid_to = 2018-01-01", "policy"),
    ("an unknown kind", 'kind = "topup"', 'kind = "ratio"', "layers[5]"),
    ("no kind", 'kind = "topup"\n', "", "layers[5]"),
    ("no list", 'care = ["inpatient"]', 'care = "inpatient"', "layers[1].when.care"),
    ("an unknown word", 'care = ["inpatient"]', 'care = ["hospital"]', "layers[1].when.care[1]"),
    ("an unknown scheme", 'enrolled = ["critical"]', 'enrolled = ["critcal"]', "layers[2].when.enrolled[1]"),
    ("an unknown question", "[[layers.adjust]]\nwhen = { identity", "[[layers.adjust]]\nwhen = { identty", "layers[1].adjust[1].when.identty"),
    ("an unknown base", 'base = "compliant"', 'base = "all"', "layers[1].base"),
    ("a parameter of another kind", 'of = "total"', 'origin = "net"', "layers[5].origin"),
    ("no English", 'zh = "政府兜底", en = "government backstop" }\nclause', 'zh = "政府兜底" }\nclause', "layers[5].label.en"),
    ("parts above the amount", "first_pay = 202.92", "first_pay = 20292", "cases[1].facts.lines[3]"),
    ("out before in", "discharged_on = 2020-06-09", "discharged_on = 2020-05-09", "cases[1].facts"),
    ("edges that fall", "{ upto = 80000", "{ upto = 8000", "layers[2]"),
    ("an unknown payer", 'payer = "fund"', 'payer = "nobody"', "layers[5].payer"),
    ("a code used twice", 'code = "critical"\npayer', 'code = "basic"\npayer', "layers[2].code"),
    ("not TOML", "[[cases]]", "[[cases", ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "right", "wrong", "path"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_a_fault_is_told_at_its_line(name, right, wrong, path):
    text = GOOD.replace(right, wrong, 1)
    assert text != GOOD
    with pytest.raises(PolicyProblems) as found:
        read_policy(text)
    (problem,) = found.value.problems
    assert problem.path == path
    if wrong and not path.endswith("]") and "." in path:
        last = re.split(r"[.\[]", path.removesuffix(".town").removesuffix("[1]").removesuffix(".en"))[-1]
        assert last in text.split("\n")[problem.line - 1]
    for words in (problem.message, problem.remedy):
        assert CHINESE.search(words.zh) and not CHINESE.search(words.en)
        assert "{" not in words.zh.replace("{ ", "") and words.zh and words.en


def test_every_fault_is_told_by_line():
    text = (
        GOOD.replace("rate = 0.50", "rate = 5", 1)
        .replace('of = "total"', 'of = "all"')
        .replace("4549.20", "4549.201")
    )
    with pytest.raises(PolicyProblems) as found:
        read_policy(text)
    lines = [problem.line for problem in found.value.problems]
    assert len(lines) == 3 and lines == sorted(lines)


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ("什么也没有问", policy_text(layer("x", "zero_burden", "when = {}"))),
        (
            "什么也没有改",
            policy_text(layer("x", "zero_burden", 'adjust = [{ when = { level = ["county"] } }]')),
        ),
        ("单独", policy_text(layer("x", "rate", "rate = 1\nbase = { cumulated_self_pay = 1, total = 1 }"))),
        (
            "不分费用类别",
            policy_text(layer("x", "rate", 'rate = 1\nbase = "remaining"\ncategories = ["bed"]')),
        ),
        ("前面的层", policy_text(layer("x", "rate", 'rate = 1\nbase = "total"\nless_deductibles = ["y"]'))),
    ],
)
def test_rules_that_make_no_sense_are_refused(fault, text):
    with pytest.raises(PolicyProblems) as found:
        read_policy(text)
    assert any(fault in problem.told("zh") for problem in found.value.problems)


def test_a_category_is_discounted_once():
    one = '[[discounts]]\ncode = "{}"\nlabel = {{ zh = "减", en = "off" }}\nclause = "一"\ncategories = ["bed"]\nrate = 0.2\n'
    with pytest.raises(PolicyProblems, match="two discounts"):
        read_policy(policy_text(layer("x", "zero_burden"), more=one.format("a") + one.format("b")))


def test_facts_name_their_field():
    with pytest.raises(FactsProblems) as found:
        read_facts(
            '{"care": "inpatient", "level": "moon", "lines": [{"category": "bed", "cls": "A", "amount": "x"}]}'
        )
    told = [problem.told("zh") for problem in found.value.problems]
    assert any("lines[1].amount" in line and "不是数" in line for line in told)
    assert any("birth_date" in line for line in told)


def test_facts_that_are_not_json_are_told_so():
    with pytest.raises(FactsProblems, match="not valid JSON"):
        read_facts("{")


@pytest.mark.parametrize("code", codes())
def test_every_value_of_the_library_is_found_at_its_line(code):
    """The last name of a path stands on the line that is given for it."""
    text = text_of(code)
    places, rows = Places(text), text.split("\n")
    for path in _paths(tomllib.loads(text), ()):
        names = [step for step in path if isinstance(step, str)]
        assert any(name in rows[places.line(path) - 1] for name in names[-2:]) or isinstance(path[-1], int)


def _paths(value, path):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield (*path, name)
            yield from _paths(inner, (*path, name))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _paths(inner, (*path, place))


def test_every_problem_has_both_languages():
    raw = tomllib.loads(Path(reading.__file__).with_name("problems.toml").read_text(encoding="utf-8"))
    for words in raw.values():
        assert set(words) == {"zh", "en", "remedy_zh", "remedy_en"}
