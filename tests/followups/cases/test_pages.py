"""The pages of a case: board, five steps, plan, coverage; what each role may do there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from followups.case_choices import Stage
from followups.models import CaseAssignment, MajorCase
from followups.services.cases.closing import ask_to_close
from households.models import Person
from tests.factories.cases import (
    a_case,
    a_hospital,
    a_major_condition,
    a_plan,
    an_ill_person,
    keeps_town,
    the_three,
)
from tests.factories.registry import a_household, a_person

NOW = timezone.localdate()
AGO = NOW - timedelta(days=40)


@pytest.fixture
def case(county, cast):
    return a_case(county, cast, on=AGO)


def page_of(case):
    return reverse("followups:case", args=[case.uuid])


def words(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("show", ["", "board", "registered", "mine", "sign", "approve", "nonsense"])
def test_the_board_and_every_list_answer(case, cast, signed_in, show):
    for user in (cast.doctor, cast.township, cast.auditor):
        answer = signed_in(user).get(reverse("followups:cases"), {"show": show})
        assert answer.status_code == 200


def test_the_board_shows_who_waits_for_whom(case, cast, signed_in):
    page = words(signed_in(cast.doctor).get(reverse("followups:cases")))
    assert case.person.name in page and "县级医院医生" in page


def test_the_board_is_cut_by_town_and_list(county, cast, case, signed_in):
    client, address = signed_in(cast.county), reverse("followups:cases")
    assert case.person.name not in words(client.get(address, {"town": county.hetang.pk}))
    assert case.person.name in words(client.get(address, {"town": county.dongping.pk, "listed": "11"}))
    person = a_person(a_household(county.lianhe), name="邓慢阻")
    a_major_condition(person, "copd", catalogues=["30"])
    a_case(county, cast, person=person, on=AGO)
    assert person.name in words(client.get(address, {"listed": "30"}))
    assert person.name not in words(client.get(address, {"listed": "11"}))


def test_the_number_of_queries_does_not_grow_with_the_cases(
    county, cast, signed_in, django_assert_max_num_queries
):
    client = signed_in(cast.county)
    for _time in range(5):
        a_case(county, cast, stage=Stage.ASSIGNED, on=AGO)
    with django_assert_max_num_queries(80):
        client.get(reverse("followups:cases"))
    with django_assert_max_num_queries(30):
        client.get(reverse("followups:cases"), {"show": "assigned"})


def test_a_sensitive_case_is_hidden_from_administration(county, cast, signed_in):
    person = an_ill_person(county.lianhe)
    person.conditions.all().delete()
    a_major_condition(person, "mdr_tuberculosis", is_sensitive=True, name_zh="耐多药结核")
    case = a_case(county, cast, person=person, on=AGO)
    assert signed_in(cast.township_administration).get(page_of(case)).status_code == 404
    assert signed_in(cast.doctor).get(page_of(case)).status_code == 200
    board = words(signed_in(cast.township_administration).get(reverse("followups:cases")))
    assert person.name not in board


def test_the_three_doctors_are_named_on_the_page(county, cast, case, signed_in):
    hospital = a_hospital(county.county)
    keeps_town(hospital, county.dongping)
    doctors = the_three(county.lianhe, hospital)
    doctors["township"].institution.refresh_from_db()
    sent = {f"assign-{level}": doctor.pk for level, doctor in doctors.items()}
    answer = signed_in(cast.township).post(page_of(case), {**sent, "assign-on": str(NOW), "assign": "1"})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.stage == Stage.ASSIGNED


def test_a_day_before_the_last_step_is_refused_beside_the_field(cast, case, signed_in):
    answer = signed_in(cast.township).post(
        page_of(case), {"assign-on": str(AGO - timedelta(days=1)), "assign": "1"}
    )
    assert answer.status_code == 422
    assert "assign-on" in words(answer)


def test_a_doctor_does_not_name_doctors(cast, case, signed_in):
    assert signed_in(cast.doctor).post(page_of(case), {"assign": "1"}).status_code == 403


def test_a_plan_is_written_read_and_signed_by_each(county, cast, signed_in):
    case = a_case(county, cast, stage=Stage.ASSIGNED, on=AGO)
    new, hospital = reverse("followups:case_plan_new", args=[case.uuid]), a_hospital(county.county)
    typed = {"goals": "恢复饮食", "treatment": "手术", "hospital": hospital.pk, "visits": "每月一次"}
    assert signed_in(cast.doctor).post(new, typed | {"goals": ""}).status_code == 422
    assert signed_in(cast.doctor).post(new, typed).status_code == 302
    sign = reverse("followups:case_plan_sign", args=[case.uuid, 1])
    for seat in case.person.case_doctors.all():
        client = signed_in(seat.practitioner.user)
        assert case.person.name in words(client.get(reverse("followups:cases"), {"show": "sign"}))
        assert "已阅读" in words(client.get(reverse("followups:case_plan", args=[case.uuid])))
        client.post(sign)
        assert case.person.name not in words(client.get(reverse("followups:cases"), {"show": "sign"}))
    case.refresh_from_db()
    assert case.stage == Stage.PLANNED


def test_a_change_shows_what_stood_there_before(county, cast, signed_in):
    case = a_case(county, cast, stage=Stage.PLANNED, on=AGO)
    a_plan(
        case, cast.doctor, NOW, treatment="放疗", change_reason="不宜手术", hospital=case.plans.get().hospital
    )
    page = words(signed_in(cast.doctor).get(reverse("followups:case_plan", args=[case.uuid])))
    assert "<ins>放疗</ins>" in page and "胃大部切除术" in page and "不宜手术" in page
    old = words(
        signed_in(cast.doctor).get(reverse("followups:case_plan", args=[case.uuid]), {"version": "1"})
    )
    assert "胃大部切除术" in old and "放疗" not in old


def test_treatment_without_a_hospital_is_refused_beside_the_field(county, cast, signed_in):
    case = a_case(county, cast, stage=Stage.PLANNED, on=AGO)
    sent = {"treat-status": "operated", "treat-happened_on": str(NOW), "treat": "1", "treat-note": "术后良好"}
    answer = signed_in(cast.doctor).post(page_of(case), sent)
    assert answer.status_code == 422 and "术后良好" in words(answer)
    assert signed_in(cast.doctor).post(page_of(case), sent | {"treat-place": "省医院"}).status_code == 302
    case.refresh_from_db()
    assert (case.stage, case.treatment) == ("treating", "operated")


def test_closing_is_asked_for_by_one_and_approved_by_another(county, cast, signed_in):
    case = a_case(county, cast, stage=Stage.TREATING, on=AGO)
    sent = {"ask-reason": "cured", "ask-evidence": "复查正常", "ask": "1"}
    assert signed_in(cast.township).post(page_of(case), sent).status_code == 302
    own = words(signed_in(cast.township).get(page_of(case)))
    assert 'name="decide"' not in own
    officer = signed_in(cast.county)
    assert case.person.name in words(officer.get(reverse("followups:cases"), {"show": "approve"}))
    back = {"decide-decision": "return", "decide": "1"}
    assert officer.post(page_of(case), back).status_code == 422
    officer.post(page_of(case), {"decide-decision": "approve", "decide": "1"})
    case.refresh_from_db()
    assert case.stage == Stage.CLOSED


def test_a_closed_case_can_be_opened_again_after_a_relapse(county, cast, signed_in):
    case = a_case(county, cast, stage=Stage.CLOSED, on=AGO)
    signed_in(cast.doctor).post(page_of(case), {"relapse-evidence": "复发", "relapse": "1"})
    assert MajorCase.objects.get(previous=case).stage == Stage.REGISTERED


def test_a_person_gets_a_case_from_his_condition(county, cast, signed_in):
    person = an_ill_person(county.lianhe)
    new = reverse("followups:case_new") + f"?person={person.uuid}"
    sent = {"condition": person.conditions.get().pk, "evidence": "病理报告"}
    assert signed_in(cast.doctor).post(new, sent).status_code == 302
    assert MajorCase.objects.get().person == person
    assert "没有" in words(signed_in(cast.doctor).get(new))


def test_all_who_lack_a_case_are_listed_and_opened_in_one_act(county, cast, signed_in):
    for _time in range(3):
        an_ill_person(county.lianhe)
    client, address = signed_in(cast.township), reverse("followups:case_missing")
    assert "3" in words(client.get(address))
    assert client.post(address, {"evidence": ""}).status_code == 422
    client.post(address, {"evidence": "三月摸排"})
    assert MajorCase.objects.count() == 3


def test_coverage_names_the_gap_and_its_reason_and_shares_patients_out(county, cast, signed_in):
    hospital = a_hospital(county.county)
    doctor = the_three(county.lianhe, hospital)["county"]
    case = a_case(county, cast, on=AGO)
    officer, address = signed_in(cast.county), reverse("followups:case_coverage")
    assert "没有医院包片" in words(officer.get(address))
    officer.post(reverse("followups:case_town"), {"township": county.dongping.pk, "hospital": hospital.pk})
    page = words(officer.get(address))
    assert case.person.name in page and hospital.name in page
    officer.post(reverse("followups:case_assign_waiting"), {"hospital": hospital.pk})
    assert CaseAssignment.objects.get(person=case.person, level="county").practitioner == doctor


def test_who_died_waits_for_approval_and_is_out_of_the_figures(county, cast, signed_in):
    case = a_case(county, cast, stage=Stage.TREATING, on=AGO)
    Person.objects.filter(pk=case.person_id).update(left_on=NOW, left_reason="died")
    page = words(signed_in(cast.township).get(page_of(case)))
    assert "登记库" in page and 'name="decide"' in page
    assert "不适用" in words(signed_in(cast.township).get(reverse("followups:case_coverage")))


def test_a_pending_closing_cannot_be_asked_for_twice(county, cast, signed_in):
    case = a_case(county, cast, stage=Stage.TREATING, on=AGO)
    ask_to_close(case=case, reason="cured", evidence="好", by=cast.doctor, on=NOW)
    sent = {"ask-reason": "cured", "ask-evidence": "又好", "ask": "1"}
    assert signed_in(cast.doctor).post(page_of(case), sent).status_code == 403


def test_one_case_through_the_five_steps_on_the_pages(county, cast, signed_in):
    """Given a confirmed cancer, when the office, three doctors and a second officer act, then it is closed."""
    person, hospital = an_ill_person(county.lianhe), a_hospital(county.county)
    keeps_town(hospital, county.dongping)
    doctors = the_three(county.lianhe, hospital)
    village, office, bureau = (signed_in(u) for u in (cast.doctor, cast.township, cast.county))

    new = reverse("followups:case_new") + f"?person={person.uuid}"
    village.post(new, {"condition": person.conditions.get().pk, "evidence": "胃镜与病理"})
    case = MajorCase.objects.get(person=person)
    named = {f"assign-{level}": doctor.pk for level, doctor in doctors.items()}
    office.post(page_of(case), {**named, "assign-on": str(NOW), "assign": "1"})
    plan = {"goals": "恢复饮食", "treatment": "手术", "hospital": hospital.pk, "visits": "每月一次"}
    signed_in(doctors["county"].user).post(reverse("followups:case_plan_new", args=[case.uuid]), plan)
    for doctor in doctors.values():
        signed_in(doctor.user).post(reverse("followups:case_plan_sign", args=[case.uuid, 1]))
    treated = {"treat-status": "operated", "treat-happened_on": str(NOW), "treat-hospital": hospital.pk}
    village.post(page_of(case), {**treated, "treat": "1"})
    village.post(page_of(case), {"ask-reason": "cured", "ask-evidence": "复查正常", "ask": "1"})
    bureau.post(page_of(case), {"decide-decision": "approve", "decide": "1"})

    case.refresh_from_db()
    assert (case.stage, case.close_reason, case.treatment) == ("closed", "cured", "operated")
    assert [step.stage for step in case.steps.order_by("id")] == Stage.values
    assert "治愈" in words(village.get(page_of(case)))
