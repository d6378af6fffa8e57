"""Praise and complaints: written down as they were said, answered by somebody else than the one meant, counted."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from core.base.states import MoveRefused
from followups.queries.feedback import feedback_list, satisfaction_by_team, satisfaction_by_village, total
from followups.services.feedback import answer_feedback, record_feedback
from followups.services.visits import record_visit
from tests.factories.followups import TODAY, a_body, a_contract, a_team
from tests.factories.registry import a_household, a_person


@pytest.fixture
def person(county):
    return a_person(a_household(county.lianhe))


@pytest.fixture
def said(cast):
    def entry(*, by=None, **more):
        given = {"kind": "complaint", "channel": "phone", "words": "上个月没来", "received_on": TODAY, **more}
        return record_feedback(by=by or cast.doctor, on=TODAY, **given)

    return entry


def test_somebodys_words_stand_in_the_village_of_the_person(person, said):
    feedback = said(person=person)
    assert (feedback.village, feedback.words, feedback.state) == (person.village, "上个月没来", "open")


def test_unsigned_words_need_a_village_of_ones_own(county, cast, said):
    assert said(village=county.lianhe).person is None
    for village in (None, county.far):
        with pytest.raises(ValidationError):
            said(village=village)


@pytest.mark.parametrize("wrong", [{"words": "  "}, {"received_on": date(2026, 11, 19)}])
def test_no_words_and_no_day_ahead(person, said, wrong):
    with pytest.raises(ValidationError):
        said(person=person, **wrong)


def test_an_officer_answers_once_and_that_closes_it(person, said, cast):
    feedback = said(person=person)
    with pytest.raises(PermissionDenied):
        answer_feedback(feedback=feedback, answer="好", by=cast.doctor, on=TODAY)
    with pytest.raises(ValidationError):
        answer_feedback(feedback=feedback, answer=" ", by=cast.township, on=TODAY)
    closed = answer_feedback(feedback=feedback, answer="已补访", by=cast.township, on=TODAY)
    assert (closed.state, closed.answered_by, closed.closed_on) == ("closed", cast.township, TODAY)
    with pytest.raises(MoveRefused):
        answer_feedback(feedback=feedback, answer="再答", by=cast.township, on=TODAY)


def test_a_doctor_reads_praise_but_of_complaints_only_what_he_wrote_down_himself(
    person, said, cast, signed_in
):
    mine, about_me = said(person=person), said(person=person, by=cast.township)
    praise = said(person=person, by=cast.township, kind="praise")
    assert set(feedback_list(cast.doctor)) == {mine, praise}
    assert set(feedback_list(cast.township)) == {mine, about_me, praise}
    assert list(feedback_list(cast.stranger)) == []
    client = signed_in(cast.doctor)
    assert client.get(reverse("followups:feedback", args=[about_me.uuid])).status_code == 404
    assert client.get(reverse("followups:feedback", args=[mine.uuid])).status_code == 200


def test_unanswered_words_stand_first_the_oldest_on_top(person, said, cast):
    closed = said(person=person)
    answer_feedback(feedback=closed, answer="好", by=cast.township, on=TODAY)
    young, old = said(person=person), said(person=person, received_on=date(2026, 11, 1))
    assert list(feedback_list(cast.township)) == [old, young, closed]


def test_marks_are_summed_with_how_many_gave_one(county, person, cast):
    team = a_team(county.lianhe)
    a_contract(person, team, cast.county)
    other = a_person(a_household(county.lianhe), name="李四")
    for who, mark, day in (
        (person, "5", "2026-11-01"),
        (person, "3", "2026-11-05"),
        (other, "4", "2026-11-07"),
    ):
        record_visit(
            body=a_body(who, visited_on=day, mode="1", answers={"satisfaction": mark}),
            by=cast.doctor,
            received_on=TODAY,
        )
    places = satisfaction_by_team(cast.township, date(2026, 10, 1), TODAY)
    assert [(place.name, place.satisfaction.answered) for place in places] == [(team.name, 2), ("", 1)]
    whole = total(satisfaction_by_village(cast.township, date(2026, 10, 1), TODAY))
    assert (whole.visits, whole.answered, whole.satisfied, str(whole.mean)) == (3, 3, 2, "4.0")
    assert total([]).mean is None and total([]).rate.share is None
