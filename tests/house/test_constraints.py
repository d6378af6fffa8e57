"""Every promise the database makes has somebody here who tries to break it."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.utils import ProgrammingError
from django.utils import timezone

from core.accounts.models import Absence, ApiClient, ApiToken, Area, Level, Role, User
from core.audit.models import AccessLog
from core.base.models import Installation, JobRun
from core.clinics.models import Licence
from followups.models import (
    Attempt,
    Conflict,
    Contract,
    Device,
    Duty,
    Escalation,
    Need,
    NeedEscalation,
    NeedStep,
    NeedTask,
    Pairing,
    PlanChange,
    PriorityService,
    Referral,
    ReferralEscalation,
    Submission,
    Team,
    TeamMember,
    TeamReturn,
    Visit,
)
from healthaid.outreach.models import Message
from healthaid.reports.models import FilingStep, Publication, Report
from households.models import (
    ColumnMapping,
    Condition,
    Disease,
    Enrolment,
    Exam,
    Household,
    HouseholdCause,
    HouseholdStatus,
    Identity,
    Person,
    RegisterImport,
)
from tests.factories.ground import SINCE, a_practitioner, an_area, an_institution
from tests.factories.registry import a_condition, a_disease, a_household, a_person
from tests.house.case_breakers import CASE_BREAKERS
from tests.house.claims_breakers import CLAIMS_BREAKERS, NEVER_REWRITTEN, RAISED_BY_FSM
from tests.house.contract_breakers import CONTRACT_BREAKERS
from tests.house.identification_breakers import (
    IDENTIFICATION_BREAKERS,
    MORE_OPINIONS,
    NEVER_TAKEN_BACK,
)
from tests.house.monitoring_breakers import MONITORING_BREAKERS, MONITORING_KEPT, MONITORING_STEPS
from tests.house.outreach_breakers import OUTREACH_BREAKERS
from tests.house.record_breakers import RECORD_BREAKERS
from tests.house.summary_breakers import SUMMARY_BREAKERS

DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
OURS = ("base", "audit", "accounts", "clinics", "households", "followups", "claims", "outreach", "reports")


class World:
    """One of each, ready to be spoiled."""

    def __init__(self, county: Any, cast: Any) -> None:
        self.county, self.cast = county, cast
        self.home = a_household(county.lianhe)
        self.person = a_person(self.home)
        self.clinic = an_institution(county.lianhe)
        self.gp = a_practitioner(self.clinic, is_general_practitioner=True)
        self.team = Team.objects.create(name="一队", area=county.dongping, institution=self.clinic)

    def visit(self, **more: Any) -> Visit:
        fields = {
            "uuid": uuid.uuid4(),
            "household": self.home,
            "person": self.person,
            "village": self.county.lianhe,
            "county": self.county.county,
            "protocol": "hypertension",
            "edition": "2017",
            "visited_on": DAY,
            "mode": "2",
            "by": self.cast.doctor,
        }
        return Visit.objects.create(**{**fields, **more})

    def duty(self, **more: Any) -> Duty:
        fields = {
            "household": self.home,
            "person": self.person,
            "village": self.county.lianhe,
            "county": self.county.county,
            "protocol": "hypertension",
            "rule": "chronic_quarterly",
            "starts_on": DAY,
            "due_on": DAY,
            "ends_on": DAY,
        }
        return Duty.objects.create(**{**fields, **more})

    def contract(self, **more: Any) -> Contract:
        fields = {
            "person": self.person,
            "village": self.county.lianhe,
            "team": self.team,
            "period": DateRange(DAY, DAY + timedelta(days=365)),
            "package": "basic",
            "signed_on": DAY,
            "recorded_by": self.cast.doctor,
        }
        return Contract.objects.create(**{**fields, **more})

    def need(self, **more: Any) -> Need:
        fields = {
            "household": self.home,
            "person": self.person,
            "village": self.county.lianhe,
            "kind": "medicine",
            "description": "降压药",
            "raised_on": DAY,
            "raised_by": self.cast.doctor,
            "owner": self.cast.doctor,
            "due_on": DAY,
        }
        return Need.objects.create(**{**fields, **more})

    def referral(self, **more: Any) -> Referral:
        fields = {
            "household": self.home,
            "person": self.person,
            "village": self.county.lianhe,
            "to_institution": self.clinic,
            "reason": "骨折",
            "referred_at": NOON,
            "referred_on": DAY,
            "referred_by": self.cast.doctor,
            "check_by": DAY + timedelta(days=14),
        }
        return Referral.objects.create(**{**fields, **more})

    def arrived(self, **more: Any) -> Referral:
        fields = {"state": "arrived", "answered_at": NOON, "answered_by": self.cast.clerk, "arrived_on": DAY}
        return self.referral(**{**fields, **more})

    def returned(self, **more: Any) -> Referral:
        back = {"returned_at": NOON, "returned_by": self.cast.clerk, "result": "cured", "diagnosis": "骨折"}
        return self.arrived(**{"state": "returned", **back, **more})

    def register_import(self, **more: Any) -> RegisterImport:
        fields = {"area": self.county.county, "file_name": "a.xlsx", "uploaded_by": self.cast.county}
        return RegisterImport.objects.create(**{**fields, **more})

    def message(self, **more: Any) -> Message:
        fields = {
            "recipient_key": "user:1",
            "user": self.cast.doctor,
            "purpose": "reminder",
            "period": "2026-03-02",
            "channel": "file",
            "template": "reminder",
        }
        return Message.objects.create(**{**fields, **more})

    def report(self, **more: Any) -> Report:
        days = {"since": date(2026, 3, 1), "until": date(2026, 3, 31)}
        return Report.objects.create(**{"area": self.county.dongping, **days, **more})

    def filed(self, **more: Any) -> Report:
        files = {"state": "done", "xlsx_path": "a.xlsx", "pdf_path": "a.pdf", "sha256": "a"}
        return self.report(**{**files, "submitted_by": self.cast.township, "filing": "submitted", **more})

    def client(self) -> ApiClient:
        user = User.objects.create(username="program", role=Role.API_CLIENT, area=self.county.county)
        return ApiClient.objects.create(
            name="p", contact="c", purpose="p", area=self.county.county, user=user
        )

    def submission(self, number: uuid.UUID | None = None) -> Submission:
        return Submission.objects.create(
            client_id=number or uuid.uuid4(), sha256=b"x", body={}, user=self.cast.doctor
        )


def twice(make: Any) -> None:
    make()
    make()


def _conflict_twice(w: World) -> None:
    kept, offered = w.visit(), w.submission()
    for _time in range(2):
        Conflict.objects.create(kind="duty_twice", village=w.county.lianhe, kept=kept, offered=offered)


def _submission_twice(w: World) -> None:
    number = uuid.uuid4()
    twice(lambda: w.submission(number))


def _seat(w: World, **more: Any) -> TeamMember:
    fields = {"team": w.team, "practitioner": w.gp, "slot": "leader", "from_on": DAY}
    return TeamMember.objects.create(**{**fields, **more})


def _two_leaders(w: World) -> None:
    _seat(w)
    _seat(w, practitioner=a_practitioner(w.clinic, is_general_practitioner=True))


def _enrol(w: World, **more: Any) -> Enrolment:
    return Enrolment.objects.create(
        **{"person": w.person, "village": w.county.lianhe, "scheme": "basic", "year": 2026, **more}
    )


def _exam(w: World, **more: Any) -> Exam:
    fields = {
        "person": w.person,
        "village": w.county.lianhe,
        "year": 2026,
        "examined_on": DAY,
        "institution": w.clinic,
    }
    return Exam.objects.create(**{**fields, **more})


def _attempt(duty: Duty, w: World) -> Attempt:
    return Attempt.objects.create(
        uuid=uuid.uuid4(), duty=duty, attempted_on=DAY, reason="6", by=w.cast.doctor
    )


def _attempts(w: World) -> None:
    duty = w.duty()
    twice(lambda: _attempt(duty, w))


def _escalations(w: World) -> None:
    duty = w.duty()
    fields = {"duty": duty, "step": "leader", "told": w.cast.township, "told_on": DAY, "channel": "file"}
    twice(lambda: Escalation.objects.create(**fields))


def _told(w: World, model: Any, **more: Any) -> Any:
    return model.objects.create(step="owner", told=w.cast.doctor, told_on=DAY, channel="file", **more)


def _seen(w: World, model: Any, **more: Any) -> Any:
    return _told(w, model, seen_at=NOON, **more)


def _need_told(w: World, **more: Any) -> dict[str, Any]:
    return {"need": w.need(), "due_on": DAY, **more}


def _referral_told(w: World) -> dict[str, Any]:
    return {"referral": w.referral(), "cause": "unanswered"}


def _twice_told(w: World, model: Any, fields: dict[str, Any]) -> None:
    twice(lambda: _told(w, model, **fields))


def _absence(w: World, **more: Any) -> Absence:
    fields = {"doctor": w.cast.doctor, "deputy": w.cast.colleague, "reason": "leave", "by": w.cast.doctor}
    period = DateRange(DAY, DAY + timedelta(days=9))
    return Absence.objects.create(**{**fields, "period": period, **more})


def _absent_twice(w: World) -> None:
    _absence(w)
    _absence(w, deputy=w.cast.team_doctor, period=DateRange(DAY + timedelta(days=8), date(2026, 5, 1)))


def _return(w: World, **more: Any) -> TeamReturn:
    fields = {"team": w.team, "village": w.county.lianhe, "month": DAY.replace(day=1), "returned_on": DAY}
    fields |= {"served": 9, "satisfaction": 5, "by": w.cast.doctor, "uuid": uuid.uuid4()}
    return TeamReturn.objects.create(**fields | more)


def _pair(w: World, past: date = date(2027, 1, 1)) -> Pairing:
    period = DateRange(DAY, past)
    return Pairing.objects.create(household=w.home, practitioner=w.gp, period=period, by=w.cast.county)


def _licence(w: World, **more: Any) -> Licence:
    fields = {
        "practitioner": w.gp,
        "kind": "GP",
        "number": "1",
        "valid_from": DAY,
        "valid_to": date(2027, 1, 1),
    }
    return Licence.objects.create(**{**fields, **more})


def _cause(w: World, cause: str) -> HouseholdCause:
    return HouseholdCause.objects.create(
        household=w.home, cause=cause, is_main=True, period=DateRange(DAY, None)
    )


def _status(w: World, **more: Any) -> HouseholdStatus:
    fields = {"household": w.home, "standing": "registered", "period": DateRange(DAY, None)}
    return HouseholdStatus.objects.create(**{**fields, **more})


def _device(w: World) -> None:
    w.visit(device_id="phone", device_seq=1)
    w.visit(device_id="phone", device_seq=1)


def _supersede(w: World) -> None:
    first = w.visit()
    w.visit(supersedes=first)
    w.visit(supersedes=first)


def _tasks_twice(w: World) -> None:
    need = w.need()
    twice(lambda: NeedTask.objects.create(need=need, code="identity"))


def _two_referrals_of_a_visit(w: World) -> None:
    visit = w.visit()
    twice(lambda: w.referral(visit=visit))


def _priority(referral: Referral, w: World, **more: Any) -> PriorityService:
    fields = {"kind": "registration", "asked_at": NOON, "by": w.cast.clerk}
    return PriorityService.objects.create(referral=referral, **{**fields, **more})


def _priorities_twice(w: World) -> None:
    referral = w.referral()
    twice(lambda: _priority(referral, w))


BREAKERS: dict[str, Any] = {
    "one_run_per_job_and_period": lambda w: twice(lambda: JobRun.objects.create(job="a", period="b")),
    "only_one_installation": lambda w: Installation.objects.create(pk=2, epoch=uuid.uuid4()),
    "one_current_area_per_code": lambda w: an_area(
        Level.VILLAGE, "430304002201", "又一村", w.county.dongping
    ),
    "area_ends_after_start": lambda w: an_area(Level.VILLAGE, "9", "短村", w.county.dongping, valid_to=SINCE),
    "only_a_province_has_no_parent": lambda w: an_area(Level.COUNTY, "8", "无根县"),
    "area_does_not_succeed_itself": lambda w: Area.objects.filter(pk=w.county.far.pk).update(
        successor=w.county.far
    ),
    "village_clerk_is_administration": lambda w: User.objects.create(
        username="x", role=Role.VILLAGE_CLERK, area=w.county.lianhe
    ),
    "user_role_is_known": lambda w: User.objects.create(username="x", role="king", area=w.county.county),
    "token_expires_after_creation": lambda w: ApiToken.objects.create(
        client=w.client(), digest=b"1", expires_at=timezone.now() - timedelta(days=1)
    ),
    "reserved_beds_within_beds": lambda w: an_institution(w.county.county, beds=1, reserved_beds=2),
    "licence_ends_after_start": lambda w: _licence(w, valid_to=DAY),
    "one_licence_per_number": lambda w: twice(lambda: _licence(w)),
    "one_household_per_register_number": lambda w: a_household(
        w.county.qingshui, register_no=w.home.register_no
    ),
    "income_is_not_negative": lambda w: a_household(w.county.lianhe, income_per_head=-1),
    "household_leaves_with_a_reason": lambda w: a_household(w.county.lianhe, left_on=DAY),
    "two_other_causes_at_most": lambda w: a_household(
        w.county.lianhe, other_causes=["land", "water", "skill"]
    ),
    "one_cause_of_a_kind_at_a_time": lambda w: twice(lambda: _cause(w, "illness")),
    "one_main_cause_at_a_time": lambda w: (_cause(w, "illness"), _cause(w, "water")),
    "one_status_at_a_time": lambda w: twice(lambda: _status(w)),
    "monitored_has_a_kind": lambda w: _status(w, standing="monitored"),
    "one_person_per_id_number": lambda w: a_person(a_household(w.county.far), id_number=w.person.id_number),
    "one_head_per_household": lambda w: a_person(w.home, name="李四"),
    "person_leaves_with_a_reason": lambda w: Person.objects.filter(pk=w.person.pk).update(left_on=DAY),
    "person_has_a_name": lambda w: Person.objects.filter(pk=w.person.pk).update(name=""),
    "id_number_or_a_reason": lambda w: Person.objects.filter(pk=w.person.pk).update(id_index=None),
    "one_identity_of_a_kind_at_a_time": lambda w: twice(
        lambda: Identity.objects.create(person=w.person, kind="registered", period=DateRange(DAY, None))
    ),
    "disease_ends_after_start": lambda w: Disease.objects.create(
        code="x", name_zh="x", name_en="x", group="other", valid_from=DAY, valid_to=DAY
    ),
    "one_open_condition_per_disease": lambda w: twice(lambda: a_condition(w.person)),
    "condition_ends_after_start": lambda w: a_condition(w.person, confirmed_on=DAY, ended_on=SINCE),
    "one_enrolment_per_scheme_and_year": lambda w: twice(lambda: _enrol(w)),
    "premium_is_not_negative": lambda w: _enrol(w, amount=-1),
    "one_exam_per_year": lambda w: twice(lambda: _exam(w)),
    "exam_lies_in_its_year": lambda w: _exam(w, examined_on=date(2025, 3, 1)),
    "applied_import_has_its_dates": lambda w: w.register_import(state="applied"),
    "one_mapping_per_header": lambda w: twice(
        lambda: ColumnMapping.objects.create(area=w.county.county, signature="s")
    ),
    "one_team_per_name_and_area": lambda w: Team.objects.create(
        name="一队", area=w.county.dongping, institution=w.clinic
    ),
    "one_leader_per_team": _two_leaders,
    "one_seat_per_slot": lambda w: twice(lambda: _seat(w, slot="nurse")),
    "leader_is_a_general_practitioner": lambda w: _seat(w, practitioner=a_practitioner(w.clinic)),
    "one_contract_at_a_time": lambda w: twice(lambda: w.contract()),
    "guardian_is_named": lambda w: w.contract(signed_by="guardian", signer_relation="parent"),
    "contract_lasts_a_day": lambda w: w.contract(period=DateRange(DAY, DAY)),
    "one_duty_per_person_rule_and_window": lambda w: twice(lambda: w.duty()),
    "one_duty_per_household_rule_and_window": lambda w: twice(lambda: w.duty(person=None)),
    "duty_window_in_order": lambda w: w.duty(ends_on=DAY - timedelta(days=1)),
    "closed_duty_has_a_date": lambda w: w.duty(state="cancelled"),
    "done_duty_names_its_visit": lambda w: w.duty(state="done", closed_on=DAY),
    "one_attempt_per_duty_and_day": _attempts,
    "one_escalation_per_duty_step_and_cause": _escalations,
    "one_escalation_per_need_step_and_day": lambda w: _twice_told(w, NeedEscalation, _need_told(w)),
    "one_escalation_per_referral_step_and_cause": lambda w: _twice_told(
        w, ReferralEscalation, _referral_told(w)
    ),
    "one_deputy_at_a_time": _absent_twice,
    "nobody_stands_in_for_oneself": lambda w: _absence(w, deputy=w.cast.doctor),
    "absence_has_a_first_and_a_last_day": lambda w: _absence(w, period=DateRange(DAY, None)),
    "deputy_is_a_doctor_of_the_county": lambda w: _absence(w, deputy=w.cast.stranger),
    "escalation_seen_says_by_whom": lambda w: _seen(w, Escalation, duty=w.duty()),
    "needescalation_seen_says_by_whom": lambda w: _seen(w, NeedEscalation, **_need_told(w)),
    "referralescalation_seen_says_by_whom": lambda w: _seen(w, ReferralEscalation, **_referral_told(w)),
    "plan_change_changes_the_day": lambda w: PlanChange.objects.create(
        duty=w.duty(), was_on=DAY, now_on=DAY, reason="asked", changed_on=DAY, by=w.cast.doctor
    ),
    "one_return_per_team_village_and_month": lambda w: twice(lambda: _return(w)),
    "return_satisfaction_is_one_to_five": lambda w: _return(w, satisfaction=6),
    "return_lies_in_its_month": lambda w: _return(w, returned_on=date(2026, 4, 1)),
    "month_of_return_is_its_first_day": lambda w: _return(w, month=DAY),
    "one_paired_doctor_at_a_time": lambda w: twice(lambda: _pair(w)),
    "pairing_lasts_a_day": lambda w: _pair(w, past=DAY),
    "satisfaction_is_one_to_five": lambda w: w.visit(satisfaction=6),
    "systolic_above_diastolic": lambda w: w.visit(sbp=80, dbp=80),
    "next_visit_lies_ahead": lambda w: w.visit(next_on=DAY),
    "one_visit_per_device_number": _device,
    "one_submission_per_body": _submission_twice,
    "one_conflict_per_pair": _conflict_twice,
    "device_has_an_id": lambda w: Device.objects.create(user=w.cast.doctor, last_seen_at=timezone.now()),
    "need_is_due_after_it_is_raised": lambda w: w.need(due_on=DAY - timedelta(days=1)),
    "closed_need_has_date_and_outcome": lambda w: w.need(state="met"),
    "need_satisfaction_one_to_five": lambda w: w.need(satisfaction=0),
    "closed_need_has_the_persons_word": lambda w: w.need(state="met", closed_on=DAY, outcome="办好"),
    "need_is_closed_after_it_is_raised": lambda w: w.need(
        state="met", closed_on=DAY - timedelta(days=1), outcome="办好", satisfaction=5
    ),
    "merged_need_names_the_other": lambda w: w.need(state="merged", closed_on=DAY, outcome="见另一件"),
    "quote_belongs_to_a_need_for_money": lambda w: w.need(quoted_amount=100),
    "need_owner_works_in_its_area": lambda w: Need.objects.filter(pk=w.need().pk).update(
        owner=w.cast.stranger
    ),
    "passing_on_says_to_whom_and_why": lambda w: NeedStep.objects.create(
        need=w.need(), on=DAY, state="open", kind="handed_on", by=w.cast.doctor
    ),
    "one_task_of_a_kind_per_need": _tasks_twice,
    "done_task_has_day_and_person": lambda w: NeedTask.objects.create(
        need=w.need(), code="identity", done_on=DAY
    ),
    "talk_with_the_insurer_is_written_down": lambda w: NeedTask.objects.create(
        need=w.need(), code="insurer", done_on=DAY, done_by=w.cast.doctor
    ),
    "referral_says_why": lambda w: w.referral(reason=""),
    "referral_check_lies_ahead": lambda w: w.referral(check_by=DAY - timedelta(days=1)),
    "referral_answer_has_time_and_person": lambda w: w.referral(state="accepted", answered_at=NOON),
    "declined_referral_says_why": lambda w: w.referral(
        state="declined", answered_at=NOON, answered_by=w.cast.clerk
    ),
    "cancelled_referral_says_why": lambda w: w.referral(state="cancelled"),
    "referral_arrival_after_it_was_made": lambda w: w.arrived(arrived_on=DAY - timedelta(days=1)),
    "referral_result_after_receipt": lambda w: w.returned(returned_at=NOON - timedelta(hours=1)),
    "discharge_after_arrival": lambda w: w.returned(discharged_on=DAY - timedelta(days=1)),
    "referral_check_has_day_person_and_result": lambda w: w.referral(checked_on=DAY),
    "one_standing_referral_per_visit": _two_referrals_of_a_visit,
    "referral_is_of_the_person_in_need": lambda w: w.referral(
        need=w.need(), person=a_person(w.home, name="李四", relation="10")
    ),
    "one_priority_of_a_kind_per_referral": _priorities_twice,
    "served_after_it_was_asked": lambda w: _priority(w.referral(), w, served_at=NOON - timedelta(hours=1)),
    "one_message_per_person_purpose_and_period": lambda w: twice(lambda: w.message()),
    "message_has_one_recipient": lambda w: w.message(person=w.person),
    "sent_message_has_its_time": lambda w: w.message(state="sent"),
    "one_report_per_area_period_and_edition": lambda w: twice(lambda: w.report()),
    "report_covers_days": lambda w: w.report(until=date(2026, 2, 28)),
    "filed_report_is_sealed": lambda w: w.filed(sha256=""),
    "nobody_approves_their_own_report": lambda w: w.filed(filing="approved", approved_by=w.cast.township),
    "filed_figures_stay": lambda w: Report.objects.filter(pk=w.filed().pk).update(figures={"rows": [1]}),
    "returned_report_says_why": lambda w: FilingStep.objects.create(
        report=w.filed(), to="returned", at=NOON, by=w.cast.county, sha256="a"
    ),
    "finished_report_has_its_files": lambda w: w.report(state="done"),
    "corrected_report_says_why": lambda w: w.report(edition=2),
}
BREAKERS["taken_over_by_somebody"] = lambda w: Submission.objects.filter(pk=w.submission().pk).update(
    taken_over_at=NOON
)
BREAKERS |= IDENTIFICATION_BREAKERS
BREAKERS |= CASE_BREAKERS | CLAIMS_BREAKERS | CONTRACT_BREAKERS | MONITORING_BREAKERS
RAISED_BY_FSM["report"] = lambda w: Report.objects.filter(pk=w.filed(filing="returned").pk).update(
    filing="approved", approved_by=w.cast.county
)
NEVER_REWRITTEN["step of a report"] = lambda w: FilingStep.objects.create(
    report=w.filed(), to="submitted", at=NOON, by=w.cast.township, sha256="a"
).delete()
NEVER_REWRITTEN["public version of a report"] = lambda w: Publication.objects.create(
    report=w.filed(), at=NOON, by=w.cast.township
).delete()
BREAKERS |= OUTREACH_BREAKERS
BREAKERS |= RECORD_BREAKERS
BREAKERS |= SUMMARY_BREAKERS


@pytest.fixture
def world(county, cast):
    return World(county, cast)


@pytest.mark.parametrize("name", sorted(BREAKERS))
def test_the_database_refuses(name, world):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BREAKERS[name](world)
        connection.check_constraints()
    assert refused.value.__cause__.diag.constraint_name == name  # type: ignore[union-attr]


def test_every_constraint_has_somebody_who_tries_to_break_it():
    models = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    declared = {constraint.name for model in models for constraint in model._meta.constraints}
    assert declared - set(BREAKERS) == set()


@pytest.mark.parametrize("name", sorted(NEVER_REWRITTEN | MONITORING_KEPT))
def test_a_paper_of_money_is_never_rewritten(name, world):
    with pytest.raises(ProgrammingError, match=r"Cannot (update|delete)"), transaction.atomic():
        (NEVER_REWRITTEN | MONITORING_KEPT)[name](world)


@pytest.mark.parametrize("name", sorted(MORE_OPINIONS))
def test_nobody_speaks_for_another(name, world):
    with pytest.raises(IntegrityError, match="role, sector or area do not fit"), transaction.atomic():
        MORE_OPINIONS[name](world)


@pytest.mark.parametrize("name", sorted(NEVER_TAKEN_BACK))
def test_what_was_said_of_a_case_is_never_taken_back(name, world):
    with pytest.raises(ProgrammingError, match=r"Cannot (update|delete)"), transaction.atomic():
        NEVER_TAKEN_BACK[name](world)


@pytest.mark.parametrize("name", sorted(RAISED_BY_FSM | MONITORING_STEPS))
def test_no_step_is_skipped(name, world):
    with pytest.raises(ProgrammingError, match="Invalid transition"), transaction.atomic():
        (RAISED_BY_FSM | MONITORING_STEPS)[name](world)


def test_one_visit_has_one_successor(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        _supersede(world)


def test_a_visit_is_never_edited(world):
    visit = world.visit()
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(answers={"sbp": "120"})


def test_a_look_is_never_taken_back(world):
    look = AccessLog.objects.create(actor="a", kind="reveal", purpose="p", route="/")
    for spoil in (
        lambda: AccessLog.objects.filter(pk=look.pk).delete(),
        lambda: AccessLog.objects.update(actor="b"),
    ):
        with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
            spoil()


def test_history_is_never_rewritten(world):
    Household.objects.filter(pk=world.home.pk).update(address="新址")
    events = apps.get_model("households", "HouseholdEvent")
    with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
        events.objects.all().delete()


def test_bulk_and_raw_writes_leave_history(world):
    events = apps.get_model("households", "HouseholdEvent").objects
    before = events.count()
    Household.objects.bulk_create(
        [
            Household(register_no=f"b{n}", village=world.county.lianhe, county=world.county.county)
            for n in range(3)
        ]
    )
    Household.objects.filter(register_no__startswith="b").update(group_name="一组")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE households_household SET group_name = '二组' WHERE register_no LIKE 'b%'")
        cursor.execute("UPDATE households_household SET group_name = '二组' WHERE register_no LIKE 'b%'")
    assert events.count() - before == 9


def test_death_ends_what_is_owed_and_keeps_history(world):
    duty, contract = world.duty(), world.contract()
    Person.objects.filter(pk=world.person.pk).update(left_on=date(2026, 6, 1), left_reason="died")
    duty.refresh_from_db()
    contract.refresh_from_db()
    assert (duty.state, duty.closed_on) == ("cancelled", date(2026, 6, 1))
    assert (contract.state, contract.period.upper) == ("ended", date(2026, 6, 1))


def test_a_duty_keeps_each_earlier_version(world):
    duty = world.duty()
    Duty.objects.filter(pk=duty.pk).update(risk=3)
    events = apps.get_model("followups", "DutyEvent").objects.filter(pgh_obj_id=duty.pk)
    assert [event.risk for event in events] == [1]


def test_sensitivity_follows_the_disease(world):
    condition = a_condition(world.person, "tuberculosis")
    assert Condition.objects.get(pk=condition.pk).is_sensitive
    assert a_disease("tuberculosis").is_sensitive
    assert not Condition.objects.visible_to(world.cast.township_administration).exists()
    assert Condition.objects.visible_to(world.cast.doctor).exists()
