"""The first tables of a room, all at once.

Django draws every model anew after each step of a migration: with a hundred models
that hang on one another, a first start took a quarter of a minute of processor time.
The first migration of a room only makes tables that nobody has yet. Their order is of
no account then, and the models need to be drawn once: as the migration leaves them.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations


class Beginning(migrations.Migration):
    """A migration that makes new tables and nothing else.

    Each table is made in its last form: with the columns, indexes and constraints that
    later steps of the same migration give it.
    """

    initial = True

    def __init_subclass__(cls) -> None:
        """Refuse a step that is not about a table of this migration.

        Raises:
            TypeError: when there is one.
        """
        own = {
            step.name_lower
            for step in cls.operations
            if isinstance(step, migrations.CreateModel)
        }
        for step in cls.operations:
            about = getattr(step, "model_name_lower", getattr(step, "name_lower", ""))
            if not isinstance(step, _STEPS) or about not in own:
                raise TypeError(f"{cls.__module__}: {step.describe()} begins nothing.")

    def apply(
        self,
        project_state: Any,
        schema_editor: Any,
        collect_sql: bool = False,  # noqa: ARG002, FBT001, FBT002 - as Django has it
    ) -> Any:
        """Make the tables; the state after it, as Django's own does."""
        # Kept models would be drawn again by each step.
        vars(project_state).pop("apps", None)
        project_state = self.mutate_state(project_state, preserve=False)
        for step in self.operations:
            if isinstance(step, migrations.CreateModel):
                step.database_forwards(
                    self.app_label, schema_editor, project_state, project_state
                )
        return project_state


_STEPS = (
    migrations.CreateModel,
    migrations.AddField,
    migrations.AddIndex,
    migrations.AddConstraint,
)
