"""Pathways keep the numbers behind them, so that a page need not ask the snapshot."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies = [("supports", "0004_order_of_flags")]

    operations = [
        migrations.AddField(
            model_name="pathways",
            name="detail",
            field=models.JSONField(default=list),
        ),
    ]
