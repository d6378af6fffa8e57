"""Recording a visit: what counts, what it closes, what it leaves behind, and that nothing is ever overwritten."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core.base.ids import uuid7
from followups.choices import DutyState, NeedKind, NotFoundReason, Risk
from followups.models import Attempt, Conflict, Duty, Need, Submission, Visit
from followups.services.visits import amend_visit, record_visit
from tests.factories.followups import TODAY, a_body, a_contract, a_duty, a_household_body, a_team, answers
from tests.factories.registry import a_condition, a_household, a_person


@pytest.fixture
def patient(county):
    person = a_person(a_household(county.lianhe))
    a_condition(person)
    return person


@pytest.fixture
def record(cast):
    def send(body, by=None, on=TODAY):
        return record_visit(body=body, by=by or cast.doctor, received_on=on)

    return send


def test_a_routine_visit_is_kept_with_its_numbers_and_its_assessment(patient, record):
    receipt = record(a_body(patient))
    visit = Visit.objects.get()
    assert receipt.status == "accepted" and receipt.visit.pk == visit.pk
    assert (visit.sbp, visit.dbp, visit.visit_class, visit.is_controlled) == (132, 82, "1", True)
    assert (visit.next_on, visit.satisfaction, visit.edition) == (date(2027, 2, 10), 5, "2017")
    assert visit.village_id == patient.village_id and visit.is_face_to_face


def test_what_was_sent_is_kept_word_for_word(patient, record):
    body = a_body(patient)
    record(body)
    kept = Submission.objects.get()
    assert kept.body == body and kept.state == "accepted" and kept.visit_id == Visit.objects.get().pk


def test_the_same_body_again_gives_the_first_answer_again(patient, record):
    body = a_body(patient)
    first, second = record(body), record(body)
    assert (first.status, second.status) == ("accepted", "repeated")
    assert first.visit.pk == second.visit.pk and Visit.objects.count() == 1


def test_another_body_under_the_same_number_is_kept_beside_the_first(patient, record):
    body = a_body(patient)
    record(body)
    other = record(body | {"answers": answers(sbp=150)})
    assert other.status == "conflict" and other.conflict_kind == Conflict.Kind.SAME_NUMBER
    assert Visit.objects.get().sbp == 132
    assert Conflict.objects.get().offered.body["answers"]["sbp"] == 150
    assert record(body | {"answers": answers(sbp=150)}).status == "conflict"
    assert Conflict.objects.count() == 1


def test_a_second_visit_of_the_same_day_waits_for_a_person_to_decide(patient, record, cast):
    record(a_body(patient))
    second = record(a_body(patient, answers={"sbp": 128}), by=cast.team_doctor)
    assert second.status == "conflict" and second.conflict_kind == Conflict.Kind.DUTY_TWICE
    assert Visit.objects.count() == 1 and Submission.objects.count() == 2


def test_a_duty_already_fulfilled_by_another_visit_is_never_silently_taken(patient, record):
    duty = a_duty(patient)
    record(a_body(patient, visited_on="2026-11-10", duty=duty.pk))
    second = record(a_body(patient, duty=duty.pk))
    assert second.status == "conflict" and second.conflict_kind == Conflict.Kind.DUTY_TWICE


def test_one_visit_closes_the_duties_of_person_and_household(patient, record):
    quarter, fortnight = a_duty(patient), a_duty(household=patient.household)
    record(a_body(patient))
    assert {duty.state for duty in Duty.objects.filter(pk__in=[quarter.pk, fortnight.pk])} == {DutyState.DONE}
    assert Visit.objects.get().duties.count() == 2


def test_a_visit_at_the_clinic_leaves_the_home_visit_owed(patient, record):
    a_duty(patient), a_duty(household=patient.household)
    record(a_body(patient, mode="1"))
    assert Duty.objects.get(state=DutyState.OPEN).protocol == "home_visit"


def test_a_phone_call_is_kept_but_fulfils_nothing(patient, record):
    a_duty(patient)
    receipt = record(a_body(patient, mode="3"))
    assert receipt.status == "accepted" and Duty.objects.get().state == DutyState.OPEN


def test_a_visit_for_one_disease_leaves_the_other_owed(patient, record):
    a_duty(patient)
    diabetes = a_duty(patient, protocol="type2_diabetes")
    record(a_body(patient))
    assert Duty.objects.get(state=DutyState.OPEN) == diabetes


def test_a_late_visit_closes_the_overdue_quarter_and_not_the_new_one_as_well(patient, record):
    late = a_duty(patient, starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30))
    now = a_duty(patient)
    record(a_body(patient))
    late.refresh_from_db(), now.refresh_from_db()
    assert (late.state, now.state) == (DutyState.DONE, DutyState.OPEN)


def test_the_agreed_day_moves_the_next_duty(patient, record):
    a_duty(patient, starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30))
    now = a_duty(patient)
    record(a_body(patient, answers={"next_date": "2026-12-20"}))
    now.refresh_from_db()
    assert now.due_on == date(2026, 12, 20)


def test_without_a_next_day_the_last_one_that_the_norm_allows_is_taken(patient, record):
    record(a_body(patient, answers={"next_date": None}))
    assert Visit.objects.get().next_on == date(2027, 2, 18)


def test_an_uncontrolled_reading_owes_a_return_visit_within_two_weeks(patient, record):
    record(a_body(patient, answers={"sbp": 162, "next_date": "2026-11-28"}))
    duty = Duty.objects.get(rule="follow_14_days")
    assert (duty.starts_on, duty.due_on, duty.ends_on) == (
        TODAY + timedelta(days=1),
        date(2026, 11, 28),
        date(2026, 12, 2),
    )
    assert duty.risk == Risk.HIGH and duty.why == {"visit": str(Visit.objects.get().pk)}
    assert not Need.objects.exists()


def test_an_emergency_owes_an_urgent_return_visit_and_raises_the_referral(patient, record, cast, county):
    team = a_team(county.lianhe, leader=cast.team_doctor)
    a_contract(patient, team, cast.county)
    record(a_body(patient, answers={"sbp": 186, "next_date": "2026-11-20"}))
    duty, need = Duty.objects.get(), Need.objects.get()
    assert duty.risk == Risk.URGENT and duty.team_id == team.pk
    assert (need.kind, need.owner, need.person) == (NeedKind.HOSPITAL, cast.team_doctor, patient)
    assert need.due_on == TODAY + timedelta(days=14) and need.steps.count() == 1
    assert "186" in need.description


def test_a_referral_still_open_is_not_raised_twice(patient, record):
    for day in ("2026-11-10", "2026-11-18"):
        record(a_body(patient, visited_on=day, answers={"sbp": 186, "next_date": "2026-11-20"}))
    assert Visit.objects.count() == 2 and Need.objects.count() == 1


def test_the_return_visit_closes_the_two_week_duty(patient, record):
    record(a_body(patient, visited_on="2026-11-08", answers={"sbp": 162, "next_date": "2026-11-18"}))
    record(a_body(patient))
    assert Duty.objects.get(rule="follow_14_days").state == DutyState.DONE


def test_a_need_found_at_home_gets_an_owner_and_a_date(patient, record, cast):
    body = a_household_body(patient.household, answers={"needs": ["3"], "needs_text": "膝盖手术没钱做"})
    assert record(body).status == "accepted"
    need = Need.objects.get()
    assert (need.kind, need.person, need.owner) == (NeedKind.COST, patient, cast.doctor)
    assert need.description == "膝盖手术没钱做"


def test_several_needs_of_one_visit_are_one_need_of_cost_with_all_its_words(patient, record, cast):
    given = {"needs": ["4", "3", "9"], "needs_text": "降压药断了，轮椅买不起"}
    record(a_household_body(patient.household, answers=given))
    need = Need.objects.get()
    assert need.kind == NeedKind.COST
    assert need.description == "因费用没有看病；买药、送药；轮椅、拐杖等辅具：降压药断了，轮椅买不起"


def test_a_visit_where_nobody_was_met_does_not_count(patient, record):
    a_duty(patient)
    lost = {"client_id": str(uuid7()), "person": str(patient.uuid), "protocol": "hypertension",
            "visited_on": "2026-11-18", "mode": "2", "answers": {"lost_reason": "1"}}  # fmt: skip
    assert record(lost).status == "accepted"
    assert Duty.objects.get().state == DutyState.OPEN and not Visit.objects.get().is_face_to_face
    assert Attempt.objects.get().reason == NotFoundReason.AWAY_WORKING


def test_found_in_the_afternoon_after_nobody_opened_in_the_morning(patient, record):
    a_duty(patient)
    lost = a_body(patient) | {"answers": {"lost_reason": "5", "lost_note": "下地干活"}}
    assert record(lost).status == record(a_body(patient)).status == "accepted"
    assert Duty.objects.get().state == DutyState.DONE


def test_a_call_by_phone_does_not_stand_in_the_way_of_the_visit_that_day(patient, record):
    assert record(a_body(patient, mode="3")).status == "accepted"
    assert record(a_body(patient)).status == "accepted"


def test_a_death_ends_what_is_owed_and_keeps_what_was_done(patient, record, cast, county):
    a_contract(patient, a_team(county.lianhe), cast.county)
    a_duty(patient)
    died = {"client_id": str(uuid7()), "person": str(patient.uuid), "protocol": "hypertension",
            "visited_on": "2026-11-18", "mode": "2",
            "answers": {"death_date": "2026-11-15", "death_cause": "脑出血"}}  # fmt: skip
    assert record(died).status == "accepted"
    patient.refresh_from_db()
    assert (patient.left_on, patient.left_reason) == (date(2026, 11, 15), "died")
    assert Duty.objects.get().state == DutyState.CANCELLED
    assert patient.contracts.get().state == "ended"


def test_a_visit_entered_weeks_later_is_marked(patient, record):
    a_duty(patient)
    record(a_body(patient, visited_on="2026-11-01"))
    assert Visit.objects.get().assessment["entered_late_days"] == 17
    assert Duty.objects.get().state == DutyState.DONE


def test_a_visit_entered_beyond_the_limit_is_kept_but_fulfils_nothing(patient, record):
    a_duty(patient)
    record(a_body(patient, visited_on="2026-10-10"))
    assert Visit.objects.get().assessment["counts"] is False
    assert Duty.objects.get().state == DutyState.OPEN


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"visited_on": "2026-11-19"}, "visit_date", "in_future"),
        ({"visited_on": "19.11.2026"}, "visited_on", "not_a_date"),
        ({"mode": "7"}, "mode", "not_a_choice"),
        ({"protocol": "fairy_tale"}, "protocol", "unknown_form"),
        ({"person_id": None}, "person", "one_subject"),
        ({"person_id": "nobody"}, "person", "not_a_uuid"),
        ({"colour": "red"}, "colour", "unknown_field"),
        ({"answers": {"sbp": 999}}, "sbp", "out_of_range"),
        ({"answers": {"sbp": 80, "dbp": 90}}, "dbp", "pressure_order"),
        ({"answers": {"shoe_size": 40}}, "shoe_size", "unknown_field"),
        ({"answers": {"visit_date": "2026-11-02"}}, "visited_on", "said_twice"),
        ({"device_seq": "many"}, "device_seq", "not_a_number"),
    ],
)
def test_a_fault_names_its_field_and_its_remedy(patient, record, change, field, code):
    receipt = record(a_body(patient, **change))
    assert receipt.status == "refused"
    found = {(problem.field, problem.code): problem for problem in receipt.problems}
    assert (field, code) in found, found.keys()
    assert found[field, code].remedy.zh and found[field, code].remedy.en
    assert Submission.objects.get().state == "refused" and not Visit.objects.exists()


@pytest.mark.parametrize(
    "poison", ["\x00", "\ud800", float("nan"), 10**5000], ids=["nul", "half a character", "nan", "endless"]
)
def test_what_cannot_be_kept_is_refused_and_breaks_nothing(patient, record, poison):
    assert record(a_body(patient, answers={"notes": poison})).status == "refused"


def test_a_person_of_another_area_is_not_found(patient, record, cast):
    assert record(a_body(patient), by=cast.stranger).problems[0].code == "not_found"
    assert record(a_body(patient), by=cast.colleague).problems[0].code == "not_found"


def test_an_officer_does_not_record_visits(patient, record, cast):
    with pytest.raises(PermissionDenied):
        record(a_body(patient), by=cast.township)


def test_a_device_number_used_twice_does_not_cost_the_visit(patient, record, county):
    neighbour = a_person(a_household(county.lianhe))
    record(a_body(patient, device_id="phone-a", device_seq=1))
    receipt = record(a_body(neighbour, device_id="phone-a", device_seq=1))
    assert receipt.status == "accepted" and Visit.objects.count() == 2


def test_a_correction_is_a_new_version_and_the_old_one_stays(patient, record, cast):
    duty = a_duty(patient)
    first = record(a_body(patient)).visit
    Visit.objects.filter(pk=first.pk).update(received_at="2026-11-18T09:00:00+08:00")
    receipt = amend_visit(
        supersedes=first.pk,
        answers=answers(sbp=168, next_date="2026-11-30"),
        reason="",
        by=cast.doctor,
        on=TODAY,
    )
    assert receipt.status == "accepted"
    old, new = Visit.objects.get(pk=first.pk), receipt.visit
    assert not old.is_current and old.sbp == 132 and Visit.objects.get(pk=new.pk).supersedes_id == old.pk
    duty.refresh_from_db()
    assert duty.visit_id == new.pk
    assert Duty.objects.get(rule="follow_14_days").state == DutyState.OPEN


def test_a_correction_takes_back_a_return_visit_that_the_mistake_had_made(patient, record, cast):
    first = record(a_body(patient, answers={"sbp": 186, "next_date": "2026-11-20"})).visit
    amend_visit(supersedes=first.pk, answers=answers(sbp=136), reason="读错", by=cast.doctor, on=TODAY)
    duty = Duty.objects.get(rule="follow_14_days")
    assert (duty.state, duty.close_reason) == (DutyState.CANCELLED, "amended")


def test_a_correction_on_a_later_day_needs_its_reason(patient, record, cast):
    first = record(a_body(patient)).visit
    Visit.objects.filter(pk=first.pk).update(received_at="2026-11-18T09:00:00+08:00")
    later = TODAY + timedelta(days=1)
    change = {"supersedes": first.pk, "answers": answers(sbp=138), "by": cast.doctor, "on": later}
    assert amend_visit(reason="", **change).problems[0].code == "reason_needed"
    assert amend_visit(reason="血压计读数抄错", **change).status == "accepted"


def test_correcting_an_outdated_version_is_a_conflict(patient, record, cast):
    first = record(a_body(patient)).visit
    amend_visit(supersedes=first.pk, answers=answers(sbp=136), reason="读错", by=cast.doctor, on=TODAY)
    stale = amend_visit(
        supersedes=first.pk, answers=answers(sbp=140), reason="读错", by=cast.team_doctor, on=TODAY
    )
    assert stale.status == "conflict" and stale.conflict_kind == Conflict.Kind.STALE_AMENDMENT
    assert Visit.objects.filter(is_current=True).get().sbp == 136


def test_a_death_recorded_by_mistake_can_be_taken_back(patient, record, cast, county):
    a_duty(patient)
    a_contract(patient, a_team(county.lianhe), cast.county)
    died = {"client_id": str(uuid7()), "person": str(patient.uuid), "protocol": "hypertension",
            "visited_on": "2026-11-18", "mode": "2",
            "answers": {"death_date": "2026-11-15", "death_cause": "脑出血"}}  # fmt: skip
    wrong = record(died).visit
    receipt = amend_visit(supersedes=wrong.pk, answers=answers(), reason="同名", by=cast.doctor, on=TODAY)
    patient.refresh_from_db()
    assert receipt.status == "accepted" and patient.left_on is None
    assert Duty.objects.get().state == DutyState.DONE
    assert patient.contracts.get().state == "signed"
