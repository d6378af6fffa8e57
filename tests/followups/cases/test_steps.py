"""The five steps of a case: one after the other, each with what it rests on."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from core.base.states import MoveRefused
from followups.case_choices import CareLevel, ClosingState, Stage
from followups.models import CarePlan, CaseAssignment, CaseClosing, CaseStep, MajorCase, PlanSignature
from followups.services.cases.assigning import assign_doctors
from followups.services.cases.closing import approve_closing, ask_to_close, return_closing
from followups.services.cases.opening import open_case, open_missing, reopen
from followups.services.cases.planning import sign_plan
from followups.services.cases.treating import record_treatment
from households.models import Person
from tests.factories.cases import (
    FIRST,
    a_case,
    a_major_condition,
    a_plan,
    an_ill_person,
    sign_all,
    the_three,
)


def days(n):
    return FIRST + timedelta(days=n)


def test_one_case_through_the_five_steps(county, cast):
    """Given a person with stomach cancer, when three doctors plan and treat, a second person closes the case."""
    person = an_ill_person(county.lianhe)
    case = open_case(condition=person.conditions.get(), evidence="胃镜与病理", by=cast.doctor, on=FIRST)

    doctors = the_three(county.lianhe)
    assign_doctors(case=case, doctors=doctors, by=cast.county, on=days(1))
    plan = a_plan(case, doctors["county"].user, days(2))
    for place, doctor in enumerate(doctors.values()):
        plan = sign_plan(plan=plan, by=doctor.user, on=days(3 + place))
        case.refresh_from_db()
        assert (case.stage == Stage.PLANNED) is (place == 2)
    record_treatment(
        case=case, status="operated", happened_on=days(20), place="西京医院", by=cast.doctor, on=days(21)
    )
    closing = ask_to_close(case=case, reason="cured", evidence="半年复查无复发", by=cast.doctor, on=days(200))
    approve_closing(closing=closing, by=cast.township, on=days(203))

    case.refresh_from_db()
    assert (case.stage, case.close_reason, case.closed_on) == ("closed", "cured", days(203))
    assert [(step.stage, step.on) for step in case.steps.order_by("id")] == [
        ("registered", FIRST), ("assigned", days(1)), ("planned", days(5)), ("treating", days(21)),
        ("closed", days(203)),
    ]  # fmt: skip
    assert all(step.evidence for step in case.steps.all())
    assert not CaseAssignment.objects.filter(person=person, period__contains=days(204)).exists()


def test_the_same_condition_opens_one_case(county, cast):
    case = a_case(county, cast)
    again = open_case(condition=case.condition, evidence="又查", by=cast.doctor, on=days(5))
    assert again == case and case.steps.count() == 1


def test_everybody_without_a_case_gets_one_at_once(county, cast):
    for village in (county.lianhe, county.lianhe, county.shunjiang, county.far):
        an_ill_person(village)
    a_case(county, cast)
    assert open_missing(evidence="摸排名单", by=cast.township, on=FIRST) == 3
    assert open_missing(evidence="摸排名单", by=cast.township, on=FIRST) == 0
    assert CaseStep.objects.filter(evidence="摸排名单", by=cast.township).count() == 3
    assert not MajorCase.objects.filter(village=county.far).exists()


def test_administration_does_not_open_cases_it_may_not_see(county, cast):
    a_major_condition(an_ill_person(county.lianhe), "mdr_tuberculosis", is_sensitive=True)
    assert open_missing(evidence="名单", by=cast.township_administration, on=FIRST) == 1
    assert open_missing(evidence="名单", by=cast.township, on=FIRST) == 1
    assert not MajorCase.objects.visible_to(cast.township_administration).filter(is_sensitive=True).exists()
    assert MajorCase.objects.visible_to(cast.doctor).filter(is_sensitive=True).exists()


def test_no_step_is_skipped(county, cast):
    case = a_case(county, cast)
    with pytest.raises(ValidationError, match=r"doctors|医生"):
        a_plan(case, cast.doctor)
    with pytest.raises(MoveRefused):
        ask_to_close(case=case, reason="cured", evidence="好了", by=cast.doctor, on=days(1))
    record_treatment(
        case=case, status="operated", happened_on=FIRST, place="县医院", by=cast.doctor, on=days(1)
    )
    case.refresh_from_db()
    assert (case.stage, case.treatment) == ("registered", "operated")


def test_a_step_does_not_lie_before_the_one_it_follows_on(county, cast):
    case = a_case(county, cast)
    with pytest.raises(ValidationError, match=r"or a later day|或之后"):
        assign_doctors(case=case, doctors=the_three(county.lianhe), by=cast.township, on=days(-1))


def test_a_doctor_is_of_his_level_and_not_named_twice(county, cast):
    case, doctors = a_case(county, cast), the_three(county.lianhe)
    with pytest.raises(ValidationError) as wrong:
        assign_doctors(
            case=case, doctors={CareLevel.COUNTY: doctors["village"]}, by=cast.township, on=days(1)
        )
    assert "county" in wrong.value.message_dict
    twice = {CareLevel.TOWNSHIP: doctors["township"], CareLevel.VILLAGE: doctors["township"]}
    with pytest.raises(ValidationError) as again:
        assign_doctors(case=case, doctors=twice, by=cast.township, on=days(1))
    assert "village" in again.value.message_dict


def test_another_responsible_doctor_takes_over_and_the_first_is_kept(county, cast):
    case = a_case(county, cast, stage=Stage.ASSIGNED)
    new = the_three(county.lianhe)["county"]
    assign_doctors(case=case, doctors={CareLevel.COUNTY: new}, by=cast.county, on=days(30))
    charges = CaseAssignment.objects.filter(person=case.person, level="county").order_by("period")
    assert [each.period.upper for each in charges] == [days(30), None]
    assert charges.last().practitioner == new


def test_each_signs_for_himself_and_once(county, cast):
    case = a_case(county, cast, stage=Stage.ASSIGNED)
    plan = a_plan(case, cast.doctor, days(2))
    with pytest.raises(PermissionDenied):
        sign_plan(plan=plan, by=cast.doctor, on=days(3))
    doctor = case.person.case_doctors.get(level="village").practitioner.user
    for _time in range(2):
        sign_plan(plan=plan, by=doctor, on=days(3))
    assert plan.signatures.count() == 1


def test_a_change_is_a_new_version_signed_anew_and_the_old_one_stays_in_force(county, cast):
    case = a_case(county, cast, stage=Stage.PLANNED)
    first = case.plans.get()
    with pytest.raises(ValidationError, match=r"changed and why|改了什么"):
        a_plan(case, cast.doctor, days(9))
    second = a_plan(case, cast.doctor, days(9), change_reason="改为保守治疗", treatment="化疗")
    first.refresh_from_db()
    assert first.superseded_on is None and second.effective_on is None
    doctors = {each.level: each.practitioner for each in case.person.case_doctors.all()}
    second = sign_all(second, doctors, days(12))
    first.refresh_from_db()
    assert (first.superseded_on, second.effective_on) == (days(12), days(12))
    with pytest.raises(ValidationError, match=r"newest|最新"):
        sign_plan(plan=first, by=doctors["county"].user, on=days(13))


def test_not_treated_says_why(county, cast):
    case = a_case(county, cast, stage=Stage.PLANNED)
    say = {"case": case, "status": "not_treated", "happened_on": days(5), "by": cast.doctor, "on": days(5)}
    with pytest.raises(ValidationError) as missing:
        record_treatment(**say)
    assert "why_not" in missing.value.message_dict
    with pytest.raises(ValidationError) as other:
        record_treatment(**say, why_not="other")
    assert "note" in other.value.message_dict
    record_treatment(**say, why_not="waiting")
    case.refresh_from_db()
    assert (case.stage, case.treatment, case.why_not) == ("treating", "not_treated", "waiting")


def test_the_newest_record_of_treatment_counts_by_its_day(county, cast):
    case = a_case(county, cast, stage=Stage.TREATING)
    record_treatment(
        case=case,
        status="not_treated",
        why_not="waiting",
        happened_on=days(1),
        by=cast.doctor,
        on=days(40),
    )
    case.refresh_from_db()
    assert case.treatment == "operated" and case.treatments.count() == 2


def test_closing_needs_a_second_person_of_the_health_office(county, cast):
    case = a_case(county, cast, stage=Stage.TREATING)
    closing = ask_to_close(case=case, reason="stable", evidence="复查稳定", by=cast.township, on=days(60))
    for user in (cast.township, cast.doctor, cast.township_administration):
        with pytest.raises(PermissionDenied):
            approve_closing(closing=closing, by=user, on=days(61))
    approve_closing(closing=closing, by=cast.county, on=days(61))
    case.refresh_from_db()
    assert case.stage == Stage.CLOSED


def test_a_returned_closing_says_why_and_can_be_asked_for_again(county, cast):
    case = a_case(county, cast, stage=Stage.TREATING)
    closing = ask_to_close(case=case, reason="cured", evidence="自述", by=cast.doctor, on=days(60))
    with pytest.raises(ValidationError, match=r"why the closing is returned|退回"):
        return_closing(closing=closing, note=" ", by=cast.township, on=days(61))
    return_closing(closing=closing, note="缺复查报告", by=cast.township, on=days(61))
    case.refresh_from_db()
    assert case.stage == Stage.TREATING
    ask_to_close(case=case, reason="cured", evidence="复查报告", by=cast.doctor, on=days(62))
    assert case.closings.count() == 2


def test_a_relapse_starts_a_new_episode_beside_the_old_one(county, cast):
    old = a_case(county, cast, stage=Stage.CLOSED)
    new = reopen(case=old, evidence="复发", by=cast.doctor, on=days(90))
    old.refresh_from_db()
    assert (new.previous, new.stage, old.stage) == (old, "registered", "closed")
    with pytest.raises(ValidationError):
        reopen(case=old, evidence="再来", by=cast.doctor, on=days(91))


def test_death_in_the_register_asks_for_the_closing_by_itself(county, cast):
    case = a_case(county, cast, stage=Stage.ASSIGNED)
    Person.objects.filter(pk=case.person_id).update(left_on=days(30), left_reason="died")
    closing = case.closings.get()
    assert (closing.state, closing.reason, closing.requested_by) == ("pending", "died", None)
    approve_closing(closing=closing, by=cast.township, on=days(31))
    case.refresh_from_db()
    assert (case.stage, case.close_reason) == ("closed", "died")


def test_a_departure_the_register_dates_later_is_not_decided_before(county, cast):
    case = a_case(county, cast, stage=Stage.ASSIGNED)
    Person.objects.filter(pk=case.person_id).update(left_on=days(30), left_reason="moved")
    with pytest.raises(ValidationError, match=r"later|晚于"):
        approve_closing(closing=case.closings.get(), by=cast.township, on=days(29))


def test_a_death_taken_back_withdraws_the_closing(county, cast):
    case = a_case(county, cast, stage=Stage.ASSIGNED)
    Person.objects.filter(pk=case.person_id).update(left_on=days(30), left_reason="died")
    Person.objects.filter(pk=case.person_id).update(left_on=None, left_reason="")
    assert case.closings.get().state == ClosingState.WITHDRAWN


def test_a_move_takes_the_case_along(county, cast):
    case = a_case(county, cast, stage=Stage.ASSIGNED)
    home = case.person.household
    home.village = county.qingshui
    home.save()
    case.refresh_from_db()
    assert case.village == county.qingshui
    assert {each.village_id for each in case.person.case_doctors.all()} == {county.qingshui.pk}


def raw(name, act):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        act()
    assert refused.value.__cause__.diag.constraint_name == name


def test_the_database_itself_keeps_the_order(county, cast):
    case = a_case(county, cast)
    step = {"case": case, "on": days(1), "evidence": "x", "by": cast.doctor}
    raw("no_step_is_skipped", lambda: CaseStep.objects.create(stage="planned", **step))
    raw("assigned_case_has_three_doctors", lambda: CaseStep.objects.create(stage="assigned", **step))
    raw(
        "steps_lie_in_order_of_days",
        lambda: CaseStep.objects.create(stage="assigned", **step | {"on": days(-1)}),
    )
    raw("stage_has_its_step", lambda: MajorCase.objects.filter(pk=case.pk).update(stage="treating"))


def test_the_database_itself_asks_for_plan_treatment_and_approval(county, cast):
    step = {"on": days(9), "evidence": "x", "by": cast.doctor}
    assigned = a_case(county, cast, stage=Stage.ASSIGNED)
    raw(
        "planned_case_has_a_signed_plan",
        lambda: CaseStep.objects.create(case=assigned, stage="planned", **step),
    )
    planned = a_case(county, cast, stage=Stage.PLANNED)
    raw("treated_case_says_how", lambda: CaseStep.objects.create(case=planned, stage="treating", **step))
    treating = a_case(county, cast, stage=Stage.TREATING)
    raw("closed_case_is_approved", lambda: CaseStep.objects.create(case=treating, stage="closed", **step))
    plan = a_plan(assigned, cast.doctor, days(3))
    raw(
        "plan_in_force_has_three_signatures",
        lambda: CarePlan.objects.filter(pk=plan.pk).update(effective_on=days(4)),
    )


def test_the_database_itself_lets_nobody_sign_for_another(county, cast):
    case = a_case(county, cast, stage=Stage.ASSIGNED)
    plan = a_plan(case, cast.doctor, days(3))
    seats = {each.level: each.practitioner for each in case.person.case_doctors.all()}
    sign = {"plan": plan, "signed_on": days(3)}
    village, stranger = seats["village"], the_three(county.lianhe)["village"]
    raw(
        "signer_signs_for_himself",
        lambda: plan.signatures.create(
            level="village", practitioner=village, signer=seats["county"].user, signed_on=days(3)
        ),
    )
    raw(
        "signer_is_one_of_the_three",
        lambda: plan.signatures.create(
            level="village", practitioner=stranger, signer=stranger.user, signed_on=days(3)
        ),
    )
    second = a_plan(case, cast.doctor, days(3), change_reason="换药")
    raw(
        "newest_plan_is_signed",
        lambda: PlanSignature.objects.create(
            level="village", practitioner=village, signer=village.user, **sign
        ),
    )
    assert second.version == 2


def test_the_database_itself_asks_the_health_office(county, cast):
    case = a_case(county, cast, stage=Stage.TREATING)
    closing = ask_to_close(case=case, reason="cured", evidence="好了", by=cast.doctor, on=days(9))
    raw(
        "closing_is_decided_by_the_health_office",
        lambda: CaseClosing.objects.filter(pk=closing.pk).update(
            state="approved", decided_by=cast.team_doctor, decided_on=days(10)
        ),
    )


def test_a_case_begins_at_the_first_step_and_a_relapse_at_a_closed_one(county, cast):
    case = a_case(county, cast, stage=Stage.ASSIGNED)
    other = an_ill_person(county.lianhe)
    row = {"condition": other.conditions.get(), "person": other, "disease": case.disease}
    row |= {"village": county.lianhe, "county": county.county, "registered_on": FIRST}
    raw("case_begins_registered", lambda: MajorCase.objects.create(stage="planned", **row))
    raw("relapse_follows_a_closed_case", lambda: MajorCase.objects.create(previous=case, **row))
