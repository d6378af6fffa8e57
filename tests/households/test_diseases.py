"""The disease catalogue: the published lists count what they say, and loading again is safe."""

from collections import Counter

import pytest

from households.models import Disease
from households.services.diseases import load_diseases, read_diseases


@pytest.mark.parametrize("length", ["9", "11", "21", "25", "30"])
def test_each_published_list_has_as_many_entries_as_its_name_says(length):
    entries = [disease for disease in read_diseases() if length in disease.catalogues]
    assert len(entries) == int(length)


def test_codes_are_unique_and_four_diseases_are_followed():
    diseases = read_diseases()
    assert max(Counter(disease.code for disease in diseases).values()) == 1
    followed = {disease.code for disease in diseases if disease.group == "chronic"}
    assert followed == {"hypertension", "type2_diabetes", "severe_mental_disorder", "tuberculosis"}


def test_mental_disorder_tuberculosis_and_hiv_are_sensitive():
    sensitive = {disease.code for disease in read_diseases() if disease.is_sensitive}
    assert sensitive == {
        "severe_mental_disorder",
        "tuberculosis",
        "drug_resistant_tuberculosis",
        "hiv_opportunistic_infection",
    }


@pytest.mark.django_db
def test_loading_twice_keeps_everything_and_a_changed_entry_is_taken_over():
    first = load_diseases(diseases=read_diseases())
    assert (first.created, first.kept) == (len(read_diseases()), 0)
    Disease.objects.filter(code="stroke").update(name_zh="中风")
    again = load_diseases(diseases=read_diseases())
    assert (again.created, again.changed, again.kept) == (0, 1, first.created - 1)
    assert Disease.objects.get(code="stroke").name_zh == "脑卒中"


@pytest.mark.django_db
def test_a_disease_that_the_list_does_not_name_stays():
    Disease.objects.create(
        code="own", name_zh="本县病种", name_en="Own", group="other", valid_from="2020-01-01"
    )
    load_diseases(diseases=read_diseases())
    assert Disease.objects.filter(code="own").exists()
