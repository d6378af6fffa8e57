"""Stays and settlements for programs: masked, scoped, and as much of the decision as a purpose opens."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction

from claims.models import Admission, Settlement
from core.accounts.tokens import Scope
from core.audit.models import AccessLog
from households.models import Household
from tests.factories.claims import (
    a_bill_item,
    a_decision,
    a_hospital_at,
    a_receipt,
    a_reversal,
    a_settlement,
    an_admission,
    an_approved_policy,
)
from tests.factories.ground import a_user
from tests.factories.programs import settled

pytestmark = pytest.mark.django_db(transaction=True)
PURPOSE = "理赔核对"


@dataclass
class Bill:
    stay: Admission
    settlement: Settlement


@pytest.fixture
def bill(world: Any) -> Bill:
    """One stay of the head of the near household, settled by the engine itself."""
    clerk, approver = (
        a_user(role, world.county.county, username=name)
        for role, name in (("hospital_clerk", "window"), ("county_staff", "second"))
    )
    drafter = a_user("county_staff", world.county.county, username="first")
    policy = an_approved_policy(world.county.county, drafter, approver)
    stay = an_admission(world.head, a_hospital_at(world.county.county), clerk, icd10="J18.9")
    a_bill_item(stay, "1000.00", name="甲类西药")
    with transaction.atomic():
        settlement = a_settlement(
            stay, policy, clerk, decision=a_decision(world.head).as_json(), compliant_patient=100
        )
    a_receipt(stay, clerk)
    Admission.objects.filter(pk=stay.pk).update(state="settled")
    settled()
    return Bill(stay, settlement)


def test_a_stay_is_told_by_codes_and_days(world, bill):
    row = world.program().get(f"/api/v1/admissions/{bill.stay.uuid}").json()
    assert (row["care"], row["level"], row["state"]) == ("inpatient", "county", "settled")
    assert row["person"] == str(world.head.uuid)
    assert row["settlement"] == str(bill.settlement.uuid)
    assert (row["diagnosis"], row["icd10"], row["items"][0]["amount"]) == (None, None, None)


def test_a_settlement_tells_both_ratios_and_the_policy_but_no_amount(world, bill):
    row = world.program().get(f"/api/v1/settlements/{bill.settlement.uuid}").json()
    assert (row["actual_ratio"], row["policy_ratio"]) == (0.9, 0.9)
    assert row["policy"]["code"] == "small"
    assert [(line["payer"], line["amount"]) for line in row["lines"]] == [("basic", None), ("fund", None)]
    assert (row["total"], row["patient"], row["explanation"]) == (None, None, None)


@pytest.mark.parametrize(("language", "words"), [("zh-CN", "基本医保"), ("en", "basic insurance")])
def test_a_purpose_opens_amounts_and_the_explanation_in_the_language_asked_for(world, bill, language, words):
    where = f"/api/v1/settlements/{bill.settlement.uuid}"
    row = world.trusted().get(where, purpose=PURPOSE, headers={"Accept-Language": language}).json()
    assert (row["total"], row["paid"], row["patient"]) == (1000, 900, 100)
    assert [line["amount"] for line in row["lines"]] == [700, 200]
    assert words in str(row["explanation"])
    assert row["explanation"]["children"]


def test_whose_bill_was_shown_is_on_record(world, bill):
    world.trusted().get("/api/v1/settlements", purpose=PURPOSE)
    look = AccessLog.objects.get()
    assert (look.subject_uuid, look.fields) == (world.head.uuid, ["diagnosis", "amounts"])
    world.trusted().get(f"/api/v1/admissions/{bill.stay.uuid}", purpose=PURPOSE)
    assert AccessLog.objects.count() == 2


def test_reading_needs_the_scope_and_lies_within_the_area(world, bill):
    scopes = [each for each in Scope if each != Scope.CLAIMS]
    assert world.program(scopes=scopes).get("/api/v1/admissions").status == 403
    elsewhere = world.program(world.county.hetang)
    assert elsewhere.get("/api/v1/settlements").json()["results"] == []
    assert elsewhere.get(f"/api/v1/settlements/{bill.settlement.uuid}").status == 404


def test_a_sensitive_stay_needs_the_scope(world, bill):
    Admission.objects.filter(pk=bill.stay.pk).update(is_sensitive=True)
    Settlement.objects.filter(pk=bill.settlement.pk).update(is_sensitive=True)
    settled()
    for path in (f"admissions/{bill.stay.uuid}", f"settlements/{bill.settlement.uuid}"):
        assert world.program().get(f"/api/v1/{path}").status == 404
        assert world.trusted().get(f"/api/v1/{path}").status == 200


@pytest.mark.parametrize(
    ("path", "kept", "dropped"),
    [
        ("admissions", {"state": "settled"}, {"state": "closed"}),
        ("admissions", {"level": "county"}, {"level": "city"}),
        ("admissions", {"admitted_from": "2026-03-01"}, {"admitted_from": "2026-03-02"}),
        ("admissions", {"treats_first": "true"}, {"treats_first": "false"}),
        ("settlements", {"standing": "true"}, {"standing": "false"}),
        ("settlements", {"kind": "settled"}, {"kind": "corrected"}),
        ("settlements", {"settled_to": "2026-03-10"}, {"settled_to": "2026-03-09"}),
    ],
)
def test_lists_are_narrowed(world, bill, path, kept, dropped):
    program = world.program()
    assert len(program.get(f"/api/v1/{path}", **kept).json()["results"]) == 1
    assert program.get(f"/api/v1/{path}", **dropped).json()["results"] == []


def test_a_reversal_comes_into_the_feed_with_what_it_takes_back(world, bill):
    program = world.program()
    _rows, _gone, cursor = program.everything("/api/v1/settlements")
    with transaction.atomic():
        reversal = a_reversal(bill.settlement, bill.settlement.settled_by)
    settled()
    rows = program.get("/api/v1/settlements", updated_since=cursor).json()["results"]
    assert {row["id"]: (row["kind"], row["standing"]) for row in rows} == {
        str(bill.settlement.uuid): ("settled", False),
        str(reversal.uuid): ("reversed", False),
    }
    assert [row["reverses"] for row in rows if row["kind"] == "reversed"] == [str(bill.settlement.uuid)]


def test_bills_move_with_the_person_and_leave_a_tombstone_behind(world, bill):
    copies = {path: world.program(world.county.dongping) for path in ("admissions", "settlements")}
    cursors = {path: program.everything(f"/api/v1/{path}")[2] for path, program in copies.items()}
    Household.objects.filter(pk=world.near.pk).update(village=world.county.qingshui)
    settled()
    for path, key in (("admissions", bill.stay.uuid), ("settlements", bill.settlement.uuid)):
        page = copies[path].get(f"/api/v1/{path}", updated_since=cursors[path]).json()
        assert [(gone["id"], gone["reason"]) for gone in page["deleted"]] == [(str(key), "moved")]
        there = world.program(world.county.hetang).get(f"/api/v1/{path}").json()["results"]
        assert [row["id"] for row in there] == [str(key)]


@pytest.mark.parametrize("path", ["admissions", "settlements"])
def test_an_export_shows_what_the_list_shows_and_goes_on_in_the_feed(world, bill, path):
    program = world.program(world.county.dongping)
    *rows, last = program.get(f"/api/v1/{path}/export").lines()
    listed, _gone, _cursor = program.everything(f"/api/v1/{path}")
    assert rows == listed
    assert last["count"] == len(rows) > 0
    assert program.get(f"/api/v1/{path}", updated_since=last["cursor"]).json()["results"] == []


def test_an_export_for_a_purpose_shows_amounts_and_names_each_person_once_in_the_log(world, bill):
    lines = world.trusted().get("/api/v1/settlements/export", purpose=PURPOSE).lines()
    assert {line["total"] is not None for line in lines[:-1]} == {True}
    looks = AccessLog.objects.filter(kind="export")
    assert [look.subject_uuid for look in looks] == [bill.stay.person.uuid]


def test_an_export_outside_the_area_is_empty(world, bill):
    elsewhere = world.program(world.county.hetang)
    assert [line["count"] for line in elsewhere.get("/api/v1/settlements/export").lines()] == [0]
