"""Activities of 3+2+1: scores, ranks, the grades of clinics."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.urls import reverse

from healthaid.outreach.kinds import activity_kinds
from healthaid.outreach.models import Activity, ActivityEntry
from healthaid.outreach.queries.activities import (
    activities,
    get_activity,
    graded_over_time,
    grades,
    latest_grades,
    ranking,
    winners,
)
from healthaid.outreach.services.activities import Result, write_results
from tests.factories.ground import an_institution
from tests.factories.outreach import an_activity

LATER = date(2026, 9, 2)


@pytest.fixture
def clinics(county):
    places = (county.lianhe, county.shunjiang, county.qingshui)
    return [an_institution(place, name=f"{place.name}卫生室") for place in places]


@pytest.fixture
def grading(county, cast):
    return an_activity(county.county, cast.county)


def _scores(clinics, *scores):
    return [Result(clinic, Decimal(score)) for clinic, score in zip(clinics, scores, strict=False)]


def test_the_six_of_three_two_one_are_data():
    parts = [kind.part for kind in activity_kinds().values()]
    assert sorted(parts) == ["1", "2", "2", "3", "3", "3"]


@pytest.mark.parametrize(
    ("score", "grade"), [("90", "a"), ("89.9", "b"), ("75", "b"), ("74.9", "c"), ("0", "c")]
)
def test_a_clinic_is_graded_by_its_score(score, grade):
    assert activity_kinds()["clinic_grading"].grade(Decimal(score)) == grade


def test_equal_scores_share_a_rank(grading, clinics, cast):
    write_results(activity=grading, results=_scores(clinics, 92, 80, 92), by=cast.county)
    assert [(entry.rank, entry.score) for entry in ranking(grading)] == [
        (1, Decimal("92.0")),
        (1, Decimal("92.0")),
        (3, Decimal("80.0")),
    ]
    assert sorted(winners([grading])[grading.pk]) == sorted([clinics[0].name, clinics[2].name])
    assert grades(grading) == {"a": 2, "b": 1}


def test_a_contest_gives_no_grades(county, cast):
    quiz = an_activity(county.county, cast.county, "nursing_quiz")
    hospital = an_institution(county.county, "county_hospital")
    write_results(activity=quiz, results=_scores([hospital], 95), by=cast.county)
    assert (grades(quiz), ActivityEntry.objects.get().grade) == ({}, "")


def test_a_unit_that_is_taken_out_loses_its_score(grading, clinics, cast):
    write_results(activity=grading, results=_scores(clinics, 92, 80, 92), by=cast.county)
    assert write_results(activity=grading, results=_scores(clinics, 91), by=cast.county) == 1
    assert [entry.score for entry in ranking(grading)] == [Decimal("91.0")]


def test_a_hospital_is_not_graded_among_village_clinics(grading, county, cast):
    hospital = an_institution(county.county, "county_hospital")
    with pytest.raises(ValidationError):
        write_results(activity=grading, results=_scores([hospital], 90), by=cast.county)


def test_more_than_the_full_score_is_refused(grading, clinics, cast):
    with pytest.raises(ValidationError):
        write_results(activity=grading, results=_scores(clinics, 101), by=cast.county)


def test_a_township_does_not_score_for_the_county(grading, clinics, cast):
    with pytest.raises(PermissionDenied):
        write_results(activity=grading, results=_scores(clinics, 90), by=cast.township)


def test_the_grades_of_a_clinic_are_kept_over_time(grading, clinics, county, cast):
    again = an_activity(county.county, cast.county, held_on=LATER)
    write_results(activity=grading, results=_scores(clinics, 70), by=cast.county)
    write_results(activity=again, results=_scores(clinics, 93), by=cast.county)
    assert [entry.grade for entry in graded_over_time(clinics[0])] == ["a", "c"]
    assert latest_grades([clinics[0].pk])[clinics[0].pk].grade == "a"


def test_a_ranking_is_read_by_those_ranked_and_by_no_other_county(grading, cast):
    assert list(activities(cast.doctor)) == [grading]
    with pytest.raises(Http404):
        get_activity(cast.stranger, grading.pk)


def test_an_activity_and_its_scores_are_written_down_on_the_pages(county, cast, clinics, signed_in):
    client = signed_in(cast.county)
    typed = {
        "kind": "clinic_grading",
        "title": "上半年评比",
        "held_on": "2026-03-02",
        "area": county.county.pk,
    }
    made = client.post(reverse("outreach:activity_new"), typed)
    activity = Activity.objects.get()
    assert made["Location"] == reverse("outreach:activity_results", args=[activity.pk])
    scores = {f"score_{clinics[0].pk}": "91.5", f"plaque_on_{clinics[0].pk}": "2026-03-10"}
    assert client.post(made["Location"], scores).status_code == 302
    entry = ActivityEntry.objects.get()
    assert (entry.grade, entry.plaque_on) == ("a", date(2026, 3, 10))
    assert "甲级" in client.get(reverse("outreach:activity", args=[activity.pk])).content.decode()


def test_a_score_that_cannot_be_is_told_beside_its_field(grading, clinics, cast, signed_in):
    page = reverse("outreach:activity_results", args=[grading.pk])
    answer = signed_in(cast.county).post(page, {f"score_{clinics[0].pk}": "101"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [f"score_{clinics[0].pk}"])
