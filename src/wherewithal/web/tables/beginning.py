"""The first migration of an application: all its tables in one step."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState


class Beginning(migrations.Migration):
    """Make tables as they stand in the end, each written out whole, and then their triggers.

    Django builds all models anew before each operation, for the next may build on it. Here none
    does: a ``CreateModel`` holds every field, constraint and index of its table. So the models
    are built once, which makes the tables of an empty database several times as fast.
    """

    def apply(
        self,
        project_state: ProjectState,
        schema_editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,
    ) -> ProjectState:
        """Run every operation towards the state that they reach together."""
        reached = project_state.clone()
        vars(reached).pop("apps", None)  # the models built so far: built anew below, once
        for operation in self.operations:
            operation.state_forwards(self.app_label, reached)
        for operation in self.operations:
            operation.database_forwards(self.app_label, schema_editor, project_state, reached)
        return reached
