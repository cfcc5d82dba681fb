"""A room's first tables, made at once, are those that Django makes step by step."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connections, migrations, models
from django.db.migrations.state import ProjectState

from evenrise.workspace.foundation.beginning import Beginning


ALIAS = "beside"
STEPS = [
    migrations.CreateModel(
        "Plan",
        [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())],
        options={"ordering": ["name"]},
    ),
    migrations.CreateModel(
        "Line",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("plan", models.ForeignKey("room.Plan", models.PROTECT)),
        ],
    ),
    migrations.AddField(
        "plan",
        "first",
        models.ForeignKey("room.Line", models.SET_NULL, null=True, related_name="+"),
    ),
    migrations.AddIndex("plan", models.Index(fields=["name"], name="by_name")),
    migrations.AddConstraint(
        "line", models.UniqueConstraint(fields=["plan"], name="one_line")
    ),
]


class AtOnce(Beginning):
    operations = STEPS


class StepByStep(migrations.Migration):
    operations = STEPS


def made(
    kind: type[migrations.Migration], path: Path
) -> tuple[ProjectState, dict[str, list[str]]]:
    """The state after a migration; every table and index, as its sorted parts."""
    databases = connections.databases
    databases[ALIAS] = {**databases["default"], "NAME": str(path)}
    connection = connections[ALIAS]
    try:
        state = ProjectState()
        assert state.apps.ready  # drawn, as Django does before it begins
        with connection.schema_editor() as editor:
            state = kind("0001_initial", "room").apply(state, editor)
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master")
            found = cursor.fetchall()
    finally:
        connection.close()
        del connections[ALIAS], databases[ALIAS]
    parts = {name: (sql or "").removesuffix(")").split(", ") for name, sql in found}
    return state, {name: sorted(words) for name, words in parts.items()}


def test_the_tables_and_the_state_are_the_same(tmp_path: Path, django_db_blocker):
    with django_db_blocker.unblock():  # a file of its own; no district is placed
        state, tables = made(AtOnce, tmp_path / "at-once.sqlite3")
        other_state, other_tables = made(StepByStep, tmp_path / "steps.sqlite3")
    assert {"room_plan", "room_line", "by_name"} <= set(tables)
    assert tables == other_tables
    assert state == other_state
    plan = state.apps.get_model("room", "plan")
    assert [field.name for field in plan._meta.local_fields] == ["id", "name", "first"]


def test_what_begins_no_table_of_its_own_is_refused() -> None:
    for step in (
        migrations.AddField("person", "name", models.TextField()),
        migrations.RunPython(migrations.RunPython.noop),
        migrations.RemoveField("plan", "name"),
    ):
        with pytest.raises(TypeError, match="begins nothing"):
            type("Migration", (Beginning,), {"operations": [*STEPS, step]})
