"""Free clinics, lectures, publicity: noted, counted by year and channel."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from healthaid.outreach.models import Event
from healthaid.outreach.queries.events import count_by_channel, events, sums_by_kind
from healthaid.outreach.services.events import EventWanted, record_event
from tests.factories.outreach import HELD, an_event


def _wanted(area, **more):
    return EventWanted(**{"area": area, "kind": "free_clinic", "title": "义诊", "held_on": HELD, **more})


def test_a_year_is_counted_by_kind_with_the_persons_reached(county, cast):
    an_event(county.lianhe, cast.doctor)
    an_event(county.qingshui, cast.doctor, attendance=40, found=1)
    an_event(county.lianhe, cast.doctor, held_on=date(2025, 12, 31))
    an_event(county.far, cast.doctor)
    sums = {str(one.kind): (one.events, one.attendance, one.found) for one in sums_by_kind(cast.county, 2026)}
    assert (sums["free_clinic"], sums["lecture"]) == ((2, 100, 4), (0, 0, 0))


def test_publicity_is_counted_by_channel(county, cast):
    for channel in ("wechat", "wechat", "board"):
        an_event(county.lianhe, cast.doctor, "publicity", channel=channel)
    assert count_by_channel(cast.county, 2026) == {"wechat": 2, "board": 1}


def test_publicity_without_a_channel_is_refused_beside_it(county, cast):
    with pytest.raises(ValidationError) as refused:
        record_event(wanted=_wanted(county.lianhe, kind="publicity"), by=cast.doctor)
    assert "channel" in refused.value.message_dict


def test_a_channel_of_something_else_is_not_kept(county, cast):
    assert record_event(wanted=_wanted(county.lianhe, channel="wechat"), by=cast.doctor).channel == ""


def test_no_more_are_found_ill_than_came(county, cast):
    with pytest.raises(ValidationError) as refused:
        record_event(wanted=_wanted(county.lianhe, attendance=2, found=3), by=cast.doctor)
    assert "found" in refused.value.message_dict


def test_nobody_notes_an_event_elsewhere(county, cast):
    with pytest.raises(PermissionDenied):
        record_event(wanted=_wanted(county.qingshui), by=cast.doctor)


def test_a_village_doctor_notes_a_free_clinic_on_the_page(county, cast, signed_in):
    typed = {
        "kind": "free_clinic",
        "area": county.lianhe.pk,
        "title": "村口义诊",
        "held_on": "2026-03-02",
        "attendance": "45",
    }
    answer = signed_in(cast.doctor).post(reverse("outreach:event_new"), typed)
    assert (answer.status_code, Event.objects.get().attendance) == (302, 45)
    shown = signed_in(cast.county).get(reverse("outreach:events") + "?year=2026").content.decode()
    assert "村口义诊" in shown


def test_events_are_narrowed_by_kind_and_town(county, cast):
    here = an_event(county.lianhe, cast.doctor)
    an_event(county.lianhe, cast.doctor, "lecture")
    an_event(county.qingshui, cast.doctor)
    assert list(events(cast.county, year=2026, kind="free_clinic", area=county.dongping)) == [here]
