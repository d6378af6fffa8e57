"""Rows by COPY: text survives, defaults are filled in, and a refused row stops the load."""

import psycopg
import pytest
from django.db import transaction

from core.clinics.models import Institution, Practitioner
from healthaid.demo.copying import Store
from tests.factories.ground import County

INSTITUTION = ("id", "code", "name", "kind", "area", "beds", "reserved_beds")
pytestmark = pytest.mark.django_db


def an_institution(county: County, store: Store, name: str = "卫生室", reserved: int = 0):
    pk = store.next(Institution)
    return pk, f"T{pk}", name, "village_clinic", county.lianhe.pk, 0, reserved


@pytest.mark.parametrize("name", ["带\t制表符", "反斜杠\\N", "换\n行", "“引号”'\"", ""])
def test_any_text_comes_back_as_it_was(county, name):
    store = Store()
    store.copy(Institution, INSTITUTION, [an_institution(county, store, name)])
    assert Institution.objects.get().name == name


def test_fields_that_are_not_named_get_their_default(county):
    store = Store()
    store.copy(Institution, INSTITUTION, [an_institution(county, store)])
    found = Institution.objects.get()
    assert (found.ownership, found.is_designated) == ("public", False)


def test_the_product_goes_on_after_the_keys_that_were_given(county):
    store = Store()
    rows = [an_institution(county, store) for _number in range(5)]
    store.copy(Institution, INSTITUTION, rows)
    store.hand_back()
    made = Institution.objects.create(code="next", name="卫生室", kind="village_clinic", area=county.lianhe)
    assert made.pk == rows[-1][0] + 1


def test_rows_written_in_the_background_are_all_there_afterwards(county):
    store = Store()
    store.know(Institution, Practitioner)
    with store.in_background():
        for _number in range(40):
            store.copy(Institution, INSTITUTION, [an_institution(county, store)])
    assert Institution.objects.count() == 40


def test_a_row_refused_in_the_background_stops_the_load(county):
    store = Store()
    store.know(Institution)
    with pytest.raises(psycopg.errors.CheckViolation), transaction.atomic(), store.in_background():
        for reserved in (0, 3, *([0] * 60)):
            store.copy(Institution, INSTITUTION, [an_institution(county, store, reserved=reserved)])
    assert not Institution.objects.exists()
