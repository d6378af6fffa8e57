"""Once a week leaders and officers hear how many contracts end within 30 days."""

from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from followups.models import Contract
from followups.services.renewals import renew_contracts
from healthaid.journeys import renewals
from healthaid.outreach.models import Message
from tests.factories.followups import a_contract, a_team
from tests.factories.registry import a_household, a_person

ON = date(2026, 12, 7)


@pytest.fixture
def contract(county, cast):
    team = a_team(county.lianhe, leader=cast.team_doctor)
    return a_contract(a_person(a_household(county.lianhe)), team, cast.county)


def test_leader_township_and_county_are_told_once_a_week(contract, cast):
    told = {cast.team_doctor.pk, cast.township.pk, cast.county.pk}
    assert renewals.remind(on=ON) == len(told)
    assert set(Message.objects.values_list("user_id", flat=True)) == told
    assert Message.objects.first().context == {"count": 1, "days": 30}
    assert renewals.remind(on=ON + timedelta(days=3)) == 0
    assert renewals.remind(on=ON + timedelta(days=7)) == len(told)


def test_nobody_is_told_of_what_is_renewed_or_ends_later(contract, cast):
    assert renewals.remind(on=date(2026, 12, 1)) == 0
    renew_contracts(contracts=[contract.pk], by=cast.county, on=ON)
    assert renewals.remind(on=ON) == 0


def test_nor_of_who_has_left(contract, cast):
    person = contract.person
    type(person).objects.filter(pk=person.pk).update(left_on=ON, left_reason="died")
    assert Contract.objects.filter(period=DateRange(date(2026, 1, 1), ON)).exists()
    assert renewals.remind(on=ON) == 0
