"""What a form asks for at least and what the rules owe are one: no form promises a visit that nobody is told of."""

from datetime import timedelta

import pytest

from core.base.periods import add_months
from followups.protocols.library import editions, forms_for
from followups.protocols.rules import Action
from followups.protocols.schema import Protocol
from followups.rules import (
    AnyRule,
    ChronicRule,
    DischargeRule,
    FirstVisitRule,
    HouseholdRule,
    PersonRule,
    VisitRule,
    all_rules,
)
from tests.followups.protocols.test_library import ON

A_YEAR = {"ten_days": 36, "half_month": 24, "month": 12, "quarter": 4, "year": 1}
FORMS = [pytest.param(form, id=form.key) for form in editions()]
ACTIONS = [
    pytest.param(form, action, id=f"{form.key}-{action.code}")
    for form in editions()
    for action in form.assessment.actions
    if action.due and not action.followed_by and (action.due.days or 0) + (action.due.months or 0) * 31 <= 31
]


def asking_for(form: Protocol) -> list[AnyRule]:
    return [rule for rule in all_rules().values() if form.code in rule.form_codes]


def rhythms(form: Protocol) -> list[ChronicRule | PersonRule | HouseholdRule]:
    """Rules by which the form comes round for everybody whom it concerns."""
    regular = [r for r in asking_for(form) if isinstance(r, ChronicRule | PersonRule | HouseholdRule)]
    special = [r for r in regular if isinstance(r, ChronicRule) and (r.last_visit or r.declined)]
    return [rule for rule in regular if rule not in special]


def coming_round(form: Protocol) -> list[ChronicRule | PersonRule | HouseholdRule]:
    """Rules of this form, and of the others of its disease: after the first visit comes the follow-up."""
    codes = {form.code, *(code for disease in form.applies.diseases for code in forms_for(disease))}
    found = [rule for rule in all_rules().values() if codes & set(rule.form_codes)]
    return [rule for rule in found if isinstance(rule, ChronicRule | PersonRule | HouseholdRule)]


def least(form: Protocol) -> int:
    """Visits in a year that the form asks for."""
    return (form.minimum.visits_per_year or 0) + 12 * (form.minimum.visits_per_month or 0)


@pytest.mark.parametrize("form", FORMS)
def test_the_minimum_of_a_form_is_its_rhythm_or_says_why_not(form: Protocol) -> None:
    owed = [A_YEAR[rule.window] for rule in rhythms(form)]
    if form.minimum.not_owed:
        assert owed == []
    elif least(form):
        assert owed == [least(form)]
    else:
        assert [r for r in asking_for(form) if isinstance(r, FirstVisitRule | DischargeRule)]


@pytest.mark.parametrize("form", FORMS)
def test_the_visits_that_count_are_those_that_fulfil(form: Protocol) -> None:
    counted = {tuple(map(str, rule.modes)) for rule in asking_for(form) if not isinstance(rule, VisitRule)}
    assert counted <= {form.minimum.counting_modes}


@pytest.mark.parametrize("form", FORMS)
def test_a_yearly_examination_asked_for_is_owed(form: Protocol) -> None:
    assert form.minimum.exams_per_year <= sum(
        1 for rule in all_rules().values() if isinstance(rule, PersonRule) and rule.unless_examined
    )


@pytest.mark.parametrize(("form", "action"), ACTIONS)
def test_a_return_visit_asked_for_within_a_month_is_owed(form: Protocol, action: Action) -> None:
    """By a rule for return visits, or because the form comes round at least as soon."""
    due = action.due
    assert due
    by = ON + timedelta(days=due.days) if due.days else add_months(ON, due.months or 0)
    days = (by - ON).days
    returns = [rule for rule in asking_for(form) if isinstance(rule, VisitRule)]
    rounds = [A_YEAR[rule.window] for rule in coming_round(form)]
    assert any(rule.over_days < days <= rule.within_days for rule in returns) or any(
        365 // often <= days for often in rounds
    )
