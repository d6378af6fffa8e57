"""Who tries to break what the database promises about cases of major disease."""

from datetime import timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from core.clinics.models import HospitalTown, InstitutionRole
from followups.case_choices import Stage
from followups.models import (
    CarePlan,
    CaseAssignment,
    CaseClosing,
    CaseStep,
    MajorCase,
    PlanSignature,
    ScreeningDay,
    ScreeningResult,
    Treatment,
)
from tests.factories.cases import FIRST, a_case, a_hospital, a_major_condition, a_plan, the_three
from tests.factories.ground import a_practitioner

LATER = FIRST + timedelta(days=20)


def _twice(make: Any) -> None:
    make()
    make()


def _case(w: Any, stage: str = Stage.REGISTERED) -> MajorCase:
    return a_case(w.county, w.cast, stage=stage)


def _row(w: Any, **more: Any) -> MajorCase:
    condition = a_major_condition(w.person) if not w.person.conditions.exists() else w.person.conditions.get()
    fields = {
        "condition": condition,
        "person": w.person,
        "disease": condition.disease,
        "village": w.county.lianhe,
        "county": w.county.county,
        "registered_on": FIRST,
    }
    return MajorCase.objects.create(**{**fields, **more})


def _step(w: Any, **more: Any) -> CaseStep:
    fields = {"case": _case(w), "stage": "registered", "on": FIRST, "evidence": "x", "by": w.cast.doctor}
    return CaseStep.objects.create(**{**fields, **more})


def _closing(w: Any, **more: Any) -> CaseClosing:
    fields = {
        "case": more.pop("case", None) or _row(w),
        "reason": "cured",
        "evidence": "x",
        "requested_on": FIRST,
        "requested_by": w.cast.county,
    }
    return CaseClosing.objects.create(**{**fields, **more})


def _closing_twice(w: Any) -> None:
    case = _row(w)
    _twice(lambda: _closing(w, case=case))


def _charge(w: Any, **more: Any) -> CaseAssignment:
    fields = {
        "person": w.person,
        "level": "county",
        "practitioner": more.pop("practitioner", None) or a_practitioner(w.clinic),
        "period": DateRange(FIRST, None),
        "by": w.cast.county,
    }
    return CaseAssignment.objects.create(**{**fields, **more})


def _one_doctor_twice(w: Any) -> None:
    _charge(w, practitioner=w.gp)
    _charge(w, practitioner=w.gp, level="village")


def _plan(w: Any, case: MajorCase | None = None, **more: Any) -> CarePlan:
    fields = {
        "case": case or _case(w, Stage.ASSIGNED),
        "version": 1,
        "goals": "x",
        "treatment": "x",
        "hospital": a_hospital(w.county.county),
        "visits": "x",
        "made_by": w.cast.doctor,
        "made_on": FIRST,
    }
    return CarePlan.objects.create(**{**fields, **more})


def _plan_twice(w: Any) -> None:
    case = _case(w, Stage.ASSIGNED)
    _twice(lambda: _plan(w, case))


def _two_in_force(w: Any) -> None:
    case = _case(w, Stage.PLANNED)
    first = case.plans.get()
    second = a_plan(case, w.cast.doctor, LATER, change_reason="x")
    for seat in case.person.case_doctors.all():
        _sign(second, seat)
    CarePlan.objects.filter(pk=first.pk).update(superseded_on=None)


def _sign(plan: CarePlan, seat: CaseAssignment, **more: Any) -> PlanSignature:
    fields = {"level": seat.level, "practitioner": seat.practitioner, "signer": seat.practitioner.user}
    return PlanSignature.objects.create(**{"plan": plan, "signed_on": LATER, **fields, **more})


def _signed_twice_at_a_level(w: Any) -> None:
    case = _case(w, Stage.ASSIGNED)
    plan, seat = a_plan(case, w.cast.doctor, FIRST), case.person.case_doctors.get(level="village")
    _sign(plan, seat)
    new = the_three(w.county.lianhe)["village"]
    seat.period = DateRange(seat.period.lower, LATER)
    seat.save()
    other = _charge(w, person=case.person, level="village", practitioner=new, period=DateRange(LATER, None))
    _sign(plan, other)


def _signed_twice_by_one(w: Any) -> None:
    case = _case(w, Stage.ASSIGNED)
    plan, seat = a_plan(case, w.cast.doctor, FIRST), case.person.case_doctors.get(level="village")
    _sign(plan, seat, signed_on=LATER - timedelta(days=1))
    county = case.person.case_doctors.get(level="county")
    for each in (seat, county):
        each.period = DateRange(each.period.lower, LATER)
        each.save()
    _sign(plan, _charge(w, person=case.person, practitioner=seat.practitioner, period=DateRange(LATER, None)))


