"""Many tables made in one step of a migration."""

import pgtrigger.compiler
import pytest
from django.db import connection, models
from django.db.migrations.operations.models import CreateModel
from django.db.migrations.state import ProjectState

from core.audit.operations import CreateModels

KEY = ("id", models.BigAutoField(primary_key=True))
FROZEN = pgtrigger.compiler.Trigger(
    name="frozen",
    sql=pgtrigger.compiler.UpsertTriggerSql(
        func="RAISE EXCEPTION 'frozen';",
        hash="a" * 40,
        operation="UPDATE",
        pgid="pgtrigger_frozen_test",
        table="audit_left",
        when="BEFORE",
    ),
)


def a_pair() -> CreateModels:
    right = models.ForeignKey("audit.Right", on_delete=models.CASCADE)
    left = models.ForeignKey("audit.Left", null=True, on_delete=models.CASCADE)
    return CreateModels(
        [
            CreateModel("Left", [KEY, ("right", right)], options={"triggers": [FROZEN]}),
            CreateModel("Right", [KEY, ("left", left)]),
        ]
    )


def run(statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


@pytest.mark.django_db(transaction=True)
def test_tables_that_point_at_each_other_are_made_with_their_triggers_and_taken_back():
    operation, before, after = a_pair(), ProjectState(), ProjectState()
    operation.state_forwards("audit", after)
    with connection.schema_editor() as editor:
        operation.database_forwards("audit", editor, before, after)
    assert run("SELECT tgname FROM pg_trigger WHERE tgname = 'pgtrigger_frozen_test'")
    assert (
        len(run("SELECT 1 FROM pg_constraint WHERE contype = 'f' AND conrelid = 'audit_left'::regclass")) == 1
    )
    with connection.schema_editor() as editor:
        operation.database_backwards("audit", editor, after, before)
    assert run("SELECT to_regclass('audit_left'), to_regclass('audit_right')") == [(None, None)]


def test_the_step_is_written_down_with_every_model_in_it():
    name, positional, named = a_pair().deconstruct()
    assert (name, positional) == ("CreateModels", [])
    assert [model.name for model in named["models"]] == ["Left", "Right"]
    assert a_pair().describe() == "Create 2 models with their triggers"
