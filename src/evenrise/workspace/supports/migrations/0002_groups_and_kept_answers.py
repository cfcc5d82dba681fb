"""Groups of students for counting, and figures of large districts kept overnight."""

from __future__ import annotations

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables."""

    dependencies = [
        ("people", "0004_words_of_names"),
        ("supports", "0001_what_the_room_keeps"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("key", models.CharField(max_length=20, unique=True)),
                (
                    "made_at",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                ("content", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="StudentGroups",
            fields=[
                (
                    "student",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="group_codes",
                        serialize=False,
                        to="people.student",
                    ),
                ),
                ("codes", models.CharField(max_length=60)),
            ],
        ),
    ]
