"""What a county finds in a new database before anybody has typed anything."""

import pytest
from django.core.management import call_command

from households.models import Catalogue, Disease


@pytest.mark.django_db
def test_the_published_lists_of_diseases_come_with_the_tables_once():
    call_command("prepare", "lists")
    call_command("prepare", "lists")
    codes = list(Catalogue.objects.order_by("code").values_list("code", flat=True))
    assert sorted(codes, key=int) == ["9", "11", "21", "25", "30"]
    assert Disease.objects.filter(code="hypertension").count() == 1
