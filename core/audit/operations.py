"""Operations of migrations: many tables with their triggers made at once.

Django draws its picture of all models anew after every single step. Over a hundred tables with their history
make that a matter of minutes; drawn once, it is one of seconds."""

from collections.abc import Sequence
from typing import Any

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.models import CreateModel
from django.db.migrations.state import ProjectState


class CreateModels(Operation):
    """Makes tables whole: fields pointing at each other, constraints, indexes, the `triggers` in options."""

    serialization_expand_args = ["models"]

    def __init__(self, models: Sequence[CreateModel]) -> None:
        self.models = models

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (type(self).__name__, [], {"models": self.models})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.clear_delayed_apps_cache()
        state.__dict__.pop("apps", None)
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for name in self._allowed(app_label, schema_editor, to_state.apps):
            schema_editor.create_model(to_state.apps.get_model(app_label, name))
        for model in self.models:
            for trigger in model.options.get("triggers", []):
                schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for name in reversed(self._allowed(app_label, schema_editor, from_state.apps)):
            schema_editor.delete_model(from_state.apps.get_model(app_label, name))

    def _allowed(self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, apps: Apps) -> list[str]:
        alias = schema_editor.connection.alias
        models = [apps.get_model(app_label, model.name) for model in self.models]
        return [model.__name__ for model in models if self.allow_migrate_model(alias, model)]

    def describe(self) -> str:
        return f"Create {len(self.models)} models with their triggers"
