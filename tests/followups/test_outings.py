"""Teams back in their villages each month, and the doctor paired with a household."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from core.base.ids import uuid7
from followups.models import Pairing, TeamReturn
from followups.queries.outings import paired_with, returns_of_month
from followups.services.outings import end_pairing, pair_household, record_return
from tests.factories.followups import TODAY, a_team
from tests.factories.ground import a_practitioner, an_institution
from tests.factories.registry import a_household, a_person

NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def team(county):
    return a_team(county.lianhe, county.shunjiang)


@pytest.fixture
def back(team, county, cast):
    def go(village=None, **more):
        told = {
            "returned_on": TODAY,
            "served": 20,
            "satisfaction": 5,
            "uuid": uuid7(),
            "by": cast.team_doctor,
        }
        return record_return(team=team, village=village or county.lianhe, on=TODAY, **told | more)

    return go


def test_a_team_counts_as_returned_once_it_was_in_all_its_villages(back, county, cast):
    back()
    returns = returns_of_month(cast.county, NOVEMBER)
    assert (returns.returned, returns.teams, len(returns.owed)) == (0, 1, 2)
    assert returns.owed[0].made is None
    back(county.shunjiang)
    assert returns_of_month(cast.county, NOVEMBER).returned == 1
    assert returns_of_month(cast.county, date(2026, 10, 1)).returned == 0


def test_the_same_return_again_is_the_first_one(back):
    number = uuid7()
    assert back(uuid=number) == back(uuid=number)
    with pytest.raises(ValidationError):
        back()
    assert TeamReturn.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"returned_on": date(2026, 11, 19)}, {"village": "qingshui"}])
def test_a_day_to_come_and_a_village_of_others_are_refused(back, county, wrong):
    given = wrong | ({"village": county.qingshui} if "village" in wrong else {})
    with pytest.raises(ValidationError):
        back(**given)


def test_a_return_is_recorded_on_its_page(team, county, cast, signed_in):
    answers = {"team": team.pk, "village": county.lianhe.pk, "returned_on": "2026-11-03", "served": 12}
    answers |= {"satisfaction": 4, "note": "义诊", "uuid": str(uuid7())}
    client = signed_in(cast.team_doctor)
    assert client.post(reverse("followups:return_new"), answers).url.endswith("?month=2026-11")
    page = client.get(reverse("followups:returns") + "?month=2026-11").content.decode()
    assert "义诊" in page and team.name in page


@pytest.fixture
def home(county):
    household = a_household(county.lianhe)
    a_person(household)
    return household


@pytest.fixture
def doctors(county):
    hospital = an_institution(county.dongping, "township_hospital")
    return [a_practitioner(hospital) for _number in range(2)]


def test_a_household_has_one_paired_doctor_and_the_next_one_takes_over(home, doctors, cast):
    pair_household(household=home, practitioner=doctors[0], by=cast.county, on=date(2026, 5, 1))
    pair_household(household=home, practitioner=doctors[1], by=cast.county, on=TODAY)
    assert paired_with(home, date(2026, 6, 1)).practitioner == doctors[0]
    assert paired_with(home, TODAY).practitioner == doctors[1]
    end_pairing(household=home, by=cast.county, on=date(2026, 12, 1))
    assert paired_with(home, date(2026, 12, 1)) is None and Pairing.objects.count() == 2


def test_only_officers_name_a_paired_doctor(home, doctors, cast):
    with pytest.raises(PermissionDenied):
        pair_household(household=home, practitioner=doctors[0], by=cast.doctor, on=TODAY)


def test_the_household_page_names_the_paired_doctor(home, doctors, cast, signed_in):
    client = signed_in(cast.county)
    client.post(reverse("followups:pairing", args=[home.uuid]), {"practitioner": doctors[0].pk})
    page = client.get(reverse("households:household", args=[home.uuid])).content.decode()
    assert doctors[0].name in page
