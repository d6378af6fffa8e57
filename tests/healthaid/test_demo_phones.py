"""The demo county's phones: two records that do not agree, one that was not accepted, a number that never came."""

import pytest

from followups.models import Conflict, Device, Submission
from followups.queries.sync import missing_numbers
from followups.services.visits import record_visit
from healthaid.demo.phones import send_from_phones
from tests.factories.followups import TODAY, a_body
from tests.factories.ground import a_user
from tests.factories.registry import a_household, a_person


@pytest.mark.django_db
def test_the_first_villages_phones_have_conflicts_a_refusal_and_a_gap(county):
    doctor = a_user("village_doctor", county.lianhe, username="doctor1")
    a_user("team_doctor", county.dongping, username="team1")
    for _n in range(3):
        visit = record_visit(
            body=a_body(a_person(a_household(county.lianhe)), visited_on="2026-11-10"),
            by=doctor,
            received_on=TODAY,
        )
        assert visit.status == "accepted"
    send_from_phones(TODAY)
    assert Conflict.objects.count() == 2
    refused = Submission.objects.get(state="refused")
    assert missing_numbers(refused.device_id) == [1] and Device.objects.count() == 2


@pytest.mark.django_db
def test_a_county_without_those_doctors_sends_nothing(county):
    send_from_phones(TODAY)
    assert not Submission.objects.exists()
