"""Services go on after a household was lifted out of poverty, and while and after it is monitored (DOMAIN A2)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from followups.models import Contract, Duty
from followups.services.generation import generate_duties
from healthaid.pages.queries.monitoring import services_of
from households.models import Household
from households.services.monitoring.working import approve_removal
from tests.factories.facts import a_contract_of, a_team_for, an_enrolment_of
from tests.factories.monitoring import a_case_asked, a_case_helped
from tests.factories.registry import a_condition, a_household, a_person


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def person(county, cast, today):
    person = a_person(a_household(county.lianhe, main_cause="illness"))
    a_condition(person)
    team = a_team_for(county.lianhe)
    a_contract_of(person, team, cast.township, first=today - timedelta(400), past=today + timedelta(300))
    an_enrolment_of(person, today.year)
    return person


def owed(person, on):
    """What the night inserts for the household as it stands."""
    Duty.objects.all().delete()
    generate_duties(on=on, county_ids=[person.county_id])
    found = Duty.objects.filter(household=person.household_id, state="open")
    return set(found.values_list("protocol", "person_id"))


def test_a_lifted_household_is_owed_what_a_poor_one_is(person, today):
    before = owed(person, today)
    assert before
    Household.objects.update(standing="lifted")
    assert owed(person, today) == before


def test_monitoring_and_its_end_take_nothing_away(person, cast, county, today):
    Household.objects.update(standing="lifted")
    before = owed(person, today)
    contract = Contract.objects.values_list("state", "period").get()
    case = a_case_asked(person.household, cast, on=today - timedelta(days=100))
    assert owed(person, today) == before
    approve_removal(case=case, note="", by=cast.county, on=today)
    assert owed(person, today) == before
    assert Contract.objects.values_list("state", "period").get() == contract


def test_the_page_of_a_case_shows_what_goes_on(person, cast, signed_in, today):
    generate_duties(on=today, county_ids=[person.county_id])
    case = a_case_helped(person.household, cast, on=today)
    found = services_of(cast.township, person.household, today)
    assert (found.members, found.signed, found.insured) == (1, 1, 1)
    assert found.owed == Duty.objects.filter(state="open").count() > 0
    assert "服务不停" in signed_in(cast.township).get(f"/monitoring/{case.uuid}/").content.decode()
