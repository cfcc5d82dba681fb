"""Pathways are found by their students, never by a state alone."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    """One index less."""

    dependencies = [("supports", "0006_open_flags_of_a_school")]

    operations = [
        migrations.RemoveIndex(
            model_name="pathways", name="supports_pa_graduat_92a858_idx"
        ),
    ]
