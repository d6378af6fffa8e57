"""Early intervention: who is sub-healthy gets a need, once, with an owner and a day."""

from datetime import date, timedelta

import pytest

from followups.models import Need, NeedStep
from followups.services.early import raise_early_needs
from followups.services.needs import close_need
from tests.factories.records import a_class_period
from tests.factories.registry import a_household, a_person

ON = date(2026, 8, 15)


@pytest.fixture
def person(county, cast):
    return a_person(a_household(county.lianhe))


def _sub_healthy(person, **more):
    return a_class_period(person, "sub_healthy", **{"rule": "exam_findings", **more})


def test_who_is_sub_healthy_gets_a_need_of_the_village_doctor(person, cast):
    _sub_healthy(person)
    assert raise_early_needs(on=ON) == 1
    need = Need.objects.get()
    assert (need.kind, need.owner, need.due_on) == ("early", cast.doctor, ON + timedelta(days=30))
    assert NeedStep.objects.get().kind == "raised"


def test_a_second_run_raises_nothing(person):
    _sub_healthy(person)
    raise_early_needs(on=ON)
    assert raise_early_needs(on=ON + timedelta(days=1)) == 0


@pytest.mark.parametrize("health_class", ["healthy", "general", "major"])
def test_the_other_classes_get_none(person, health_class):
    a_class_period(person, health_class)
    assert raise_early_needs(on=ON) == 0


def test_one_that_was_closed_comes_again_after_a_year_and_not_before(person, cast):
    _sub_healthy(person)
    raise_early_needs(on=ON)
    need = Need.objects.get()
    close_need(need=need, state="met", outcome="已指导", by=cast.doctor, on=ON, satisfaction=5)
    assert raise_early_needs(on=ON + timedelta(days=364)) == 0
    assert raise_early_needs(on=ON + timedelta(days=366)) == 1


def test_where_the_village_has_no_doctor_somebody_above_owns_it(person, cast):
    cast.doctor.is_active = False
    cast.doctor.save()
    _sub_healthy(person)
    raise_early_needs(on=ON)
    assert Need.objects.get().owner.role in {"team_doctor", "township_staff"}
