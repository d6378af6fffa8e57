"""Surveys: drawn by a seed that is kept, each household asked once, a rate never without its base."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from healthaid.outreach.kinds import edition_on, editions
from healthaid.outreach.models import SurveyHome
from healthaid.outreach.queries.surveys import get_home, homes_of, next_home, progress, right_answers, surveys
from healthaid.outreach.services.surveys import (
    SurveyWanted,
    close_survey,
    open_survey,
    record_answers,
    record_not_asked,
)
from tests.factories.outreach import DUE, HELD, a_survey
from tests.factories.registry import a_household, a_person

ON = date(2026, 3, 10)
RIGHT = {
    question.code: next(option.code for option in question.options if option.right)
    for question in editions()[0].questions
}
WRONG = {
    question.code: next(option.code for option in question.options if not option.right)
    for question in editions()[0].questions
}


@pytest.fixture
def homes(county):
    """Five households in the doctor's village in the order of doors, and one in the next."""
    made = [a_household(county.lianhe, visit_order=number) for number in range(5)]
    for number, home in enumerate(made):
        a_person(home, name=f"户主{number}")
    a_person(a_household(county.shunjiang), name="邻村户主")
    return made


@pytest.fixture
def survey(county, cast, homes):
    return a_survey(county.dongping, cast.township)


def drawn(survey) -> set[str]:
    return set(survey.homes.values_list("household__register_no", flat=True))


def of(survey, home) -> SurveyHome:
    return survey.homes.get(household=home)


def asked(survey, home, by, answers=RIGHT, **more):
    return record_answers(
        home=of(survey, home), by=by, **{"answers": answers, "answered_by": "head", "on": ON, **more}
    )


def wanted(area, **more):
    return SurveyWanted(**{"area": area, "name": "秋季调查", "opens_on": HELD, "due_on": DUE, **more})


class TestDrawing:
    def test_without_a_sample_every_registered_household_is_asked(self, cast, county, homes):
        a_household(county.lianhe, left_on=HELD, left_reason="moved")
        made = open_survey(wanted=wanted(county.dongping), by=cast.township)
        assert (made.homes.count(), made.seed, made.edition) == (6, "", editions()[0].edition)

    def test_a_sample_is_drawn_in_each_village(self, cast, county, homes):
        made = open_survey(wanted=wanted(county.dongping, per_village=2, seed="a"), by=cast.township)
        assert sorted(one.drawn for one in progress(cast.township, made)) == [1, 2]

    def test_the_same_seed_draws_the_same_households_again_and_another_one_others(self, cast, county):
        for number in range(30):
            a_household(county.lianhe, register_no=f"{number:04d}")
        one, again, other = (
            a_survey(county.lianhe, cast.township, per_village=10, seed=seed) for seed in ("7", "7", "8")
        )
        assert drawn(one) == drawn(again) != drawn(other)

    def test_a_round_before_the_first_edition_is_refused(self, cast, county, homes):
        day = date(2020, 1, 1)
        assert edition_on("policy_awareness", day) is None
        with pytest.raises(ValidationError) as refused:
            open_survey(wanted=wanted(county.dongping, opens_on=day), by=cast.township)
        assert "opens_on" in refused.value.message_dict

    @pytest.mark.parametrize(
        ("told", "field"), [({"due_on": date(2026, 3, 1)}, "due_on"), ({}, "area")], ids=["days", "nobody"]
    )
    def test_what_cannot_be_asked_is_refused_beside_it(self, cast, county, told, field):
        with pytest.raises(ValidationError) as refused:
            open_survey(wanted=wanted(county.dongping, **told), by=cast.township)
        assert field in refused.value.message_dict

    def test_a_township_opens_none_for_the_county(self, cast, county, homes):
        with pytest.raises(PermissionDenied):
            open_survey(wanted=wanted(county.county), by=cast.township)


class TestAnswering:
    @pytest.mark.parametrize(("wrong", "is_aware"), [(0, True), (1, True), (2, False)])
    def test_four_right_answers_of_five_are_knowing(self, survey, homes, cast, wrong, is_aware):
        mixed = RIGHT | dict(list(WRONG.items())[:wrong])
        held = asked(survey, homes[0], cast.doctor, mixed)
        assert (held.is_aware, len(held.right)) == (is_aware, 5 - wrong)

    def test_a_question_without_an_answer_is_named(self, survey, homes, cast):
        with pytest.raises(ValidationError) as refused:
            asked(survey, homes[0], cast.doctor, RIGHT | {"doctor": "nonsense"})
        assert list(refused.value.message_dict) == ["doctor"]

    def test_a_household_answers_once_and_a_correction_takes_its_place(self, survey, homes, cast):
        asked(survey, homes[0], cast.doctor, WRONG)
        asked(survey, homes[0], cast.doctor)
        (village,) = [one for one in progress(cast.doctor, survey)]
        assert (village.asked, village.aware) == (1, 1)

    def test_who_could_not_be_asked_stays_in_the_base_and_may_answer_later(self, survey, homes, cast):
        record_not_asked(home=of(survey, homes[0]), why_not="away", by=cast.doctor, on=ON)
        (village,) = progress(cast.doctor, survey)
        assert (village.drawn, village.asked, village.not_asked, village.waiting) == (5, 0, 1, 4)
        asked(survey, homes[0], cast.doctor)
        (village,) = progress(cast.doctor, survey)
        assert (village.asked, village.not_asked) == (1, 0)

    def test_who_has_answered_is_not_noted_as_away(self, survey, homes, cast):
        asked(survey, homes[0], cast.doctor)
        with pytest.raises(ValidationError):
            record_not_asked(home=of(survey, homes[0]), why_not="away", by=cast.doctor, on=ON)

    def test_nobody_asks_in_another_village(self, survey, homes, cast):
        with pytest.raises(PermissionDenied):
            asked(survey, homes[0], cast.colleague)

    @pytest.mark.parametrize("who", ["doctor", "committee", "township"])
    def test_doctor_committee_and_township_ask(self, survey, homes, cast, who):
        assert asked(survey, homes[0], getattr(cast, who)).asked_by == getattr(cast, who)

    def test_a_closed_round_takes_no_answer(self, survey, homes, cast):
        close_survey(held=survey, by=cast.township, on=ON)
        with pytest.raises(ValidationError):
            asked(survey, homes[0], cast.doctor)

    def test_no_answer_is_older_than_its_round(self, survey, homes, cast):
        with pytest.raises(ValidationError):
            asked(survey, homes[0], cast.doctor, on=date(2026, 3, 1))


