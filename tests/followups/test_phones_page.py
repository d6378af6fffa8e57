"""What came from each phone, what is missing, and what was not accepted: for the doctor and the offices above."""

import pytest
from django.utils import timezone

from followups.models import Device
from followups.queries.devices import not_accepted, phone_lines, phones
from followups.services.visits import record_visit
from tests.factories.followups import TODAY, a_body
from tests.factories.registry import a_household, a_person


@pytest.fixture
def phone(cast, county):
    person = a_person(a_household(county.lianhe))
    days = {1: "2026-11-03", 4: "2026-11-05", 5: "2026-11-09"}
    for number, day in days.items():
        body = a_body(person, device_id="phone-abcd", device_seq=number, visited_on=day)
        record_visit(body=body, by=cast.doctor, received_on=TODAY)
    bad = a_body(person, device_id="phone-abcd", device_seq=6, answers={"sbp": 40})
    record_visit(body=bad, by=cast.doctor, received_on=TODAY)
    now = timezone.now()
    return Device.objects.create(
        device_id="phone-abcd",
        user=cast.doctor,
        last_seen_at=now,
        unsent=2,
        oldest_unsent_at=now,
        skew_seconds=900,
    )


def test_a_phone_is_told_with_its_missing_numbers(phone, cast):
    line = phone_lines(list(phones(cast.doctor)))[0]
    assert [(gap.first, gap.last) for gap in line.gaps] == [(2, 3)]
    assert (line.highest, line.received, line.refused, line.waiting) == (6, 3, 1, 0)


def test_each_sees_the_phones_below(phone, cast):
    seen = {
        name: phones(getattr(cast, name)).exists()
        for name in ("doctor", "colleague", "stranger", "team_doctor", "township", "county")
    }
    assert seen == {
        "doctor": True, "colleague": False, "stranger": False, "team_doctor": False, "township": True, "county": True,
    }  # fmt: skip


def test_what_was_not_accepted_is_for_health_staff(phone, cast):
    now = timezone.now()
    assert not_accepted(cast.doctor, now).count() == not_accepted(cast.township, now).count() == 1
    assert not not_accepted(cast.colleague, now).exists()
    assert not not_accepted(cast.township_administration, now).exists()


def test_the_page_says_it_loudly(phone, cast, signed_in):
    page = signed_in(cast.township).get("/phones/").content.decode()
    assert "2–3" in page and "#abcd" in page and "15" in page and phone.user.get_full_name() in page
    assert "张三丰" not in page


def test_the_number_of_statements_is_constant(phone, cast, signed_in, django_assert_max_num_queries):
    client = signed_in(cast.township)
    for number in range(20):
        Device.objects.create(device_id=f"phone-{number:04d}", user=cast.doctor, last_seen_at=timezone.now())
    with django_assert_max_num_queries(14):
        assert client.get("/phones/").status_code == 200
