"""The twin settles many bills at once, and to the cent what the engine settles one after another."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.policy.shelf import codes, library_policy
from claims.policy.twin import DoesNotFit, columns_of, run
from claims.policy.years import PersonsBill, one_after_another
from tests.factories.random_policies import bills, policies

LIBRARY = [library_policy(code) for code in codes()]
many = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def years_of_bills(draw):
    """Bills of four persons in two households, one of whom moved between them."""
    found = draw(st.lists(bills(), min_size=1, max_size=14))
    persons = st.sampled_from([(1, 1), (2, 1), (3, 2), (4, 2), (4, 1)])
    return [PersonsBill(*draw(persons), facts) for facts in found]


def fen(amount):
    return int(amount * 100)


def assert_equal(policy, given):
    outcome = run(policy, columns_of(given))
    for place, decision in enumerate(one_after_another(policy, given)):
        told = {code: int(amounts[place]) for code, amounts in outcome.lines.items()}
        assert told == {line.layer: fen(line.amount) for line in decision.lines}
        for name in ("total", "discount", "compliant", "patient", "patient_compliant", "paid"):
            assert int(getattr(outcome, name)[place]) == fen(getattr(decision, name)), name


@many
@given(policies(), years_of_bills())
def test_the_twin_equals_the_engine_on_any_policy_and_any_bills(policy, given):
    assert_equal(policy, given)


@pytest.mark.parametrize("policy", LIBRARY, ids=lambda policy: policy.code)
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(years_of_bills())
def test_the_twin_equals_the_engine_on_every_policy_of_the_library(policy, given):
    assert_equal(policy, given)


@pytest.mark.parametrize("policy", LIBRARY, ids=lambda policy: policy.code)
def test_the_twin_settles_the_cases_of_the_library_as_written(policy):
    assert_equal(policy, [PersonsBill(place, place, case.facts) for place, case in enumerate(policy.cases)])


def test_a_person_whose_bills_fill_a_year_is_settled_in_their_order():
    policy = LIBRARY[0]
    facts = policy.cases[0].facts
    given = [
        PersonsBill(1, 1, replace(facts, admitted_on=day, discharged_on=day))
        for day in (date(2019, 1, 1) + timedelta(days=3 * number) for number in range(150))
    ]
    assert_equal(policy, given)


def test_no_bills_give_no_outcome():
    outcome = run(LIBRARY[0], columns_of([]))
    assert len(outcome.patient) == 0


def test_amounts_too_long_for_sixty_four_bits_are_refused_not_wrong():
    policy = LIBRARY[0]
    facts = policy.cases[0].facts
    huge = replace(facts.lines[0], amount=Decimal("90000000000000000.00"))
    with pytest.raises(DoesNotFit):
        run(policy, columns_of([PersonsBill(1, 1, replace(facts, lines=(huge,)))]))
