"""Needs that a phone noted without signal: kept, then raised once, for a person of the sender's own area."""

import json

import pytest

from core.base.ids import uuid7
from followups.models import Need, NeedStep, Submission
from followups.services.needs import raise_need
from tests.factories.followups import TODAY
from tests.factories.registry import a_household, a_person


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe))


@pytest.fixture
def send(cast, signed_in, monkeypatch):
    monkeypatch.setattr("followups.views.sync.today", lambda: TODAY)
    client = signed_in(cast.doctor)

    def do(*items):
        body = json.dumps({"items": items})
        answer = client.post("/sync/needs", body, content_type="application/json")
        assert answer.status_code == 200, answer.content
        return answer.json()["results"]

    return do


def item(person, **more):
    return {
        "client_id": str(uuid7()),
        "person": str(person.uuid),
        "kind": "device",
        "words": "要一副拐杖",
        "on": "2026-11-17",
        "device_id": "0193a7aa-0000-7000-8000-00000000000a",
        "device_seq": 1,
        **more,
    }


def test_a_need_is_raised_once_however_often_it_is_sent(send, person, cast):
    sent = item(person)
    assert [each["status"] for each in send(sent, sent)] == ["accepted", "repeated"]
    need = Need.objects.get()
    assert (str(need.uuid), need.description, need.raised_by) == (
        sent["client_id"],
        "要一副拐杖",
        cast.doctor,
    )
    assert str(need.raised_on) == "2026-11-17"


def test_its_number_counts_among_the_phones_numbers(send, person):
    send(item(person, device_seq=3))
    kept = Submission.objects.get()
    assert (kept.kind, kept.device_seq, kept.state) == ("need", 3, "accepted")


def test_one_of_the_same_kind_that_is_open_gets_the_words(send, person, cast):
    there = raise_need(person=person, kind="device", description="拐杖", by=cast.doctor, on=TODAY)
    send(item(person, words="旧的断了"))
    assert Need.objects.get() == there
    assert NeedStep.objects.filter(need=there, note="旧的断了").count() == 1


def test_another_one_is_raised_where_that_was_said(send, person, cast):
    raise_need(person=person, kind="device", description="拐杖", by=cast.doctor, on=TODAY)
    send(item(person, another=True))
    assert Need.objects.count() == 2


def test_money_is_kept_for_what_it_costs(send, person):
    send(item(person, kind="cost", quoted_amount="206000.50", is_put_off=True))
    assert (str(Need.objects.get().quoted_amount), Need.objects.get().is_put_off) == ("206000.50", True)


@pytest.mark.parametrize(
    "spoil",
    [
        {"kind": "gold"}, {"words": " "}, {"words": "长" * 301}, {"on": "2027-01-01"}, {"on": "x"}, {"more": 1},
        {"person": "x"}, {"quoted_amount": "NaN"}, {"quoted_amount": "a lot"}, {"owner": 999999}, {"words": 7},
    ],
)  # fmt: skip
def test_what_cannot_be_raised_is_refused_and_kept(send, person, spoil):
    result = send(item(person) | spoil)[0]
    assert result["status"] == "refused" and result["problems"][0]["remedy"]
    assert Submission.objects.get().state == "refused" and not Need.objects.exists()


def test_a_refused_need_is_mended_under_its_own_number(send, person):
    sent = item(person, kind="gold")
    send(sent)
    assert send(sent | {"kind": "device"})[0]["status"] == "accepted"


def test_a_person_of_another_area_is_not_found(send, county):
    result = send(item(a_person(a_household(county.far))))[0]
    assert result["problems"][0]["code"] == "not_found"


def test_a_number_given_to_another_body_is_refused(send, person):
    sent = item(person)
    send(sent)
    assert send(sent | {"words": "别的"})[0]["status"] == "refused"
    assert Need.objects.get().description == "要一副拐杖"
