"""On PostgreSQL the words of names get an index for `LIKE 'garc%'`."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def add(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX IF NOT EXISTS people_studentword_begins "
            "ON people_studentword (word varchar_pattern_ops, student_id)"
        )


def remove(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS people_studentword_begins")


class Migration(migrations.Migration):
    dependencies = [("people", "0004_words_of_names")]

    operations = [migrations.RunPython(add, remove)]
