"""Published lists come in once; a county's own is a new edition, and neither is rewritten."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from households.models import Catalogue, Disease
from households.services.diseases import load_diseases, read_diseases
from households.services.identification.catalogues import Line, add_edition, load_catalogues

pytestmark = pytest.mark.django_db
LINES = [Line(1, "脑卒中", "key", ("I60",), "stroke"), Line(2, "某种肺结核", "secondary", ("A15.0",))]


@pytest.fixture
def loaded():
    load_diseases(diseases=read_diseases())
    return load_catalogues()


def _add(county, cast, since=date(2026, 1, 1), lines=LINES):
    told = {"code": "48+45", "title": "48+45种", "document": "某文件", "issuer": "省卫健委"}
    return add_edition(area=county.county, lines=lines, by=cast.county, valid_from=since, **told)


@pytest.mark.parametrize("code", ["9", "11", "21", "25", "30"])
def test_each_list_has_as_many_entries_as_its_name_says(loaded, code):
    assert Catalogue.objects.get(code=code).entries.count() == int(code)


def test_loading_twice_adds_nothing(loaded):
    assert (loaded, load_catalogues()) == (5, 0)


def test_the_mark_on_the_disease_says_the_same_as_the_lists(loaded):
    for disease in Disease.objects.prefetch_related("entries__catalogue"):
        assert set(disease.catalogues) == {entry.catalogue.code for entry in disease.entries.all()}


def test_a_countys_list_knows_the_diseases_and_makes_those_that_are_new(loaded, county, cast):
    edition = _add(county, cast)
    known, new = edition.entries.order_by("position")
    assert known.disease.code == "stroke"
    assert (new.disease.name_zh, new.disease.is_sensitive) == ("某种肺结核", True)


def test_a_list_for_identification_leaves_no_mark_that_would_owe_a_case(loaded, county, cast):
    _add(county, cast)
    assert not Disease.objects.filter(catalogues__contains=["48+45"]).exists()


def test_a_new_edition_ends_the_one_before(loaded, county, cast):
    first = _add(county, cast)
    _add(county, cast, date(2026, 6, 1))
    first.refresh_from_db()
    assert first.valid_to == date(2026, 6, 1)


def test_an_edition_does_not_begin_before_the_last_one(loaded, county, cast):
    _add(county, cast, date(2026, 6, 1))
    with pytest.raises(ValidationError):
        _add(county, cast)


def test_only_the_county_manages_lists(loaded, county, cast):
    with pytest.raises(PermissionDenied):
        add_edition(area=county.county, lines=LINES, by=cast.township, valid_from=date(2026, 1, 1), code="x")


def test_diseases_loaded_again_keep_the_marks_of_lists_that_came_later(loaded):
    Disease.objects.filter(code="stroke").update(catalogues=["25", "30", "50"])
    load_diseases(diseases=read_diseases())
    assert Disease.objects.get(code="stroke").catalogues == ["25", "30", "50"]
