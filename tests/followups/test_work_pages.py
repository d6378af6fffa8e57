"""The pages of the work: who gets in, what they say, and that nothing typed is lost."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.audit.models import AccessLog
from core.base.ids import uuid7
from followups.choices import DutyState, NeedState
from followups.models import Attempt, Conflict, Contract, Duty, Need, Team, Visit
from followups.services.needs import raise_need
from followups.services.visits import record_visit
from tests.factories.contracts import JPEG
from tests.factories.facts import a_visit_to
from tests.factories.followups import a_body, a_contract, a_duty, a_team
from tests.factories.ground import a_practitioner, an_institution
from tests.factories.referrals import a_referral
from tests.factories.registry import a_condition, a_household, a_person

NOW = timezone.localdate()


@pytest.fixture
def person(county):
    person = a_person(a_household(county.lianhe))
    a_condition(person)
    return person


@pytest.fixture
def duty(person):
    return a_duty(person, starts_on=NOW - timedelta(days=20), due_on=NOW, ends_on=NOW + timedelta(days=20))


@pytest.fixture
def visit(person, cast):
    body = a_body(person, visited_on=str(NOW), answers={"next_date": str(NOW + timedelta(days=60))})
    return record_visit(body=body, by=cast.doctor, received_on=NOW).visit


@pytest.fixture
def doctor(cast, signed_in) -> Client:
    return signed_in(cast.doctor)


@pytest.fixture
def officer(cast, signed_in) -> Client:
    return signed_in(cast.township)


def words(response) -> str:
    return response.content.decode()


def typed(**more):
    """What a doctor sends from the sheet."""
    return {
        "client_id": str(uuid7()), "sbp": "132", "dbp": "82", "symptoms": ["1"], "adr": "1", "complications": "1",
        "adherence": "1", "visit_date": str(NOW), "visit_mode": "2", "next_date": str(NOW + timedelta(days=60)),
        "satisfaction": "5", **more,
    }  # fmt: skip


def test_today_shows_the_household_the_reason_and_the_way_to_the_form(doctor, duty):
    page = words(doctor.get(reverse("followups:today")))
    assert "张三丰" in page and f"/visits/new/?duty={duty.pk}" in page
    assert "面对面随访" in page


@pytest.mark.parametrize(
    "query", ["?show=overdue", "?show=later&page=99", "?show=nonsense&page=x", "?page=" + "9" * 400]
)
def test_today_takes_any_address(doctor, duty, query):
    assert doctor.get(reverse("followups:today") + query).status_code == 200


def test_an_empty_day_says_so_and_shows_the_next_step(doctor):
    assert "本周没有必须先办的随访" in words(doctor.get(reverse("followups:today")))
    assert "没有逾期" in words(doctor.get(reverse("followups:today") + "?show=overdue"))


def test_today_speaks_english_too(doctor, duty):
    doctor.cookies["django_language"] = "en"
    page = words(doctor.get(reverse("followups:today")))
    assert "Face-to-face visit of quarter" in page and "面对面" not in page


def test_today_is_for_doctors(officer):
    assert officer.get(reverse("followups:today")).status_code == 403


def test_saving_a_visit_leads_back_to_the_same_place_and_says_what_it_means(doctor, duty):
    address = f"{reverse('followups:visit_new')}?duty={duty.pk}&back=overdue-3-17"
    response = doctor.post(address, typed())
    assert response.status_code == 302
    assert response.url == reverse("followups:today") + "?show=overdue&page=3#h-17"
    assert (
        Visit.objects.get().by == Duty.objects.get().visit.by and Duty.objects.get().state == DutyState.DONE
    )
    assert "控制满意" in words(doctor.get(reverse("followups:today")))


def test_the_draft_on_the_phone_is_told_once_that_it_arrived(doctor, duty):
    sent = typed()
    doctor.post(f"{reverse('followups:visit_new')}?duty={duty.pk}", sent)
    assert sent["client_id"] in words(doctor.get(reverse("followups:today")))
    assert sent["client_id"] not in words(doctor.get(reverse("followups:today")))


def test_the_way_back_never_leaves_the_product(doctor, duty):
    address = f"{reverse('followups:visit_new')}?duty={duty.pk}&back=https://evil.example/"
    assert doctor.post(address, typed()).url == reverse("followups:today")


def test_a_fault_is_named_and_nothing_typed_is_lost(doctor, duty):
    response = doctor.post(
        f"{reverse('followups:visit_new')}?duty={duty.pk}", typed(sbp="1320", notes="走路头晕")
    )
    page = words(response)
    assert response.status_code == 422 and "1320" in page and "走路头晕" in page
    assert not Visit.objects.exists()


def test_sending_the_sheet_twice_saves_one_visit(doctor, duty):
    address, sent = f"{reverse('followups:visit_new')}?duty={duty.pk}", typed()
    assert doctor.post(address, sent).status_code == doctor.post(address, sent).status_code == 302
    assert Visit.objects.count() == 1


def a_photograph(content: bytes = JPEG) -> SimpleUploadedFile:
    return SimpleUploadedFile("roof.jpg", content)


def test_a_need_noted_at_a_visit_takes_its_photograph_along(doctor, duty):
    need = {"need_words": "屋顶漏雨", "need_kind": "other", "need-file": a_photograph()}
    assert doctor.post(f"{reverse('followups:visit_new')}?duty={duty.pk}", typed(**need)).status_code == 302
    assert Need.objects.get().photographs.count() == 1


def test_words_for_a_need_that_is_open_bring_the_photograph_to_it(doctor, duty, person, cast):
    open_one = raise_need(person=person, kind="device", description="轮椅", by=cast.doctor, on=NOW)
    need = {"need_words": "轮子坏了", "need_kind": "device", "need-file": a_photograph()}
    doctor.post(f"{reverse('followups:visit_new')}?duty={duty.pk}", typed(**need))
    assert open_one.photographs.count() == Need.objects.count() == 1


@pytest.mark.parametrize(("said", "content"), [("", JPEG), ("屋顶漏雨", b"MZ a program")])
def test_a_photograph_without_words_or_that_is_none_is_refused_before_anything_is_saved(
    doctor, duty, said, content
):
    need = {"need_words": said, "need-file": a_photograph(content)}
    response = doctor.post(f"{reverse('followups:visit_new')}?duty={duty.pk}", typed(**need))
    assert response.status_code == 422 and 'href="#id_need-file"' in words(response)
    assert not Visit.objects.exists()


def test_a_sheet_with_another_fault_asks_for_the_photograph_again(doctor, duty):
    need = {"need_words": "屋顶漏雨", "need-file": a_photograph(), "sbp": "1320"}
    page = words(doctor.post(f"{reverse('followups:visit_new')}?duty={duty.pk}", typed(**need)))
    assert "屋顶漏雨" in page and 'href="#id_need-file"' in page


def test_a_second_record_of_the_day_goes_to_the_conflicts(doctor, duty, visit):
    response = doctor.post(f"{reverse('followups:visit_new')}?duty={duty.pk}", typed(sbp="150"))
    assert response.url == reverse("followups:conflicts") and Conflict.objects.count() == 1


def test_a_visit_without_a_duty_is_opened_from_the_person_or_the_household(doctor, person):
    new = reverse("followups:visit_new")
    assert doctor.get(f"{new}?person={person.uuid}&protocol=type2_diabetes").status_code == 200
    assert doctor.get(f"{new}?household={person.household.uuid}").status_code == 200


@pytest.mark.parametrize(
    "query", ["", "?duty=0", "?duty=x", "?person=x", "?duty=" + "9" * 30, "?household=1"]
)
def test_an_address_that_names_nobody_is_not_found(doctor, query):
    assert doctor.get(reverse("followups:visit_new") + query).status_code == 404


def test_a_form_that_does_not_exist_is_not_found(doctor, person):
    address = f"{reverse('followups:visit_new')}?person={person.uuid}&protocol=fairy_tale"
    assert doctor.get(address).status_code == 404


def test_the_visit_page_tells_answers_assessment_and_versions(doctor, visit):
    doctor.post(reverse("followups:visit_amend", args=[visit.pk]), typed(sbp="168", reason=""))
    current = Visit.objects.get(is_current=True)
    page = words(doctor.get(reverse("followups:visit", args=[current.pk])))
    assert "168/82" in page and "控制不满意" in page and "全部版本" in page
    assert "已被后来的版本取代" in words(doctor.get(reverse("followups:visit", args=[visit.pk])))


def test_correcting_begins_with_what_was_recorded(doctor, visit):
    page = words(doctor.get(reverse("followups:visit_amend", args=[visit.pk])))
    assert re.search(r'name="sbp"[^>]*value="132"', page, re.S)


def test_correcting_on_a_later_day_asks_for_the_reason(doctor, visit):
    Visit.objects.filter(pk=visit.pk).update(received_at=timezone.now() - timedelta(days=2))
    address = reverse("followups:visit_amend", args=[visit.pk])
    assert doctor.post(address, typed(sbp="136", reason="")).status_code == 422
    assert doctor.post(address, typed(sbp="136", reason="抄错")).status_code == 302
    assert Visit.objects.get(is_current=True).amend_reason == "抄错"


def test_an_outdated_version_leads_to_the_current_one(doctor, visit):
    address = reverse("followups:visit_amend", args=[visit.pk])
    doctor.post(address, typed(sbp="136", reason=""))
    current = Visit.objects.get(is_current=True)
    assert doctor.get(address).url == reverse("followups:visit", args=[current.pk])


def test_nobody_there_is_noted_for_all_who_were_not_met(doctor, duty):
    fortnight = a_duty(
        household=duty.household, starts_on=NOW - timedelta(days=3), ends_on=NOW + timedelta(days=9)
    )
    address = reverse("followups:not_found", args=[duty.pk])
    assert "全家" in words(doctor.get(address))
    response = doctor.post(address, {"uuid": str(uuid7()), "reason": "6", "also": ["0"]})
    assert response.status_code == 302
    assert set(Attempt.objects.values_list("duty_id", flat=True)) == {duty.pk, fortnight.pk}


def test_a_reason_must_be_chosen(doctor, duty):
    response = doctor.post(
        reverse("followups:not_found", args=[duty.pk]), {"uuid": str(uuid7()), "note": "敲门无人"}
    )
    assert response.status_code == 422 and "敲门无人" in words(response)


def test_three_calls_put_the_person_on_the_leaders_list(doctor, duty, cast, signed_in):
    for day in (1, 2):
        before = NOW - timedelta(days=day)
        Attempt.objects.create(uuid=uuid7(), duty=duty, attempted_on=before, reason="1", by=cast.doctor)
    doctor.post(reverse("followups:not_found", args=[duty.pk]), {"uuid": str(uuid7()), "reason": "1"})
    assert Duty.objects.get().state == DutyState.NOT_FOUND
    assert "张三丰" in words(signed_in(cast.team_doctor).get(reverse("followups:not_found_list")))


def test_calling_shows_the_number_and_records_the_look(doctor, person):
    type(person).objects.filter(pk=person.pk).update(phone="17000001234", phone_masked="170****1234")
    address = reverse("followups:call", args=[person.household.uuid])
    assert doctor.get(address).status_code == 405
    assert "tel:17000001234" in words(doctor.post(address))
    look = AccessLog.objects.get()
    assert (look.subject_uuid, look.fields) == (person.uuid, ["phone"])


def test_a_number_stays_masked_in_the_list(doctor, person, duty):
    type(person).objects.filter(pk=person.pk).update(phone="17000001234", phone_masked="170****1234")
    page = words(doctor.get(reverse("followups:today")))
    assert "170****1234" in page and "17000001234" not in page


def test_a_need_is_raised_for_any_member_and_followed_to_its_end(doctor, person):
    wife = a_person(person.household, name="李秀英", relation="10")
    form = f"{reverse('followups:need_new')}?household={person.household.uuid}"
    assert "李秀英" in words(doctor.get(form))
    sent = {
        "uuid": str(uuid7()),
        "person": str(wife.uuid),
        "kind": "device",
        "description": "轮椅",
        "due_on": str(NOW),
    }
    page = doctor.post(form, sent).url
    need = Need.objects.get()
    assert (need.person, page) == (wife, reverse("followups:need", args=[need.uuid]))
    doctor.post(page, {"work": "1", "work-note": "已联系残联"})
    assert Need.objects.get().owner == need.owner
    closing = {"close": "1", "close-state": "met", "close-outcome": "已送到家", "close-satisfaction": "5"}
    assert doctor.post(page, closing).status_code == 302
    need.refresh_from_db()
    assert (need.state, need.satisfaction) == (NeedState.MET, 5)
    assert "已联系残联" in words(doctor.get(page)) and "已送到家" in words(doctor.get(page))


def test_a_need_without_words_is_not_saved_and_says_why(doctor, person):
    form = f"{reverse('followups:need_new')}?person={person.uuid}"
    response = doctor.post(
        form, {"uuid": str(uuid7()), "person": str(person.uuid), "kind": "cost", "due_on": "2020-01-01"}
    )
    assert response.status_code == 422 and "请选择今天或以后的日期" in words(response)


def test_closing_without_an_outcome_keeps_what_was_typed(doctor, person, cast):
    need = raise_need(person=person, kind="cost", description="手术费", by=cast.doctor, on=NOW)
    address = reverse("followups:need", args=[need.uuid])
    response = doctor.post(
        address, {"close": "1", "close-state": "met", "close-outcome": "", "close-person_says": "谢谢"}
    )
    assert response.status_code == 422 and "谢谢" in words(response)


def test_a_need_is_passed_on_to_somebody_of_the_township(doctor, person, cast):
    need = raise_need(person=person, kind="cost", description="手术费", by=cast.doctor, on=NOW)
    address = reverse("followups:need", args=[need.uuid])
    refused = doctor.post(address, {"pass": "1", "pass-note": "请街道协助", "pass-owner": cast.stranger.pk})
    assert refused.status_code == 422 and "请街道协助" in words(refused)
    assert Need.objects.get().owner == cast.doctor
    doctor.post(address, {"pass": "1", "pass-note": "请街道协助", "pass-owner": cast.township.pk})
    assert Need.objects.get().owner == cast.township


def test_today_tells_what_waits_for_a_decision(cast, signed_in, county, doctor, visit, duty):
    a_team(county.lianhe, leader=cast.team_doctor)
    doctor.post(f"{reverse('followups:visit_new')}?duty={duty.pk}", typed(sbp="150"))
    lost = a_duty(household=duty.household)
    Duty.objects.filter(pk=lost.pk).update(state="not_found", closed_on=NOW)
    page = words(signed_in(cast.team_doctor).get(reverse("followups:today")))
    assert "两份记录" in page and "没找到人" in page
    assert "没找到人" not in words(doctor.get(reverse("followups:today")))


def test_the_needs_can_be_narrowed_to_the_own(doctor, person, cast):
    raise_need(person=person, kind="cost", description="手术费", by=cast.doctor, on=NOW, owner=cast.township)
    assert "手术费" in words(doctor.get(reverse("followups:needs")))
    assert "手术费" not in words(doctor.get(reverse("followups:needs") + "?mine=1"))


def test_a_conflict_is_compared_and_decided(doctor, visit, duty):
    doctor.post(f"{reverse('followups:visit_new')}?duty={duty.pk}", typed(sbp="150"))
    conflict = Conflict.objects.get()
    page = reverse("followups:conflict", args=[conflict.pk])
    assert "150" in words(doctor.get(page)) and "132" in words(doctor.get(page))
    assert doctor.post(page, {"choice": "take"}).url == reverse("followups:conflicts")
    assert Visit.objects.get(is_current=True).sbp == 150


def test_the_county_reads_conflicts_but_does_not_decide(cast, signed_in, doctor, visit, duty):
    officer = signed_in(cast.county)
    doctor.post(f"{reverse('followups:visit_new')}?duty={duty.pk}", typed(sbp="150"))
    page = reverse("followups:conflict", args=[Conflict.objects.get().pk])
    assert officer.get(page).status_code == 200
    assert officer.post(page, {"choice": "take"}).status_code == 403


def test_a_village_is_signed_after_seeing_what_would_happen(officer, county, person):
    team = a_team(county.lianhe)
    address = reverse("followups:village_signing")
    preview = words(officer.get(address, {"village": county.lianhe.pk, "team": team.pk}))
    assert "签约 1 人" in preview and not Contract.objects.exists()
    officer.post(address, {"village": county.lianhe.pk, "team": team.pk})
    assert Contract.objects.get().package == "chronic"


def test_a_village_of_another_area_cannot_be_chosen(officer, county):
    team = a_team(county.lianhe)
    address = reverse("followups:village_signing")
    officer.post(address, {"village": county.far.pk, "team": team.pk})
    assert not Contract.objects.exists()


def test_one_person_signs_and_ends(doctor, county, person):
    team = a_team(county.lianhe)
    form = f"{reverse('followups:contract_new')}?person={person.uuid}"
    sent = {"team": team.pk, "package": "basic", "since": str(NOW), "signed_by": "self"}
    assert doctor.post(form, sent).status_code == 302
    assert "已有到" in words(doctor.post(form, sent))
    contract = Contract.objects.get()
    end = reverse("followups:contract_end", args=[contract.pk])
    assert doctor.post(end, {"reason": ""}).status_code == 422
    assert doctor.post(end, {"reason": "搬走"}).status_code == 302


def test_officers_form_teams_and_seat_members(officer, county):
    hospital = an_institution(county.dongping, "township_hospital")
    leader = a_practitioner(hospital, is_general_practitioner=True)
    nurse = a_practitioner(hospital, name="护士甲")
    sent = {"name": "新团队", "leader": leader.pk, "villages": [county.lianhe.pk]}
    page = officer.post(reverse("followups:team_new"), sent).url
    team = Team.objects.get()
    officer.post(
        reverse("followups:team_member", args=[team.pk]), {"practitioner": nurse.pk, "slot": "nurse"}
    )
    assert "护士甲" in words(officer.get(page))
    seat = team.members.get(slot="nurse")
    leave = reverse("followups:team_member_remove", args=[team.pk, seat.pk])
    assert officer.get(leave).status_code == 200 and officer.post(leave).status_code == 302
    assert "护士甲" not in words(officer.get(page)).split("</ul>")[0]


def test_a_second_team_of_the_same_name_is_refused_with_a_remedy(officer, county):
    hospital = an_institution(county.dongping, "township_hospital")
    leader = a_practitioner(hospital, is_general_practitioner=True)
    sent = {"name": "新团队", "leader": leader.pk, "villages": [county.lianhe.pk]}
    officer.post(reverse("followups:team_new"), sent)
    response = officer.post(reverse("followups:team_new"), sent)
    assert response.status_code == 422 and "请换一个名称" in words(response)


def test_the_team_list_tells_what_each_team_carries(officer, county, person, cast):
    a_contract(person, a_team(county.lianhe), cast.county)
    page = words(officer.get(reverse("followups:teams")))
    assert "第一团队" in page and "签约 1 人" in page


@pytest.fixture
def places(person, duty, visit, cast, county):
    """Every page about one thing of 联合村."""
    need = raise_need(person=person, kind="cost", description="手术费", by=cast.doctor, on=NOW)
    team = a_team(county.lianhe)
    contract = a_contract(person, team, cast.county)
    other = record_visit(
        body=a_body(person, visited_on=str(NOW), answers={"next_date": str(NOW + timedelta(days=9))}),
        by=cast.doctor,
        received_on=NOW,
    )
    assert other.status == "conflict"
    return [
        f"{reverse('followups:visit_new')}?duty={duty.pk}",
        f"{reverse('followups:visit_new')}?person={person.uuid}",
        reverse("followups:visit", args=[visit.pk]),
        reverse("followups:visit_amend", args=[visit.pk]),
        reverse("followups:not_found", args=[duty.pk]),
        f"{reverse('followups:need_new')}?person={person.uuid}",
        reverse("followups:need", args=[need.uuid]),
        reverse("followups:conflict", args=[Conflict.objects.get().pk]),
        reverse("followups:team", args=[team.pk]),
        f"{reverse('followups:contract_new')}?person={person.uuid}",
        reverse("followups:contract_end", args=[contract.pk]),
    ]


def test_the_own_doctor_reaches_every_page(places, doctor):
    assert {doctor.get(place).status_code for place in places} == {200}


@pytest.mark.parametrize("who", ["colleague", "stranger"])
def test_a_doctor_of_another_village_finds_nothing(places, who, cast, signed_in):
    client = signed_in(getattr(cast, who))
    reached = {place: client.get(place).status_code for place in places}
    team = [place for place in places if "/teams/" in place]
    assert {code for place, code in reached.items() if place not in team} == {404}
    assert all(reached[place] == 404 for place in team)


def test_whoever_has_not_signed_in_is_asked_to(places):
    assert {Client().get(place).status_code for place in places} == {302}


def test_the_lists_of_another_area_are_empty(places, cast, signed_in):
    client = signed_in(cast.stranger)
    for name in ("today", "needs", "conflicts", "not_found_list", "teams"):
        page = words(client.get(reverse(f"followups:{name}")))
        assert "张三丰" not in page and "第一团队" not in page


def test_a_visit_number_is_a_uuid_of_the_browsers_or_the_servers_making(doctor, duty):
    page = words(doctor.get(f"{reverse('followups:visit_new')}?duty={duty.pk}"))
    assert UUID(re.search(r'name="client_id"[^>]*value="([^"]+)"', page).group(1)).version == 7


def test_today_says_whom_a_visit_wanted_referred_and_who_was_not_asked_after(doctor, person, cast):
    a_visit_to(person, cast.doctor, NOW, assessment={"referral": True})
    assert "该转诊未转" in words(doctor.get(reverse("followups:today")))
    a_referral(person, cast.doctor, sent=timezone.now() - timedelta(days=15))
    page = words(doctor.get(reverse("followups:today")))
    assert "转诊未追访" in page
