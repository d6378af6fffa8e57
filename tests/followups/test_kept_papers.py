"""Evidence of the five steps, photographs of needs, papers of referrals: who adds, who looks, what is refused."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.audit.models import AccessLog
from core.base import papers
from followups.case_choices import Stage
from followups.models import CaseClosing, CasePaper, MajorCase, Need, NeedPhotograph, ReferralPaper
from followups.services.cases.opening import open_case
from followups.services.needs import merge_need, raise_need
from followups.services.papers import (
    add_case_paper,
    add_photograph,
    forget_files,
    open_stages,
    remove_paper,
)
from followups.services.referrals import note_arrival
from tests.factories.cases import a_case, an_ill_person
from tests.factories.contracts import JPEG
from tests.factories.followups import TODAY
from tests.factories.referrals import a_referral, at
from tests.factories.registry import a_household, a_person

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
SCRIPTED_PDF = b"%PDF-1.4 /OpenAction << /S /JavaScript /JS (app.alert(1)) >> %%EOF"
HOSTILE = {
    "bill.jpg": b"MZ\x90 a program",
    "bill.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "page.html.png": b"<!doctype html><script>alert(1)</script>",
    "picture.jpg.exe": b"#!/bin/sh\nrm -rf /",
    "cut.pdf": b"%PDF-1.4 without an end",
    "cut.png": b"\x89PNG\r\n\x1a\n\x00\x00",
    "empty.jpg": b"",
}


def jpeg(name="a.jpg"):
    return SimpleUploadedFile(name, JPEG)


@pytest.fixture
def case(county, cast):
    return a_case(county, cast, stage=Stage.PLANNED)


@pytest.fixture
def need(county, cast):
    person = a_person(a_household(county.lianhe))
    return raise_need(person=person, kind="device", description="轮椅", by=cast.doctor, on=TODAY)


class TestHostileFiles:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_what_is_no_picture_and_no_pdf_is_refused_beside_the_field(self, name, need, cast, signed_in):
        url = reverse("followups:need_photograph_add", args=[need.uuid])
        answer = signed_in(cast.doctor).post(url, {"file": SimpleUploadedFile(name, HOSTILE[name])})
        assert answer.status_code == 422 and 'id="id_file_error"' in answer.content.decode()
        assert not need.photographs.exists()

    def test_what_is_too_large_is_refused(self, need, cast, signed_in, monkeypatch):
        monkeypatch.setattr(papers, "LARGEST", 64)
        url = reverse("followups:need_photograph_add", args=[need.uuid])
        assert signed_in(cast.doctor).post(url, {"file": jpeg()}).status_code == 422

    @pytest.mark.parametrize("content", [SCRIPTED_PDF, b"%PDF-1.4 <script>alert(1)</script> %%EOF"])
    def test_a_pdf_that_would_run_something_is_only_ever_handed_out_to_be_saved(
        self, content, need, cast, signed_in
    ):
        client = signed_in(cast.doctor)
        url = reverse("followups:need_photograph_add", args=[need.uuid])
        client.post(url, {"file": SimpleUploadedFile("../../etc/passwd.pdf", content)})
        answer = client.get(reverse("followups:need_photograph", args=[need.photographs.get().pk]))
        assert (
            answer["Content-Disposition"].startswith("attachment")
            and "passwd" not in answer["Content-Disposition"]
        )
        assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "application/pdf")

    def test_the_name_given_by_the_sender_is_kept_nowhere(self, need, cast):
        kept = add_photograph(need=need, file=jpeg("张三的病历.jpg"), by=cast.doctor, on=TODAY)
        assert kept.path == f"papers/{kept.sha256[:2]}/{kept.sha256}"

    def test_what_follows_the_picture_is_cut_off(self, need, cast, signed_in):
        kept = add_photograph(need=need, file=jpeg(), by=cast.doctor, on=TODAY)
        answer = signed_in(cast.doctor).get(reverse("followups:need_photograph", args=[kept.pk]))
        assert b"script" not in answer.content and answer["Content-Disposition"].startswith("inline")


class TestEvidence:
    def test_each_step_takes_a_paper_beside_its_words(self, county, cast):
        person = an_ill_person(county.lianhe)
        condition = person.conditions.first()
        case = open_case(condition=condition, evidence="病理报告", by=cast.doctor, on=TODAY, file=jpeg())
        assert case.papers.get().stage == Stage.REGISTERED

    def test_a_step_that_lies_further_ahead_has_none(self, case, cast):
        assert open_stages(case) == ["registered", "assigned", "planned", "treating"]
        with pytest.raises(ValidationError):
            add_case_paper(case=case, stage="closed", file=jpeg(), by=cast.doctor, on=TODAY)

    def test_the_treatment_is_recorded_with_its_paper(self, case, cast, signed_in):
        url = reverse("followups:case", args=[case.uuid])
        sent = {"treat-status": "operated", "treat-happened_on": "2026-03-05", "treat-place": "省人民医院"}
        answer = signed_in(cast.doctor).post(url, {"treat": "1", **sent, "treat-file": jpeg()})
        assert answer.status_code == 302
        assert case.papers.get().stage == Stage.TREATING

    def test_a_refused_file_takes_no_step(self, case, cast, signed_in):
        url = reverse("followups:case", args=[case.uuid])
        sent = {"treat-status": "operated", "treat-happened_on": "2026-03-05", "treat-place": "省人民医院"}
        file = SimpleUploadedFile("a.jpg", b"GIF89a")
        answer = signed_in(cast.doctor).post(url, {"treat": "1", **sent, "treat-file": file})
        page = answer.content.decode()
        assert answer.status_code == 422 and "省人民医院" in page
        assert MajorCase.objects.get(pk=case.pk).stage == Stage.PLANNED

    def test_where_another_mistake_stands_the_file_is_asked_for_again(self, case, cast, signed_in):
        url = reverse("followups:case", args=[case.uuid])
        answer = signed_in(cast.doctor).post(url, {"treat": "1", "treat-file": jpeg()})
        assert answer.status_code == 422 and "treat-file_error" in answer.content.decode()
        assert not case.papers.exists()

    def test_who_decides_sees_what_is_handed_in_for_the_closing(self, county, cast, signed_in):
        case = a_case(county, cast, stage=Stage.TREATING)
        url = reverse("followups:case", args=[case.uuid])
        sent = {"ask-reason": "cured", "ask-evidence": "复查正常", "ask-file": jpeg()}
        assert signed_in(cast.doctor).post(url, {"ask": "1", **sent}).status_code == 302
        kept = case.papers.get()
        page = signed_in(cast.township).get(url).content.decode()
        assert reverse("followups:case_paper", args=[kept.pk]) in page
        assert CaseClosing.objects.get(case=case).evidence == "复查正常"

    def test_papers_of_a_closed_case_stay(self, county, cast):
        case = a_case(county, cast, stage=Stage.CLOSED)
        kept = add_case_paper(case=case, stage="closed", file=jpeg(), by=cast.doctor, on=TODAY)
        with pytest.raises(ValidationError):
            remove_paper(paper=kept, by=cast.doctor)

    def test_what_is_taken_off_stays_in_the_history(self, case, cast, signed_in):
        kept = add_case_paper(case=case, stage="planned", file=jpeg(), by=cast.doctor, on=TODAY)
        signed_in(cast.doctor).post(reverse("followups:case_paper_remove", args=[kept.pk]))
        events = apps.get_model("followups", "CasePaperEvent").objects.filter(sha256=kept.sha256)
        assert not CasePaper.objects.exists() and events.count() == 2

    def test_a_confidential_case_shows_its_papers_to_health_staff_only(self, county, cast, signed_in):
        case = a_case(county, cast)
        MajorCase.objects.filter(pk=case.pk).update(is_sensitive=True)
        kept = add_case_paper(case=case, stage="registered", file=jpeg(), by=cast.doctor, on=TODAY)
        url = reverse("followups:case_paper", args=[kept.pk])
        assert signed_in(cast.township_administration).get(url).status_code == 404
        assert signed_in(cast.township).get(url).status_code == 200

    def test_the_auditor_looks_and_does_not_add(self, case, cast):
        with pytest.raises(PermissionDenied):
            add_case_paper(case=case, stage="planned", file=jpeg(), by=cast.auditor, on=TODAY)


class TestNeeds:
    def test_a_need_is_raised_with_its_photograph(self, county, cast, signed_in):
        person = a_person(a_household(county.lianhe))
        url = f"{reverse('followups:need_new')}?person={person.uuid}"
        fields = {"person": person.uuid, "kind": "device", "description": "轮椅坏了", "due_on": "2030-01-01"}
        client = signed_in(cast.doctor)
        page = client.get(url).context["form"]
        answer = client.post(url, {**fields, "uuid": page["uuid"].value(), "file": jpeg()})
        assert answer.status_code == 302
        assert Need.objects.get(person=person).photographs.count() == 1

    def test_each_look_is_on_record(self, need, cast, signed_in):
        kept = add_photograph(need=need, file=jpeg(), by=cast.doctor, on=TODAY)
        signed_in(cast.doctor).get(reverse("followups:need_photograph", args=[kept.pk]))
        assert AccessLog.objects.get(subject_uuid=need.person.uuid).fields == ["need paper"]

    def test_a_confidential_need_shows_its_photograph_to_health_staff_only(self, need, cast, signed_in):
        Need.objects.filter(pk=need.pk).update(is_sensitive=True)
        kept = add_photograph(need=need, file=jpeg(), by=cast.doctor, on=TODAY)
        url = reverse("followups:need_photograph", args=[kept.pk])
        assert signed_in(cast.township_administration).get(url).status_code == 404

    def test_photographs_go_along_where_two_needs_become_one(self, need, cast):
        other = raise_need(person=need.person, kind="device", description="椅", by=cast.doctor, on=TODAY)
        add_photograph(need=need, file=jpeg(), by=cast.doctor, on=TODAY)
        merge_need(need=need, into=other, by=cast.doctor, on=TODAY)
        assert NeedPhotograph.objects.get().need == other


class TestReferrals:
    def test_the_hospital_sends_its_paper_with_the_result(self, county, cast, signed_in):
        referral = a_referral(a_person(a_household(county.lianhe)), cast.doctor)
        note_arrival(referral=referral, on=TODAY, is_admitted=False, by=cast.clerk, at=at(hour=10))
        url = reverse("followups:referral", args=[referral.uuid])
        sent = {"result-result": "cured", "result-diagnosis": "骨折已复位", "result-file": jpeg()}
        assert signed_in(cast.clerk).post(url, {"result": "1", **sent}).status_code == 302
        kept = ReferralPaper.objects.get(referral=referral)
        page = signed_in(cast.doctor).get(url).content.decode()
        assert reverse("followups:referral_paper", args=[kept.pk]) in page
        assert reverse("followups:referral_paper_remove", args=[kept.pk]) not in page


class TestFilesTakenOff:
    def test_the_file_goes_once_no_paper_names_it_and_history_stays(self, need, cast):
        kept = add_photograph(need=need, file=jpeg(), by=cast.doctor, on=TODAY)
        remove_paper(paper=kept, by=cast.doctor)
        assert forget_files(since=LONG_AGO) == 1 and not papers.default_storage.exists(kept.path)
        events = apps.get_model("followups", "NeedPhotographEvent").objects.filter(path=kept.path)
        assert list(events.values_list("pgh_label", flat=True)) == ["insert", "delete"]
        assert forget_files(since=LONG_AGO) == 0

    def test_a_file_that_another_paper_names_stays(self, need, case, cast):
        kept = add_photograph(need=need, file=jpeg(), by=cast.doctor, on=TODAY)
        stage = open_stages(case)[0]
        other = add_case_paper(case=case, stage=stage, file=jpeg(), by=cast.doctor, on=TODAY)
        remove_paper(paper=kept, by=cast.doctor)
        assert forget_files(since=LONG_AGO) == 0
        assert papers.read_paper(other.path, other.sha256) is not None
