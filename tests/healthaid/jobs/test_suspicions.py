"""What a screening round left suspected is the doctor's task, and the next result ends it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from followups.models import Need
from followups.queries.needs import needs
from followups.services.needs import close_need
from healthaid.journeys.nightly import make_duties
from healthaid.journeys.screening import follow_late_suspicions, follow_suspicions
from households.models import HealthClassPeriod
from households.services.identification.cases import open_case
from households.services.identification.screening import none_found, record_screening
from tests.factories.facts import a_need_of
from tests.factories.identification import FIRST, a_list, a_round, the_six
from tests.factories.identification import say as speak
from tests.factories.records import a_class_period
from tests.factories.registry import a_disease, a_household, a_person

LATER = FIRST + timedelta(days=3)


@pytest.fixture
def person(county, cast):
    return a_person(a_household(county.lianhe))


@pytest.fixture
def held(county, cast):
    return a_round(county.county, cast.county)


def _say(held, person, by, result="suspected", *codes, on: date = FIRST):
    found = [a_disease(code) for code in codes or ("stroke",)]
    return record_screening(
        round=held,
        person=person,
        result=result,
        diseases=[] if result == "none" else found,
        note="" if result == "none" else "言语不清一周",
        by=by,
        on=on,
    )


def _need() -> Need:
    return Need.objects.get(kind="suspected")


def test_a_suspected_disease_is_a_task_of_the_village_doctor_with_a_day(held, person, cast):
    _say(held, person, cast.doctor)
    assert follow_late_suspicions(on=FIRST) == {"raised": 1, "closed": 0}
    need = _need()
    assert (need.owner, need.person, need.due_on) == (cast.doctor, person, FIRST + timedelta(days=14))
    assert "脑卒中" in need.description or a_disease("stroke").name_zh in need.description
    assert need in needs(cast.doctor, show="open", on=FIRST)
    assert [step.kind for step in need.steps.all()] == ["raised"]


@pytest.mark.parametrize("result", ["none", "found"])
def test_other_results_are_nobodys_task(held, person, cast, result):
    _say(held, person, cast.doctor, result)
    assert follow_suspicions(on=FIRST) == {"raised": 0, "closed": 0}


def test_a_second_run_raises_nothing(held, person, cast):
    _say(held, person, cast.doctor)
    follow_suspicions(on=FIRST)
    assert follow_suspicions(on=LATER) == {"raised": 0, "closed": 0}


def test_a_result_has_one_task_at_most(held, person, cast):
    _say(held, person, cast.doctor)
    follow_suspicions(on=FIRST)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_need_of(person, cast.doctor, kind="suspected", screening=_need().screening)


def test_another_round_that_suspects_the_same_adds_no_second_task(held, person, county, cast):
    _say(held, person, cast.doctor)
    follow_suspicions(on=FIRST)
    again = a_round(county.county, cast.county, catalogue=held.catalogue)
    _say(again, person, cast.doctor, on=LATER)
    assert follow_suspicions(on=LATER) == {"raised": 0, "closed": 0}


def test_two_rounds_at_once_make_one_task(held, person, county, cast):
    again = a_round(county.county, cast.county, catalogue=held.catalogue)
    for each in (held, again):
        _say(each, person, cast.doctor)
    assert follow_suspicions(on=FIRST)["raised"] == 1
    assert follow_suspicions(on=LATER)["raised"] == 0


@pytest.mark.parametrize("result", ["none", "found"])
def test_the_result_closes_the_task_without_asking_how_satisfied_one_is(held, person, cast, result):
    _say(held, person, cast.doctor)
    follow_suspicions(on=FIRST)
    _say(held, person, cast.doctor, result, on=LATER)
    assert follow_suspicions(on=LATER) == {"raised": 0, "closed": 1}
    need = _need()
    assert (need.state, need.closed_on, need.word_missing) == ("met", LATER, "by_result")
    assert need.outcome
    assert need.steps.latest("pk").kind == "closed"


def test_none_found_in_a_later_round_closes_it_too(held, person, county, cast):
    _say(held, person, cast.doctor)
    follow_suspicions(on=FIRST)
    later = a_round(county.county, cast.county)
    none_found(round=later, people=[person], by=cast.doctor, on=LATER)
    assert follow_suspicions(on=LATER)["closed"] == 1


def test_papers_that_came_in_close_it_with_their_case(held, person, cast):
    _say(held, person, cast.doctor)
    follow_suspicions(on=FIRST)
    entry = held.catalogue.entries.get(disease=a_disease("stroke"))
    open_case(person=person, entry=entry, grounds="出院小结", by=cast.doctor, on=LATER)
    assert follow_suspicions(on=LATER)["closed"] == 1


def test_a_result_put_back_to_suspected_takes_the_same_task_up_again(held, person, cast):
    for result in ("suspected", "none", "suspected"):
        _say(held, person, cast.doctor, result)
        follow_suspicions(on=FIRST)
    assert (_need().state, _need().closed_on) == ("in_progress", None)


def test_what_the_doctor_closed_by_hand_is_not_raised_again(held, person, cast):
    _say(held, person, cast.doctor)
    follow_suspicions(on=FIRST)
    close_need(need=_need(), state="unmet", outcome="外出务工", by=cast.doctor, on=FIRST, satisfaction=3)
    assert follow_suspicions(on=LATER) == {"raised": 0, "closed": 0}
    assert _need().state == "unmet"


def test_what_is_kept_by_health_staff_stays_so_in_the_task(held, person, county, cast):
    _say(held, person, cast.doctor)
    follow_suspicions(on=FIRST)
    assert _need() in needs(cast.township_administration, show="open", on=FIRST)
    _say(held, person, cast.doctor, "suspected", "stroke", "tuberculosis")
    follow_suspicions(on=FIRST)
    assert a_disease("tuberculosis").name_zh in _need().description
    assert _need() not in needs(cast.township_administration, show="open", on=FIRST)
    assert _need() in needs(cast.township, show="open", on=FIRST)


def test_who_has_left_is_nobodys_task(held, person, cast):
    _say(held, person, cast.doctor)
    person.left_on, person.left_reason = FIRST, "moved"
    person.save()
    assert follow_suspicions(on=FIRST)["raised"] == 0


def test_the_minutes_leave_older_results_to_the_night(held, person, cast):
    _say(held, person, cast.doctor)
    long_after = FIRST + timedelta(days=20)
    assert follow_late_suspicions(on=long_after)["raised"] == 0
    assert make_duties(on=long_after)["suspected_needs"] == 1


def test_only_the_sixth_agreement_moves_the_health_class(held, person, cast):
    a_class_period(person, "healthy", rule="no_findings")
    screening = _say(held, person, cast.doctor, "found")
    make_duties(on=FIRST)
    assert _class_of(person) == "healthy"
    for who in the_six(cast)[:5]:
        speak(screening.cases.get(), who)
    make_duties(on=FIRST)
    assert _class_of(person) == "healthy"
    speak(screening.cases.get(), the_six(cast)[5])
    assert _class_of(person) == a_disease("stroke").group.replace("chronic", "general")


def _class_of(person):
    return HealthClassPeriod.objects.get(person=person, period__endswith=None).health_class


def test_a_suspicion_moves_no_class(held, person, cast):
    a_class_period(person, "healthy", rule="no_findings")
    _say(held, person, cast.doctor)
    make_duties(on=FIRST)
    assert _class_of(person) == "healthy"


def test_the_page_of_the_task_leads_to_the_result(held, person, cast, signed_in):
    _say(held, person, cast.doctor)
    follow_suspicions(on=FIRST)
    page = signed_in(cast.doctor).get(reverse("followups:need", args=[_need().uuid])).content.decode()
    assert reverse("identification:round_person", args=[held.uuid, person.uuid]) in page


def test_lists_of_another_round_do_not_matter(person, county, cast):
    other = a_round(county.county, cast.county, catalogue=a_list("copd"))
    _say(other, person, cast.doctor, "suspected", "copd")
    assert follow_suspicions(on=FIRST)["raised"] == 1
