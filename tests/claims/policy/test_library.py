"""The policies of the library: each is read without a fault and its own cases come out to the cent."""

import json

import pytest

from claims.policy.cases import run_cases
from claims.policy.decision import decision_from_json
from claims.policy.engine import assess
from claims.policy.explanation import as_text, told
from claims.policy.facts import facts_from_json
from claims.policy.shelf import codes, library_policy

CASES = [(code, case) for code in codes() for case in library_policy(code).cases]


def _named(value):
    return value if isinstance(value, str) else value.name


@pytest.mark.parametrize("code", codes())
def test_every_case_of_a_policy_comes_out_to_the_cent(code):
    assert [str(difference) for difference in run_cases(library_policy(code))] == []


@pytest.mark.parametrize("code", codes())
def test_a_policy_has_cases_a_source_and_its_file_s_name(code):
    policy = library_policy(code)
    assert policy.code == code
    assert len(policy.cases) >= 2
    assert policy.policy.document.source


@pytest.mark.parametrize(("code", "case"), CASES, ids=_named)
def test_payers_and_patient_make_the_bill(code, case):
    decision = assess(library_policy(code), case.facts)
    assert sum(line.amount for line in decision.lines) + decision.patient == decision.settled
    assert min((line.amount for line in decision.lines), default=0) >= 0


@pytest.mark.parametrize(("code", "case"), CASES, ids=_named)
def test_facts_and_decision_survive_json(code, case):
    decision = assess(library_policy(code), case.facts)
    assert decision_from_json(json.loads(json.dumps(decision.as_json()))) == decision
    assert facts_from_json(json.loads(json.dumps(case.facts.as_json()))) == case.facts


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("code", "case"), CASES, ids=_named)
def test_every_decision_can_be_told(code, case, language):
    text = as_text(told(assess(library_policy(code), case.facts), language))
    assert "{" not in text
