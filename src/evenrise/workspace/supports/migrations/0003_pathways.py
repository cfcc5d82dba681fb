"""Pathways of students in grades 9 to 12: one table, made anew with each snapshot."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table."""

    dependencies = [
        ("people", "0004_words_of_names"),
        ("supports", "0002_groups_and_kept_answers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pathways",
            fields=[
                (
                    "student",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="pathways",
                        serialize=False,
                        to="people.student",
                    ),
                ),
                (
                    "graduation",
                    models.SmallIntegerField(
                        choices=[
                            (-1, "Not known"),
                            (0, "Still open"),
                            (1, "Under way"),
                            (2, "Done"),
                        ]
                    ),
                ),
                (
                    "a_g",
                    models.SmallIntegerField(
                        choices=[
                            (-1, "Not known"),
                            (0, "Still open"),
                            (1, "Under way"),
                            (2, "Done"),
                        ]
                    ),
                ),
                (
                    "career",
                    models.SmallIntegerField(
                        choices=[
                            (-1, "Not known"),
                            (0, "Still open"),
                            (1, "Under way"),
                            (2, "Done"),
                        ]
                    ),
                ),
                (
                    "biliteracy",
                    models.SmallIntegerField(
                        choices=[
                            (-1, "Not known"),
                            (0, "Still open"),
                            (1, "Under way"),
                            (2, "Done"),
                        ]
                    ),
                ),
                ("credits_earned", models.FloatField(null=True)),
                ("credits_usual", models.FloatField()),
                ("areas_met", models.SmallIntegerField()),
                ("areas_now", models.SmallIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["graduation", "student"],
                        name="supports_pa_graduat_92a858_idx",
                    )
                ],
            },
        ),
    ]
