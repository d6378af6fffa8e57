"""A visit on the form of the yearly examination is that examination in the register, and follows its corrections."""

from datetime import date

import pytest

from core.base.ids import uuid7
from followups.models import Visit
from followups.services.visits import amend_visit, record_visit
from households.models import Exam
from tests.factories.followups import a_contract, a_team
from tests.factories.ground import a_practitioner, an_institution
from tests.factories.posting import posted
from tests.factories.registry import a_household, a_person

ON = date(2026, 11, 18)
FOUND = {
    "symptoms": ["1"], "pulse": 72, "sbp_left": 128, "dbp_left": 78, "sbp_right": 130, "dbp_right": 80,
    "height": 165, "weight": 60, "waist": 80, "fpg": 5.2, "evaluation": "1",
}  # fmt: skip


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe), birth_date=date(1950, 3, 1))


@pytest.fixture
def examine(cast, person):
    def send(on=ON, **found):
        return posted(person, "annual_exam", FOUND | found, by=cast.doctor, on=on, received_on=ON)

    return send


def test_an_examination_is_counted_in_the_register(examine, person):
    visit = examine()
    exam = Exam.objects.get()
    assert (exam.person, exam.year, exam.examined_on) == (person, 2026, ON)
    assert exam.is_normal and exam.findings["visit"] == str(visit.pk) and exam.findings["abnormal"] == []
    assert (exam.findings["sbp_right"], exam.findings["bmi"]) == (130, 22)


def test_findings_and_advice_are_kept_with_it(examine):
    examine(sbp_left=150, ecg="2", ecg_text="房颤", evaluation="2", abnormal_1="血压高", guidance=["1", "2"])
    exam = Exam.objects.get()
    assert not exam.is_normal and exam.findings["abnormal"] == ["sbp_left", "ecg"]
    assert exam.advice == "纳入慢性病患者健康管理；建议复查"


def test_a_second_examination_of_a_year_takes_the_place_of_the_first(examine):
    examine(on=date(2026, 3, 2))
    examine(sbp_left=150)
    assert [exam.examined_on for exam in Exam.objects.all()] == [ON]
    assert not Exam.objects.get().is_normal


def test_a_correction_corrects_what_is_counted(examine, cast):
    visit = examine()
    found = visit.answers | {"sbp_left": 162}
    amend_visit(supersedes=visit.pk, answers=found, reason="看错读数", by=cast.doctor, on=ON)
    exam = Exam.objects.get()
    assert not exam.is_normal and exam.findings["visit"] != str(visit.pk)


def test_an_examination_moved_to_another_year_leaves_the_wrong_one(examine, cast):
    visit = examine()
    found = visit.answers | {"visit_date": "2025-11-18", "next_date": "2026-11-18"}
    receipt = amend_visit(supersedes=visit.pk, answers=found, reason="年份写错", by=cast.doctor, on=ON)
    assert receipt.status == "accepted", receipt.problems
    assert [exam.year for exam in Exam.objects.all()] == [2025]


def test_it_was_made_where_the_doctor_works(examine, cast, county):
    clinic = an_institution(county.lianhe)
    a_practitioner(clinic, user=cast.doctor)
    examine()
    assert Exam.objects.get().institution == clinic


def test_it_was_made_by_the_person_s_team_where_the_doctor_has_no_post(examine, cast, county, person):
    team = a_team(county.lianhe)
    a_contract(person, team, cast.doctor)
    examine()
    assert Exam.objects.get().institution == team.institution


def test_where_it_was_made_may_stay_unknown(examine):
    examine()
    assert Exam.objects.get().institution is None


def test_a_faulty_examination_is_counted_nowhere(cast, person):
    body = {
        "client_id": str(uuid7()), "person": str(person.uuid), "protocol": "annual_exam",
        "visited_on": ON.isoformat(), "mode": "1", "answers": FOUND | {"sbp_left": 400},
    }  # fmt: skip
    assert record_visit(body=body, by=cast.doctor, received_on=ON).status == "refused"
    assert not Exam.objects.exists() and not Visit.objects.exists()


def test_an_examination_is_never_that_of_a_household(cast, person):
    body = {
        "client_id": str(uuid7()), "household": str(person.household.uuid), "protocol": "annual_exam",
        "visited_on": ON.isoformat(), "mode": "1", "answers": FOUND,
    }  # fmt: skip
    receipt = record_visit(body=body, by=cast.doctor, received_on=ON)
    assert [problem.field for problem in receipt.problems] == ["person"]


def test_a_home_visit_is_no_examination(cast, person):
    body = {
        "client_id": str(uuid7()), "person": str(person.uuid), "protocol": "home_visit",
        "visited_on": ON.isoformat(), "mode": "2",
        "answers": {"purposes": ["1"], "condition": "1", "needs": ["1"]},
    }  # fmt: skip
    assert record_visit(body=body, by=cast.doctor, received_on=ON).status == "accepted"
    assert not Exam.objects.exists()
