"""What is known of whether supports help, kept for one snapshot."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class EffectSet(models.Model):
    """The readings of every support, made from one snapshot; they name no student.

    `content` is what `findings/support_effects` wrote.
    """

    snapshot = models.CharField(max_length=16, unique=True)
    as_of = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    content = models.JSONField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
