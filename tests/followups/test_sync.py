"""What a phone sends is kept, judged one by one, and answered in the order sent; never doubled, never lost."""

import json
import uuid

import pytest
from django.test import Client

from core.base.ids import uuid7
from followups.models import Attempt, Conflict, Device, Submission, Visit
from followups.services.sync import sweep_submissions
from households.models import Household
from tests.factories.followups import TODAY, a_body, a_duty, answers
from tests.factories.registry import a_household, a_person

DEVICE = "0193a7aa-0000-7000-8000-00000000000a"


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe))


@pytest.fixture
def phone(cast, signed_in, monkeypatch):
    monkeypatch.setattr("followups.views.sync.today", lambda: TODAY)
    return Phone(signed_in(cast.doctor))


class Phone:
    """Speaks as the script on the phone does."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def post(self, name, items, **more):
        body = {"device": DEVICE, "items": items, **more}
        return self.client.post(f"/sync/{name}", json.dumps(body), content_type="application/json")

    def send(self, *items, **more):
        answer = self.post("visits", list(items), **more)
        assert answer.status_code == 200, answer.content
        return answer.json()["results"]

    def state(self):
        return self.client.get("/sync/state", {"device": DEVICE}).json()


def statuses(results):
    return [result["status"] for result in results]


def test_each_record_gets_its_own_verdict_in_the_order_sent(phone, person):
    poison = a_body(person, answers={"sbp": 40})
    broken = {"client_id": "no number"}
    good = a_body(person, device_id=DEVICE, device_seq=1)
    results = phone.send(poison, broken, good, good)
    assert statuses(results) == ["refused", "refused", "accepted", "repeated"]
    assert [result["client_id"] for result in results] == [
        poison["client_id"], "no number", good["client_id"], good["client_id"],
    ]  # fmt: skip
    assert results[0]["problems"][0]["field"] == "sbp" and results[0]["problems"][0]["remedy"]
    assert results[2]["visit"] == good["client_id"] and Visit.objects.count() == 1


def test_the_same_batch_again_changes_nothing(phone, person):
    other = a_person(person.household, name="李四", relation="10")
    bodies = [a_body(person), a_body(other)]
    first, second = phone.send(*bodies), phone.send(*reversed(bodies))
    assert statuses(first) == ["accepted"] * 2 and statuses(second) == ["repeated"] * 2
    assert Visit.objects.count() == Submission.objects.count() == 2


def test_a_refused_record_is_mended_under_its_own_number(phone, person):
    body = a_body(person, answers={"sbp": 40}, device_id=DEVICE, device_seq=1)
    phone.send(body)
    assert phone.state()["device"]["refused"] == 1
    assert statuses(phone.send(body | {"answers": answers()})) == ["accepted"]
    told = phone.state()["device"]
    assert (told["refused"], told["received"], told["gaps"]) == (0, 1, [])


def test_a_refused_body_that_comes_again_after_its_mending_is_refused_again(phone, person):
    body = a_body(person, answers={"sbp": 40})
    first = phone.send(body)[0]
    phone.send(body | {"answers": answers()})
    again = phone.send(body)[0]
    assert (again["status"], again["problems"]) == ("refused", first["problems"])
    assert not Conflict.objects.exists() and Visit.objects.get().sbp != 40


def test_a_correction_before_its_original_waits_for_it(phone, person):
    first = a_body(person)
    second = a_body(person, supersedes=first["client_id"], amend_reason="读错", answers={"sbp": 136})
    third = a_body(person, supersedes=second["client_id"], amend_reason="读错", answers={"sbp": 138})
    assert statuses(phone.send(third)) == ["later"]
    assert statuses(phone.send(second)) == ["later"]
    assert (
        phone.state()["device"]["waiting"] == 0 and Submission.objects.filter(state="received").count() == 2
    )
    assert statuses(phone.send(first)) == ["accepted"]
    assert Visit.objects.get(is_current=True).sbp == 138 and Visit.objects.count() == 3
    assert statuses(phone.send(third, second)) == ["repeated"] * 2


def test_a_chain_sent_backwards_in_one_batch_is_judged_in_it(phone, person):
    first = a_body(person)
    second = a_body(person, supersedes=first["client_id"], amend_reason="读错", answers={"sbp": 136})
    assert set(statuses(phone.send(second, first))) <= {"accepted", "repeated"}


def test_a_correction_of_what_stands_in_conflict_is_kept_beside_it(phone, person):
    phone.send(a_body(person))
    offered = a_body(person, answers={"sbp": 150})
    correction = a_body(person, supersedes=offered["client_id"], amend_reason="读错", answers={"sbp": 152})
    assert statuses(phone.send(correction, offered)) == ["conflict", "conflict"]
    assert Conflict.objects.count() == 2


def test_a_correction_whose_original_never_comes_is_refused_after_a_month(phone, person):
    body = a_body(person, supersedes=str(uuid7()), amend_reason="读错")
    phone.send(body)
    kept = Submission.objects.get()
    assert sweep_submissions(at=kept.received_at + sweep_days(29)) == 0
    assert sweep_submissions(at=kept.received_at + sweep_days(31)) == 1
    kept.refresh_from_db()
    assert (kept.state, kept.waits_for) == ("refused", None)


def sweep_days(days):
    from datetime import timedelta

    return timedelta(days=days)


def test_what_was_kept_and_never_judged_is_found_by_the_sweeper(person, cast):
    body = a_body(person)
    Submission.objects.create(
        client_id=body["client_id"], sha256=b"x", body=body, user=cast.doctor, device_id=DEVICE
    )
    kept = Submission.objects.get()
    assert sweep_submissions(at=kept.received_at) == 0
    assert sweep_submissions(at=kept.received_at + sweep_days(1)) == 1
    assert Visit.objects.get().pk == uuid.UUID(body["client_id"])


def test_a_record_that_breaks_the_judge_blocks_nobody_and_is_given_up_for_a_person(
    phone, person, monkeypatch
):
    plain = phone.send.__globals__["a_body"]
    bad, good = plain(person), plain(a_person(person.household, name="李四", relation="10"))

    def judge(entry, *given, **more):
        if str(entry.client_id) == bad["client_id"]:
            raise TypeError("broken")
        return whole(entry, *given, **more)

    from followups.services.visits import writing

    whole = writing.judge
    monkeypatch.setattr(writing, "judge", judge)
    assert statuses(phone.send(bad, good)) == ["later", "accepted"]
    monkeypatch.undo()


def test_a_household_that_left_the_area_is_refused_loudly_and_kept(phone, person, county):
    body = a_body(person)
    Household.objects.filter(pk=person.household_id).update(village=county.qingshui)
    result = phone.send(body)[0]
    problem = result["problems"][0]
    assert (result["status"], problem["code"]) == ("refused", "moved_away")
    assert "荷塘街道" in problem["message"] and "荷塘街道" in problem["remedy"]
    assert Submission.objects.get().state == "refused"


def test_of_a_household_that_was_never_ones_own_nothing_is_told(phone, county):
    result = phone.send(a_body(a_person(a_household(county.far))))[0]
    assert result["problems"][0]["code"] == "not_found"


def test_gaps_in_a_phones_numbers_are_told(phone, person):
    days = {2: "2026-11-03", 3: "2026-11-05", 7: "2026-11-09"}
    phone.send(*[a_body(person, device_id=DEVICE, device_seq=n, visited_on=day) for n, day in days.items()])
    told = phone.state()["device"]
    assert (told["highest"], told["gaps"], told["received"]) == (7, [1, 4, 5, 6], 3)


def test_an_absurd_number_asks_nothing_of_the_server(phone, person):
    phone.send(a_body(person, device_id=DEVICE, device_seq=2_147_483_647))
    assert len(phone.state()["device"]["gaps"]) == 100


def test_a_phone_tells_its_clock_and_what_it_still_keeps(phone, person, cast):
    phone.send(clock="2020-01-01T00:00:00+08:00", unsent=3, oldest="2019-12-30T08:00:00+08:00")
    device = Device.objects.get()
    assert device.user == cast.doctor and device.unsent == 3 and device.skew_seconds < -86400
    phone.send(clock="nonsense", unsent=-1, oldest=7)
    device.refresh_from_db()
    assert (device.unsent, device.skew_seconds, device.oldest_unsent_at) == (None, None, None)


def test_known_tells_what_is_here_and_only_to_whom_sent_it(phone, person, cast, signed_in):
    body = a_body(person)
    sent = phone.send(body)[0]
    asked = [
        {"client_id": sent["client_id"], "sha256": sent["sha256"]},
        {"client_id": str(uuid7()), "sha256": "00"},
        {"client_id": sent["client_id"], "sha256": "00"},
    ]
    results = phone.post("known", asked).json()["results"]
    assert [(each["known"], each["status"]) for each in results] == [
        (True, "accepted"), (False, ""), (False, ""),
    ]  # fmt: skip
    other = Phone(signed_in(cast.team_doctor)).post("known", asked).json()["results"]
    assert not any(each["known"] for each in other)


def test_a_call_in_vain_is_noted_once(phone, person):
    duty = a_duty(person)
    item = {"client_id": str(uuid7()), "duty": duty.pk, "reason": "6", "on": "2026-11-17", "note": "门锁着"}
    results = [phone.post("attempts", [item]).json()["results"][0]["status"] for _time in range(2)]
    assert results == ["accepted", "repeated"] and Attempt.objects.get().note == "门锁着"


@pytest.mark.parametrize(
    "spoil",
    [{"duty": 0}, {"on": "2027-01-01"}, {"on": "x"}, {"reason": "9"}, {"note": "长" * 201}, {"more": 1}],
)
def test_a_call_that_cannot_be_noted_is_refused_and_kept(phone, person, spoil):
    item = {"client_id": str(uuid7()), "duty": a_duty(person).pk, "reason": "6", "on": "2026-11-17", **spoil}
    result = phone.post("attempts", [item]).json()["results"][0]
    assert result["status"] == "refused" and result["problems"]
    assert Submission.objects.get().state == "refused" and not Attempt.objects.exists()


def test_a_call_for_a_closed_duty_says_so(phone, person):
    duty = a_duty(person, state="cancelled", closed_on=TODAY)
    item = {"client_id": str(uuid7()), "duty": duty.pk, "reason": "6", "on": "2026-11-17"}
    assert phone.post("attempts", [item]).json()["results"][0]["problems"][0]["code"] == "duty_closed"


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"items":7}', '{"items":[1]}', "[" * 9000, "\x00"])
def test_a_body_that_is_not_agreed_on_is_malformed(phone, body):
    for name in ("visits", "attempts", "known"):
        answer = phone.client.post(f"/sync/{name}", body, content_type="application/json")
        assert (answer.status_code, answer.json()) == (400, {"code": "malformed"})


def test_more_than_twenty_at_once_are_not_taken(phone, person):
    assert phone.post("visits", [a_body(person)] * 21).status_code == 400
    assert not Submission.objects.exists()


def test_who_is_signed_out_is_told_so_before_anything_else(person):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sync/visits", "{}", content_type="application/json")
    assert (answer.status_code, answer.json()) == (401, {"code": "signed_out"})


def test_a_stale_token_is_told_and_renewed_by_asking_for_the_state(person, cast, signed_in):
    client = signed_in(cast.doctor, enforce_csrf_checks=True)
    body = json.dumps({"items": []})
    refused = client.post("/sync/visits", body, content_type="application/json", headers={"X-CSRFToken": "x"})
    assert (refused.status_code, refused.json()) == (403, {"code": "csrf"})
    token = client.get("/sync/state").cookies["csrftoken"].value
    again = client.post("/sync/visits", body, content_type="application/json", headers={"X-CSRFToken": token})
    assert again.status_code == 200 and again["Cache-Control"] == "no-store"


def test_the_key_belongs_to_one_user_and_one_phone(phone, cast, signed_in):
    mine, again = phone.state(), phone.state()
    other = Phone(signed_in(cast.colleague)).state()
    assert mine["key"] == again["key"] and len(mine["key"]) == 44
    assert (mine["key"], mine["user"]) != (other["key"], other["user"])
    assert phone.client.get("/sync/state", {"device": "x'--"}).json()["key"] == ""


def test_a_change_of_password_leaves_what_waits_readable(phone, cast):
    before = phone.state()["key"]
    cast.doctor.set_password("another-password-2026")
    cast.doctor.save()
    phone.client.force_login(cast.doctor, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert phone.state()["key"] == before
