"""A visit of a household that moved before it arrived is counted where the household lives now."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from followups.models import Submission, Visit
from followups.queries.takeover import to_take_over
from followups.services.takeover import take_over
from followups.services.visits import record_visit
from households.models import Household
from tests.factories.followups import TODAY, a_body
from tests.factories.ground import a_user
from tests.factories.registry import a_household, a_person

AT = timezone.make_aware(datetime(2026, 11, 18, 12))


@pytest.fixture
def there(county):
    """The doctor and the health officer of where the household went."""
    return (
        a_user("village_doctor", county.qingshui, username="there"),
        a_user("township_staff", county.qingshui.parent, username="office"),
    )


@pytest.fixture
def refused(county, cast):
    person = a_person(a_household(county.lianhe))
    Household.objects.filter(pk=person.household_id).update(village=county.qingshui)
    receipt = record_visit(body=a_body(person), by=cast.doctor, received_on=TODAY)
    assert receipt.problems[0].code == "moved_away"
    Submission.objects.update(received_at=AT - timedelta(hours=1))
    return Submission.objects.get()


def test_the_new_area_sees_it_and_others_do_not(refused, there, cast):
    doctor, officer = there
    for user in (doctor, officer):
        assert [row for row, _subject in to_take_over(user, AT)] == [refused]
    assert to_take_over(cast.doctor, AT) == [] and to_take_over(cast.township, AT) == []


def test_taken_over_it_counts_for_the_doctor_there_and_names_who_took_it(refused, there):
    doctor, officer = there
    receipt = take_over(submission=refused, by=officer, at=AT, on=TODAY)
    visit = Visit.objects.get()
    assert (receipt.status, visit.by, str(visit.pk)) == ("accepted", doctor, str(refused.client_id))
    refused.refresh_from_db()
    assert (refused.state, refused.taken_over_by, refused.taken_over_at) == ("accepted", officer, AT)
    assert refused.user != doctor


def test_a_second_time_it_is_settled(refused, there):
    doctor, _officer = there
    take_over(submission=refused, by=doctor, at=AT, on=TODAY)
    with pytest.raises(ValidationError):
        take_over(submission=refused, by=doctor, at=AT, on=TODAY)
    assert Visit.objects.count() == 1


def test_the_old_area_cannot_take_it(refused, cast):
    with pytest.raises(PermissionDenied):
        take_over(submission=refused, by=cast.doctor, at=AT, on=TODAY)


def test_the_page_offers_it_and_does_it(refused, there, signed_in):
    Submission.objects.update(received_at=timezone.now())
    _doctor, officer = there
    client = signed_in(officer)
    page = client.get("/phones/").content.decode()
    assert f"/phones/refused/{refused.pk}/take-over/" in page
    assert client.post(f"/phones/refused/{refused.pk}/take-over/").status_code == 302
    assert Visit.objects.count() == 1
    assert "take-over" not in client.get("/phones/").content.decode()
