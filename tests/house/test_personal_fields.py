"""Every field that could tell about a person is declared personal or plain; nobody forgets a new one."""

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models

OURS = ("base", "audit", "accounts", "clinics", "households", "followups", "claims", "outreach", "reports")
TELLING = (
    models.CharField,
    models.TextField,
    models.DateField,
    models.JSONField,
    models.BinaryField,
    models.DecimalField,
    ArrayField,
    DateRangeField,
)
MODELS = [
    model
    for label in OURS
    for model in apps.get_app_config(label).get_models()
    if not hasattr(model, "pgh_tracked_model") and not model._meta.auto_created
]
# Amounts and coordinates that say nothing about one person's health or identity by themselves.
NUMBERS = {"income_per_head", "latitude", "longitude", "amount"}


def _telling(model):
    return {
        field.name
        for field in model._meta.local_fields
        if isinstance(field, TELLING) and not isinstance(field, models.DateTimeField)
    }


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_telling_field_is_declared(model):
    declared = set(model.PERSONAL) | set(model.PLAIN)
    assert _telling(model) - declared - NUMBERS == set()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_field_is_both_personal_and_plain(model):
    assert set(model.PERSONAL) & set(model.PLAIN) == set()
    known = {field.name for field in model._meta.get_fields()}
    assert set(model.PERSONAL) | set(model.PLAIN) <= known
