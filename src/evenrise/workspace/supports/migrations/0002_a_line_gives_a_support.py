"""A line of a rule may give a support: which, and on which day it is read."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("supports", "0001_what_the_room_keeps"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LineReading",
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
                ("rule_set", models.CharField(max_length=60)),
                ("line", models.CharField(max_length=60)),
                ("measure", models.CharField(max_length=40)),
                ("at", models.FloatField()),
                ("grades", models.JSONField(null=True)),
                ("words_en", models.CharField(max_length=300)),
                ("words_es", models.CharField(max_length=300)),
                ("read_on", models.DateField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("taken_back_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="supports.supportkind",
                    ),
                ),
            ],
            options={
                "ordering": ["-read_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("taken_back_at__isnull", True)),
                        fields=("kind", "read_on"),
                        name="one_line_a_day",
                    )
                ],
            },
        ),
    ]