class TestReading:
    def test_each_question_is_counted_among_those_asked(self, survey, homes, cast):
        asked(survey, homes[0], cast.doctor)
        asked(survey, homes[1], cast.doctor, RIGHT | {"doctor": WRONG["doctor"]})
        found = right_answers(cast.township, survey)
        assert (found["doctor"], found["free"]) == (1, 2)

    def test_who_left_the_register_is_no_longer_in_the_base(self, survey, homes, cast):
        homes[0].left_on, homes[0].left_reason = ON, "moved"
        homes[0].save()
        (village,) = progress(cast.doctor, survey)
        assert village.drawn == 4

    def test_the_next_door_is_the_next_that_waits(self, survey, homes, cast):
        asked(survey, homes[1], cast.doctor)
        here = get_home(cast.doctor, survey, homes[0].uuid)
        assert next_home(cast.doctor, survey, here).household == homes[2]

    def test_another_county_sees_neither_the_round_nor_its_doors(self, survey, cast):
        assert not surveys(cast.stranger).exists() and not homes_of(cast.stranger, survey).exists()


class TestPages:
    def test_a_round_is_opened_with_a_drawn_sample(self, cast, county, homes, signed_in):
        sent = {
            "area": county.dongping.pk, "name": "春季", "opens_on": "2026-03-02", "due_on": "2026-03-31",
            "whom": "sample", "per_village": "3",
        }  # fmt: skip
        answer = signed_in(cast.township).post(reverse("outreach:survey_new"), sent, follow=True)
        made = surveys(cast.township).get()
        assert answer.status_code == 200 and made.seed and made.seed in answer.content.decode()
        assert (made.per_village, made.homes.count()) == (3, 4)

    def test_answers_lead_to_the_next_door(self, survey, homes, cast, signed_in):
        url = reverse("outreach:survey_home", args=[survey.uuid, homes[0].uuid])
        sent = {**RIGHT, "answered_by": "member", "on": "2026-03-10", "asked": "1"}
        answer = signed_in(cast.committee).post(url, sent)
        assert answer["Location"] == reverse("outreach:survey_home", args=[survey.uuid, homes[1].uuid])
        assert of(survey, homes[0]).is_aware

    def test_a_missing_answer_is_asked_for_and_the_others_stay(self, survey, homes, cast, signed_in):
        url = reverse("outreach:survey_home", args=[survey.uuid, homes[0].uuid])
        sent = {**RIGHT, "answered_by": "head", "on": "2026-03-10", "asked": "1"}
        del sent["free"]
        answer = signed_in(cast.doctor).post(url, sent)
        page = answer.content.decode()
        assert answer.status_code == 422 and page.count(" checked") >= 5
        assert of(survey, homes[0]).asked_on is None

    def test_why_nobody_was_asked_is_noted_without_answers(self, survey, homes, cast, signed_in):
        url = reverse("outreach:survey_home", args=[survey.uuid, homes[0].uuid])
        signed_in(cast.doctor).post(url, {"not_asked": "1", "why_not": "refused"})
        assert of(survey, homes[0]).why_not == "refused"

    @pytest.mark.parametrize("show", ["waiting", "asked", "unaware", "not_asked"])
    def test_each_number_of_a_village_opens_as_many_doors(self, survey, homes, cast, signed_in, show):
        asked(survey, homes[0], cast.doctor)
        asked(survey, homes[1], cast.doctor, WRONG)
        record_not_asked(home=of(survey, homes[2]), why_not="away", by=cast.doctor, on=ON)
        (village,) = progress(cast.doctor, survey)
        client = signed_in(cast.doctor)
        url = f"{reverse('outreach:survey_homes', args=[survey.uuid])}?show={show}&village={village.village}"
        assert url.replace("&", "&amp;").replace("?show=waiting&amp;", "?") in (
            client.get(reverse("outreach:survey", args=[survey.uuid])).content.decode()
        )
        page = client.get(url)
        assert len(page.context["rows"]) == getattr(village, show)

    def test_an_auditor_reads_the_answers_and_gives_none(self, survey, homes, cast, signed_in):
        asked(survey, homes[0], cast.doctor, WRONG)
        client = signed_in(cast.auditor)
        url = reverse("outreach:survey_home", args=[survey.uuid, homes[0].uuid])
        assert "说不出" in client.get(url).content.decode()
        assert client.post(url, {"asked": "1"}).status_code == 403
