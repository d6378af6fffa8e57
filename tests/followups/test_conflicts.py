"""Two records of one visit: both stay, and a person says which one holds."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from core.base.ids import uuid7
from followups.choices import DutyState
from followups.models import Conflict, Submission, Visit
from followups.presenters.conflicts import both_sides
from followups.queries.conflicts import conflicts, get_conflict
from followups.queries.visits import versions
from followups.services.conflicts import BOTH, KEEP, MIX, TAKE, choices_for, resolve_conflict
from followups.services.visits import amend_visit, record_visit
from tests.factories.followups import TODAY, a_body, a_duty, answers
from tests.factories.registry import a_household, a_person


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe))


@pytest.fixture
def same_number(person, cast):
    body = a_body(person)
    record_visit(body=body, by=cast.doctor, received_on=TODAY)
    other = body | {"answers": answers(sbp=152, next_date="2026-11-30")}
    record_visit(body=other, by=cast.doctor, received_on=TODAY)
    return Conflict.objects.get()


@pytest.fixture
def same_day(person, cast):
    record_visit(body=a_body(person), by=cast.doctor, received_on=TODAY)
    body = a_body(person, answers={"sbp": 152, "next_date": "2026-11-30"}, device_id="phone-b", device_seq=4)
    record_visit(body=body, by=cast.team_doctor, received_on=TODAY)
    return Conflict.objects.get()


def test_both_sides_are_told_field_by_field_and_what_differs(same_number):
    rows = {row.label: row for row in both_sides(same_number)}
    different = {label for label, row in rows.items() if row.differs}
    assert len(different) == 2 and len(rows) > 6
    assert any("132" in row.kept and "152" in row.offered for row in rows.values())


def test_a_body_full_of_nonsense_can_still_be_compared(person, cast):
    body = a_body(person)
    record_visit(body=body, by=cast.doctor, received_on=TODAY)
    record_visit(
        body=body | {"answers": {"sbp": {"a": 1}, "symptoms": 7, "next_date": "soon"}},
        by=cast.doctor,
        received_on=TODAY,
    )
    assert both_sides(Conflict.objects.get())


def test_keeping_changes_no_visit(same_number, cast):
    resolve_conflict(conflict=same_number, choice=KEEP, by=cast.doctor, on=TODAY)
    same_number.refresh_from_db()
    assert same_number.resolved_by == cast.doctor and Visit.objects.get().sbp == 132
    assert not conflicts(cast.doctor).exists() and conflicts(cast.doctor, resolved=True).exists()


@pytest.mark.parametrize("kind", ["same_number", "same_day"])
def test_taking_the_other_makes_it_a_new_version(kind, request, cast, person):
    duty = a_duty(person)
    conflict = request.getfixturevalue(kind)
    receipt = resolve_conflict(conflict=conflict, choice=TAKE, by=cast.doctor, on=TODAY)
    assert receipt.status == "accepted"
    current = Visit.objects.get(is_current=True)
    assert (current.sbp, current.supersedes_id) == (152, conflict.kept_id)
    duty.refresh_from_db()
    assert (duty.state, duty.visit_id) == (DutyState.DONE, current.pk)
    assert [visit.sbp for visit in versions(current)] == [132, 152]


def test_an_outdated_correction_can_be_taken_after_all(person, cast):
    first = record_visit(body=a_body(person), by=cast.doctor, received_on=TODAY).visit
    amend_visit(supersedes=first.pk, answers=answers(sbp=136), reason="读错", by=cast.doctor, on=TODAY)
    amend_visit(supersedes=first.pk, answers=answers(sbp=138), reason="读错", by=cast.team_doctor, on=TODAY)
    conflict = Conflict.objects.get()
    assert resolve_conflict(conflict=conflict, choice=TAKE, by=cast.doctor, on=TODAY).status == "accepted"
    assert [visit.sbp for visit in versions(Visit.objects.get(is_current=True))] == [132, 136, 138]


def test_a_record_that_cannot_be_taken_stays_undecided(person, cast):
    body = a_body(person)
    record_visit(body=body, by=cast.doctor, received_on=TODAY)
    record_visit(body=body | {"answers": answers(sbp=40)}, by=cast.doctor, received_on=TODAY)
    receipt = resolve_conflict(conflict=Conflict.objects.get(), choice=TAKE, by=cast.doctor, on=TODAY)
    assert receipt.status == "refused" and conflicts(cast.doctor).exists()
    assert Visit.objects.get().is_current


def test_both_bodies_stay_whatever_is_decided(same_day, cast):
    before = set(Submission.objects.values_list("client_id", flat=True))
    resolve_conflict(conflict=same_day, choice=TAKE, by=cast.doctor, on=TODAY)
    assert before <= set(Submission.objects.values_list("client_id", flat=True))


def test_a_conflict_is_decided_by_doctors_of_the_area(same_number, cast):
    with pytest.raises(Http404):
        get_conflict(cast.stranger, same_number.pk)
    for other in (cast.township_administration, cast.clerk, cast.county, cast.auditor):
        with pytest.raises(PermissionDenied):
            resolve_conflict(conflict=same_number, choice=KEEP, by=other, on=TODAY)
    with pytest.raises(ValidationError):
        resolve_conflict(conflict=same_number, choice="neither", by=cast.doctor, on=TODAY)


def test_a_refused_body_is_judged_again_when_it_comes_again(person, cast):
    body = a_body(person, client_id=uuid7())
    assert record_visit(body=body, by=cast.colleague, received_on=TODAY).status == "refused"
    assert record_visit(body=body, by=cast.doctor, received_on=TODAY).status == "accepted"


def test_fields_are_picked_from_either_side(same_day, cast):
    picks = {"sbp": "offered", "next_date": "kept", "nothing": "offered"}
    resolve_conflict(conflict=same_day, choice=MIX, picks=picks, by=cast.doctor, on=TODAY)
    current = Visit.objects.get(is_current=True)
    assert (current.sbp, str(current.next_on)) == (152, "2027-02-10")
    assert current.supersedes_id == same_day.kept_id


def test_the_same_decision_twice_is_one(same_day, cast):
    first = resolve_conflict(conflict=same_day, choice=TAKE, by=cast.doctor, on=TODAY)
    again = resolve_conflict(conflict=same_day, choice=TAKE, by=cast.team_doctor, on=TODAY)
    same_day.refresh_from_db()
    assert Visit.objects.count() == 2 and again.visit == first.visit
    assert same_day.resolved_by == cast.doctor


@pytest.mark.parametrize("kind", ["same_number", "same_day"])
def test_two_real_visits_are_both_counted(kind, request, cast):
    conflict = request.getfixturevalue(kind)
    assert resolve_conflict(conflict=conflict, choice=BOTH, by=cast.doctor, on=TODAY).status == "accepted"
    assert sorted(Visit.objects.filter(is_current=True).values_list("sbp", flat=True)) == [132, 152]


def test_a_correction_cannot_be_a_visit_of_its_own(person, cast):
    first = record_visit(body=a_body(person), by=cast.doctor, received_on=TODAY).visit
    for sbp in (136, 138):
        amend_visit(supersedes=first.pk, answers=answers(sbp=sbp), reason="读错", by=cast.doctor, on=TODAY)
    assert choices_for(Conflict.objects.get()) == (KEEP, TAKE, MIX)


def test_records_of_two_persons_are_not_mixed(person, cast, county):
    body = a_body(person)
    record_visit(body=body, by=cast.doctor, received_on=TODAY)
    other = a_person(person.household, name="李四", relation="10")
    record_visit(body=body | {"person": str(other.uuid)}, by=cast.doctor, received_on=TODAY)
    conflict = Conflict.objects.get()
    assert choices_for(conflict) == (KEEP, BOTH)
    assert resolve_conflict(conflict=conflict, choice=BOTH, by=cast.doctor, on=TODAY).status == "accepted"
    assert set(Visit.objects.values_list("person", flat=True)) == {person.pk, other.pk}


def test_the_townships_health_officer_may_decide(same_day, cast):
    assert resolve_conflict(conflict=same_day, choice=TAKE, by=cast.township, on=TODAY).status == "accepted"


def test_who_compared_an_older_version_is_asked_to_compare_again(same_day, cast):
    seen = same_day.kept_id
    amend_visit(supersedes=seen, answers=answers(sbp=128), reason="读错", by=cast.doctor, on=TODAY)
    with pytest.raises(ValidationError):
        resolve_conflict(conflict=same_day, choice=TAKE, seen=seen, by=cast.doctor, on=TODAY)


def test_the_page_shows_both_and_takes_the_choice(same_day, cast, signed_in):
    client = signed_in(cast.doctor)
    page = client.get(f"/conflicts/{same_day.pk}/").content.decode()
    assert 'name="pick_sbp"' in page and "132" in page and "152" in page and "…ne-b"[-4:] in page
    answer = client.post(
        f"/conflicts/{same_day.pk}/", {"choice": "mix", "seen": str(same_day.kept_id), "pick_sbp": "offered"}
    )
    assert answer.status_code == 302 and Visit.objects.get(is_current=True).sbp == 152
    assert "pick_sbp" not in client.get(f"/conflicts/{same_day.pk}/").content.decode()


def test_a_sensitive_visits_conflict_is_for_health_staff_only(same_day, cast, signed_in):
    Visit.objects.filter(pk=same_day.kept_id).update(is_sensitive=True)
    assert signed_in(cast.township).get(f"/conflicts/{same_day.pk}/").status_code == 200
    assert signed_in(cast.township_administration).get(f"/conflicts/{same_day.pk}/").status_code == 404
