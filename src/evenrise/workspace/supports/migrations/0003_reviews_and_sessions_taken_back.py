"""Reviews, and sessions that came with a file, can be taken back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("supports", "0002_a_line_gives_a_support"),
    ]

    operations = [
        migrations.AddField(
            model_name="review",
            name="before",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="review",
            name="undone_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="session",
            name="batch",
            field=models.CharField(blank=True, db_index=True, max_length=16),
        ),
    ]