def _not_before_made(w: Any) -> None:
    case = _case(w, Stage.PLANNED)
    plan = case.plans.get()
    CarePlan.objects.filter(pk=plan.pk).update(effective_on=plan.made_on - timedelta(days=1))


def _treatment(w: Any, **more: Any) -> Treatment:
    fields = {"case": _row(w), "status": "operated", "place": "x", "on": FIRST, "by": w.cast.doctor}
    return Treatment.objects.create(**{**fields, **more})


def _town(w: Any, **more: Any) -> HospitalTown:
    fields = {
        "institution": a_hospital(w.county.county),
        "township": w.county.dongping,
        "period": DateRange(FIRST, None),
    }
    return HospitalTown.objects.create(**{**fields, **more})


def _role(w: Any, period: DateRange | None = None, **more: Any) -> InstitutionRole:
    fields = {"county": w.county.county, "role": "designated", "period": period or DateRange(FIRST, None)}
    hospital = more.pop("institution", None) or a_hospital(w.county.county)
    return InstitutionRole.objects.create(institution=hospital, **fields)


def _roles(w: Any) -> None:
    hospital = a_hospital(w.county.county)
    _twice(lambda: _role(w, institution=hospital))


def _screening(w: Any) -> ScreeningDay:
    return ScreeningDay.objects.create(
        area=w.county.county,
        title="集中筛查",
        on=FIRST,
        hospital=a_hospital(w.county.county),
        by=w.cast.county,
    )


def _result_twice(w: Any) -> None:
    day = _screening(w)
    fields = {"day": day, "person": w.person, "outcome": "none_found", "by": w.cast.county}
    _twice(lambda: ScreeningResult.objects.create(**fields))


CASE_BREAKERS: dict[str, Any] = {
    "one_open_case_per_disease": lambda w: _twice(lambda: _row(w)),
    "closed_case_has_day_and_reason": lambda w: _row(w, close_reason="cured"),
    "case_closes_after_it_is_registered": lambda w: MajorCase.objects.filter(
        pk=_case(w, Stage.CLOSED).pk
    ).update(closed_on=FIRST - timedelta(days=1)),
    "one_step_per_case_and_stage": lambda w: _step(w),
    "case_step_has_evidence": lambda w: _step(w, case=_row(w), evidence=""),
    "one_closing_at_a_time": _closing_twice,
    "closing_is_decided_by_another": lambda w: _closing(
        w, state="approved", decided_by=w.cast.county, decided_on=LATER
    ),
    "decided_closing_says_who_and_when": lambda w: _closing(w, state="approved"),
    "returned_closing_says_why": lambda w: _closing(
        w, state="returned", decided_by=w.cast.township, decided_on=LATER
    ),
    "closing_has_evidence": lambda w: _closing(w, evidence=""),
    "closing_is_asked_for_by_somebody": lambda w: _closing(w, requested_by=None),
    "one_doctor_of_a_level_at_a_time": lambda w: _twice(lambda: _charge(w)),
    "three_different_doctors": _one_doctor_twice,
    "assignment_lasts_a_day": lambda w: _charge(w, period=DateRange(FIRST, FIRST)),
    "one_plan_per_version": _plan_twice,
    "one_plan_in_force": _two_in_force,
    "changed_plan_says_why": lambda w: _plan(w, version=2),
    "expected_cost_is_not_negative": lambda w: _plan(w, cost=-1),
    "plan_in_force_after_it_is_made": _not_before_made,
    "one_signature_per_plan_and_level": _signed_twice_at_a_level,
    "one_signature_per_plan_and_signer": _signed_twice_by_one,
    "not_treated_says_why": lambda w: _treatment(w, status="not_treated"),
    "treatment_names_the_hospital": lambda w: _treatment(w, place=""),
    "another_reason_is_written_down": lambda w: _treatment(
        w, status="not_treated", place="", why_not="other"
    ),
    "one_role_of_a_kind_at_a_time": _roles,
    "role_lasts_a_day": lambda w: _role(w, DateRange(FIRST, FIRST)),
    "one_hospital_per_town_at_a_time": lambda w: _twice(lambda: _town(w)),
    "town_is_kept_a_day": lambda w: _town(w, period=DateRange(FIRST, FIRST)),
    "one_screening_per_area_day_and_title": lambda w: _twice(
        lambda: ScreeningDay.objects.create(
            area=w.county.county, title="x", on=FIRST, hospital=w.clinic, by=w.cast.county
        )
    ),
    "one_result_per_screening_and_person": _result_twice,
}
