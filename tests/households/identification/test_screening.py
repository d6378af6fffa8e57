"""Every registered person of a round gets a result, "none found" included."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from households.models import IdentificationCase, Screening, ScreeningFinding
from households.services.identification.rounds import close_round, open_round
from households.services.identification.screening import none_found, record_screening
from tests.factories.identification import FIRST, a_list, a_round
from tests.factories.registry import a_disease, a_household, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(county, cast):
    return a_round(county.county, cast.county)


@pytest.fixture
def family(county):
    home = a_household(county.lianhe)
    return [a_person(home, name="张三"), a_person(home, name="李四", relation="10")]


def _found(held, person, by, *codes, result="found", **more):
    fields = {"note": "出院小结", "on": FIRST, **more}
    return record_screening(
        round=held, person=person, result=result, diseases=[a_disease(c) for c in codes], by=by, **fields
    )


def test_none_found_for_a_household_is_a_row_for_each_and_leaves_what_is_known(held, family, cast):
    _found(held, family[0], cast.doctor, "stroke")
    assert none_found(round=held, people=family, by=cast.doctor, on=FIRST) == 1
    results = dict(Screening.objects.filter(round=held).values_list("person__name", "result"))
    assert results == {"张三": "found", "李四": "none"}


def test_a_disease_found_opens_a_case_with_the_note_as_its_grounds(held, family, cast):
    _found(held, family[0], cast.doctor, "stroke", "copd")
    cases = IdentificationCase.objects.filter(person=family[0])
    assert {case.disease.code for case in cases} == {"stroke", "copd"}
    assert {case.grounds for case in cases} == {"出院小结"}
    assert all(case.entry.catalogue == held.catalogue for case in cases)


def test_sent_twice_nothing_changes(held, family, cast):
    first = _found(held, family[0], cast.doctor, "stroke")
    assert _found(held, family[0], cast.doctor, "stroke") == first
    assert IdentificationCase.objects.count() == ScreeningFinding.objects.count() == 1


def test_a_suspicion_opens_no_case(held, family, cast):
    _found(held, family[0], cast.doctor, "stroke", result="suspected")
    assert not IdentificationCase.objects.exists()


def test_a_result_that_a_case_rests_on_is_not_taken_back(held, family, cast):
    _found(held, family[0], cast.doctor, "stroke")
    with pytest.raises(ValidationError):
        _found(held, family[0], cast.doctor, result="none")


@pytest.mark.parametrize(
    ("result", "codes", "more"),
    [
        ("none", ["stroke"], {}),
        ("found", [], {}),
        ("found", ["stroke"], {"note": " "}),
        ("found", ["gout"], {}),
        ("none", [], {"on": FIRST - timedelta(days=1)}),
    ],
    ids=["none with a disease", "found without one", "without papers", "not of the list", "before the round"],
)
def test_what_does_not_fit_is_refused(held, family, cast, result, codes, more):
    with pytest.raises(ValidationError):
        _found(held, family[0], cast.doctor, *codes, result=result, **more)


@pytest.mark.parametrize("who", ["colleague", "committee", "township_administration"])
def test_only_health_staff_of_the_place_screen(held, family, cast, who):
    with pytest.raises(PermissionDenied):
        none_found(round=held, people=family, by=getattr(cast, who), on=FIRST)


def test_a_closed_round_takes_no_result(held, family, cast):
    close_round(round=held, by=cast.county, on=FIRST)
    held.refresh_from_db()
    with pytest.raises(ValidationError):
        none_found(round=held, people=family, by=cast.doctor, on=FIRST)


def test_results_move_with_the_person(held, family, cast, county):
    none_found(round=held, people=family, by=cast.doctor, on=FIRST)
    home = family[0].household
    home.village = county.qingshui
    home.save()
    assert set(Screening.objects.values_list("village__name", flat=True)) == {county.qingshui.name}


class TestOpening:
    def _open(self, county, by, **more):
        fields = {
            "area": county.dongping,
            "kind": "sweep",
            "name": "春季",
            "opens_on": FIRST,
            "grounds": "文件",
        }
        fields |= {"due_on": date(2026, 4, 1), "catalogue": more.pop("catalogue", None) or a_list(), **more}
        return open_round(by=by, **fields)

    def test_a_township_opens_its_own(self, county, cast):
        assert self._open(county, cast.township).area == county.dongping

    def test_nobody_opens_one_for_a_place_that_is_not_theirs(self, county, cast):
        with pytest.raises(PermissionDenied):
            self._open(county, cast.township, area=county.hetang)

    def test_a_name_is_given_once(self, county, cast):
        self._open(county, cast.township)
        with pytest.raises(ValidationError):
            self._open(county, cast.township)

    def test_a_list_that_does_not_hold_yet_is_refused(self, county, cast):
        later = a_list(valid_from=date(2027, 1, 1))
        with pytest.raises(ValidationError):
            self._open(county, cast.township, catalogue=later)
